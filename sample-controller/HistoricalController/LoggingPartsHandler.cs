using Harvester.ControllerRuntime;
using Harvester.Samples.UpgradeApi;
using k8s;
using k8s.Models;
using Microsoft.Extensions.Logging;

namespace Harvester.Samples.HistoricalController;

/// <summary>Each part of the logging infrastructure reports to its UpgradeLog when it is ready.</summary>
internal sealed class LoggingPartsHandler(ControllerContext context)
{
    private readonly ILogger<LoggingPartsHandler> logger = context.Loggers.CreateLogger<LoggingPartsHandler>();

    public async Task<ManagedChart?> OnManagedChartChangeAsync(ManagedChart chart, CancellationToken cancellationToken)
    {
        if (Owner(chart, UpgradeLogComponents.Operator) is not { } upgradeLog
            || !upgradeLog.Status.Conditions.IsUnknown(UpgradeLogConditions.LoggingOperatorReady))
        {
            return chart;
        }

        var summary = chart.Status?["summary"];
        var desired = summary?["desiredReady"]?.GetValue<long>() ?? 0;
        if (desired > 0 && summary?["ready"]?.GetValue<long>() == desired)
        {
            upgradeLog.Status.Set(UpgradeLogConditions.LoggingOperatorReady, ConditionStatus.True, context.Time);
            await ReplaceAsync(upgradeLog, cancellationToken);
        }

        return chart;
    }

    public async Task<V1StatefulSet?> OnStatefulSetChangeAsync(V1StatefulSet set, CancellationToken cancellationToken)
    {
        if (Owner(set, UpgradeLogComponents.Aggregator) is { } upgradeLog && set.Status?.ReadyReplicas == (set.Spec?.Replicas ?? 1))
        {
            await AnnotateAsync(upgradeLog, UpgradeLogAnnotations.Fluentd, UpgradeLogAnnotations.FluentdReady, cancellationToken);
        }

        return set;
    }

    public async Task<V1DaemonSet?> OnDaemonSetChangeAsync(V1DaemonSet set, CancellationToken cancellationToken)
    {
        if (Owner(set, UpgradeLogComponents.Shipper) is { } upgradeLog
            && set.Status is { DesiredNumberScheduled: > 0 } status
            && status.NumberReady == status.DesiredNumberScheduled)
        {
            await AnnotateAsync(upgradeLog, UpgradeLogAnnotations.FluentBit, UpgradeLogAnnotations.FluentBitReady, cancellationToken);
        }

        return set;
    }

    public async Task<ClusterOutput?> OnClusterOutputChangeAsync(ClusterOutput output, CancellationToken cancellationToken)
    {
        if (Owner(output, UpgradeLogComponents.ClusterOutput) is { } upgradeLog && IsActive(output))
        {
            logger.LogDebug("ClusterOutput {Namespace}/{Name} is now active", output.Metadata.NamespaceProperty, output.Metadata.Name);
            await AnnotateAsync(upgradeLog, UpgradeLogAnnotations.ClusterOutput, UpgradeLogAnnotations.ClusterOutputReady, cancellationToken);
        }

        return output;
    }

    public async Task<ClusterFlow?> OnClusterFlowChangeAsync(ClusterFlow flow, CancellationToken cancellationToken)
    {
        if (Owner(flow, UpgradeLogComponents.ClusterFlow) is { } upgradeLog && IsActive(flow))
        {
            logger.LogDebug("ClusterFlow {Namespace}/{Name} is now active", flow.Metadata.NamespaceProperty, flow.Metadata.Name);
            await AnnotateAsync(upgradeLog, UpgradeLogAnnotations.ClusterFlow, UpgradeLogAnnotations.ClusterFlowReady, cancellationToken);
        }

        return flow;
    }

    /// <summary>The claim with the archive must outlive the Logging that made it: the UpgradeLog becomes its second owner.</summary>
    public async Task<V1PersistentVolumeClaim?> OnPersistentVolumeClaimChangeAsync(
        V1PersistentVolumeClaim claim, CancellationToken cancellationToken)
    {
        if (Owner(claim, UpgradeLogComponents.Aggregator) is not { } upgradeLog)
        {
            return claim;
        }

        if (upgradeLog.GetAnnotation(UpgradeLogAnnotations.LogArchiveAltName) != claim.Metadata.Name)
        {
            logger.LogInformation("updating log-archive pvc name annotation");
            await AnnotateAsync(upgradeLog, UpgradeLogAnnotations.LogArchiveAltName, claim.Metadata.Name, cancellationToken);
        }

        if (claim.Metadata.OwnerReferences?.Any(owner => owner.Uid == upgradeLog.Metadata.Uid) == true)
        {
            return claim;
        }

        logger.LogInformation("updating ownerReference");
        claim.AddOwnerReference(new V1OwnerReference
        {
            ApiVersion = upgradeLog.ApiVersion,
            Kind = upgradeLog.Kind,
            Name = upgradeLog.Metadata.Name,
            Uid = upgradeLog.Metadata.Uid,
        });
        return await context.Client.CoreV1.ReplaceNamespacedPersistentVolumeClaimAsync(
            claim, claim.Metadata.Name, claim.Metadata.NamespaceProperty, cancellationToken: cancellationToken);
    }

    public async Task<V1Deployment?> OnDeploymentChangeAsync(V1Deployment deployment, CancellationToken cancellationToken)
    {
        if (Owner(deployment, UpgradeLogComponents.Downloader) is not { } upgradeLog)
        {
            return deployment;
        }

        var ready = deployment.Status?.ReadyReplicas == (deployment.Spec?.Replicas ?? 1);
        var status = ready ? ConditionStatus.True : ConditionStatus.False;
        if (upgradeLog.Status.Conditions.StatusOf(UpgradeLogConditions.DownloadReady) != status)
        {
            upgradeLog.Status.Set(UpgradeLogConditions.DownloadReady, status, context.Time);
            await ReplaceAsync(upgradeLog, cancellationToken);
        }

        return deployment;
    }

    /// <summary>The UpgradeLog that a live part of this component belongs to.</summary>
    private UpgradeLog? Owner(IMetadata<V1ObjectMeta> part, string component)
    {
        var name = part.GetLabel(UpgradeLabels.UpgradeLog);
        return part.Metadata.DeletionTimestamp is null && !string.IsNullOrEmpty(name) && part.GetLabel(UpgradeLabels.UpgradeLogComponent) == component
            ? context.UpgradeLogCache.Get(new ObjectKey(Namespaces.Harvester, name))
            : null;
    }

    private async Task AnnotateAsync(UpgradeLog upgradeLog, string key, string value, CancellationToken cancellationToken)
    {
        if (upgradeLog.GetAnnotation(key) != value)
        {
            upgradeLog.SetAnnotation(key, value);
            await ReplaceAsync(upgradeLog, cancellationToken);
        }
    }

    private Task<UpgradeLog> ReplaceAsync(UpgradeLog upgradeLog, CancellationToken cancellationToken) =>
        context.UpgradeLogs.ReplaceNamespacedAsync(upgradeLog, upgradeLog.Metadata.NamespaceProperty, upgradeLog.Metadata.Name, cancellationToken);

    private static bool IsActive(OpenResource part) => part.Status?["active"]?.GetValue<bool>() == true;
}
