using Harvester.ControllerRuntime;
using Harvester.Samples.UpgradeApi;
using k8s;
using k8s.Models;
using Microsoft.Extensions.Logging;

namespace Harvester.Samples.HistoricalController;

/// <summary>Results of jobs: those of plans on the nodes, the one that applies manifests, those that upgrade a node.</summary>
internal sealed class JobHandler(ControllerContext context)
{
    private readonly ILogger<JobHandler> logger = context.Loggers.CreateLogger<JobHandler>();
    private readonly IObjectCache<Plan> plans = context.Set.Cache<Plan>();
    private readonly IObjectCache<V1Node> nodes = context.Set.Cache<V1Node>();

    public async Task<V1Job?> OnChangedAsync(V1Job job, CancellationToken cancellationToken)
    {
        if (job.Metadata.DeletionTimestamp is not null)
        {
            return job;
        }

        if (job.GetLabel(UpgradeLabels.PlanName) is { Length: > 0 } planName && job.GetLabel(UpgradeLabels.PlanNode) is { Length: > 0 } node)
        {
            await SyncPlanJobAsync(job, planName, node, cancellationToken);
            return job;
        }

        if (job.GetLabel(UpgradeLabels.Upgrade) is { Length: > 0 } upgradeName
            && context.UpgradeCache.Get(new ObjectKey(job.Metadata.NamespaceProperty, upgradeName)) is { } upgrade)
        {
            switch (job.GetLabel(UpgradeLabels.Component))
            {
                case UpgradeComponents.Manifest:
                    await SyncManifestJobAsync(job, upgrade, cancellationToken);
                    break;
                case UpgradeComponents.Node:
                    await SyncNodeJobAsync(job, upgrade, cancellationToken);
                    break;
            }
        }

        return job;
    }

    private async Task SyncPlanJobAsync(V1Job job, string planName, string node, CancellationToken cancellationToken)
    {
        var plan = plans.Get(new ObjectKey(job.Metadata.NamespaceProperty, planName));
        if (plan?.GetLabel(UpgradeLabels.Upgrade) is not { Length: > 0 } upgradeName
            || plan.GetLabel(UpgradeLabels.Component) != UpgradeComponents.Node
            || context.UpgradeCache.Get(new ObjectKey(Namespaces.Harvester, upgradeName)) is not { } upgrade
            || !upgrade.InState(UpgradeStates.PreparingNodes))
        {
            return;
        }

        var before = upgrade.Status.NodeStatuses is { } known && known.TryGetValue(node, out var status) ? status.State : null;
        if (Condition(job, "Failed") is { } failed)
        {
            upgrade.SetNodeState(node, NodeStates.Failed, context.Time, failed.Reason, failed.Message);
        }
        else if (Condition(job, "Complete") is not null)
        {
            upgrade.SetNodeState(node, NodeStates.ImagesPreloaded, context.Time);
        }
        else if (job.Status?.Active > 0)
        {
            upgrade.SetNodeState(node, NodeStates.ImagesPreloading, context.Time);
        }

        await UpdateIfMovedAsync(upgrade, node, before, cancellationToken);
    }

    private async Task SyncManifestJobAsync(V1Job job, Upgrade upgrade, CancellationToken cancellationToken)
    {
        if (!upgrade.IsLatest() || !upgrade.Status.Conditions.IsUnknown(UpgradeConditions.SystemServicesUpgraded) || job.Status?.Active > 0)
        {
            return;
        }

        if (Condition(job, "Failed") is { } failed)
        {
            upgrade.SetStepResult(UpgradeConditions.SystemServicesUpgraded, ConditionStatus.False, context.Time, failed.Reason, failed.Message);
        }
        else if (Condition(job, "Complete") is not null)
        {
            upgrade.SetStepResult(UpgradeConditions.SystemServicesUpgraded, ConditionStatus.True, context.Time);
        }
        else
        {
            return;
        }

        await context.Upgrades.ReplaceNamespacedAsync(upgrade, upgrade.Metadata.NamespaceProperty, upgrade.Metadata.Name, cancellationToken);
    }

    private async Task SyncNodeJobAsync(V1Job job, Upgrade upgrade, CancellationToken cancellationToken)
    {
        var nodeName = job.GetLabel(UpgradeLabels.Node);
        if (string.IsNullOrEmpty(nodeName))
        {
            return;
        }

        var before = upgrade.Status.NodeStatuses is { } known && known.TryGetValue(nodeName, out var status) ? status.State : null;
        if (Condition(job, "Failed") is { } failed)
        {
            upgrade.SetNodeState(nodeName, NodeStates.Failed, context.Time, failed.Reason, failed.Message);
        }
        else if (Condition(job, "Complete") is not null && job.GetLabel(UpgradeLabels.JobType) == UpgradeJobTypes.SingleNodeUpgrade)
        {
            logger.LogDebug("Single-node-upgrade job {Name} is done.", job.Metadata.Name);
            await FinishNodeAsync(upgrade, nodeName, cancellationToken);
        }

        await UpdateIfMovedAsync(upgrade, nodeName, before, cancellationToken);
    }

    /// <summary>A node whose operating system is right already is done; another has to reboot into it.</summary>
    private async Task FinishNodeAsync(Upgrade upgrade, string nodeName, CancellationToken cancellationToken)
    {
        var expected = RepoInfo.Load(upgrade.Status.RepoInfo).Release.Os;
        var node = nodes.Get(new ObjectKey("", nodeName)) ?? throw new InvalidOperationException($"nodes \"{nodeName}\" not found");
        if (node.Status?.NodeInfo?.OsImage == expected)
        {
            upgrade.SetNodeState(nodeName, NodeStates.Succeeded, context.Time);
            return;
        }

        if (node.GetAnnotation(UpgradeAnnotations.PendingOSImage) != expected)
        {
            node.SetAnnotation(UpgradeAnnotations.PendingOSImage, expected);
            await context.Client.CoreV1.ReplaceNodeAsync(node, nodeName, cancellationToken: cancellationToken);
        }

        upgrade.SetNodeState(nodeName, NodeStates.WaitingReboot, context.Time);
    }

    private async Task UpdateIfMovedAsync(Upgrade upgrade, string node, string? before, CancellationToken cancellationToken)
    {
        if (upgrade.Status.NodeStatuses is { } known && known.TryGetValue(node, out var status) && status.State != before)
        {
            await context.Upgrades.ReplaceNamespacedAsync(upgrade, upgrade.Metadata.NamespaceProperty, upgrade.Metadata.Name, cancellationToken);
        }
    }

    private static V1JobCondition? Condition(V1Job job, string type) =>
        job.Status?.Conditions?.FirstOrDefault(condition => condition.Type == type && condition.Status == ConditionStatus.True);
}
