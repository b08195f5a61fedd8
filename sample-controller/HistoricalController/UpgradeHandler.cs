using Harvester.ControllerRuntime;
using Harvester.Samples.UpgradeApi;
using k8s;
using k8s.Autorest;
using k8s.Models;
using Microsoft.Extensions.Logging;

namespace Harvester.Samples.HistoricalController;

/// <summary>The state machine of an upgrade. One step per pass, one write per step.</summary>
internal sealed class UpgradeHandler(ControllerContext context, UpgradeSettings settings, UpgradeRepo repo, UpgradeCleanup cleanup)
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromMinutes(2);

    private readonly ILogger<UpgradeHandler> logger = context.Loggers.CreateLogger<UpgradeHandler>();
    private readonly LogReadyCheck logReadyCheck = new(context, settings);
    private readonly NodePreparation nodePreparation = new(context, settings, repo);
    private readonly TimeProvider time = context.Time;
    private readonly GenericClient upgrades = context.Upgrades;

    public async Task<Upgrade?> OnChangedAsync(Upgrade upgrade, CancellationToken cancellationToken)
    {
        if (upgrade.Metadata.DeletionTimestamp is not null)
        {
            return upgrade;
        }

        var ns = upgrade.Metadata.NamespaceProperty;
        var name = upgrade.Metadata.Name;
        if (context.Options.ReadMessageGuard
            && upgrade.Status.Conditions.StatusOf(UpgradeConditions.Completed) == ""
            && upgrade.GetLabel(UpgradeLabels.ReadMessage) == "true")
        {
            logger.LogInformation("upgrade {Namespace}/{Name} has {Label} label, no further processing", ns, name, UpgradeLabels.ReadMessage);
            return upgrade;
        }

        if (upgrade.Status.Conditions.StatusOf(UpgradeConditions.Completed) == "")
        {
            logger.LogInformation("Initialize upgrade {Namespace}/{Name}", ns, name);
            return await InitializeAsync(upgrade, cancellationToken);
        }

        if (upgrade.Spec.LogEnabled && upgrade.Status.Conditions.IsUnknown(UpgradeConditions.LogReady))
        {
            return await logReadyCheck.CheckAsync(upgrade, cancellationToken);
        }

        if (upgrade.Status.Conditions.IsUnknown(UpgradeConditions.Completed)
            && upgrade.Status.Conditions.StatusOf(UpgradeConditions.ImageReady) == "")
        {
            logger.LogInformation("Creating upgrade repo image");
            return await PrepareImageAsync(upgrade, cancellationToken);
        }

        logger.LogInformation("handle upgrade {Namespace}/{Name} with labels {Labels}", ns, name, Describe(upgrade.Metadata.Labels));

        // Only the latest upgrade goes beyond this point.
        if (!upgrade.IsLatest())
        {
            return upgrade;
        }

        if (upgrade.Status.Conditions.IsTrue(UpgradeConditions.Completed))
        {
            logger.LogInformation("starting post-upgrade cleanup");
            return await CleanUpSuccessAsync(upgrade, cancellationToken);
        }

        if (upgrade.Status.Conditions.IsFalse(UpgradeConditions.Completed))
        {
            logger.LogInformation("upgrade failed... starting post-upgrade cleanup");
            return await CleanUpFailureAsync(upgrade, cancellationToken);
        }

        if (upgrade.Status.Conditions.IsTrue(UpgradeConditions.ImageReady)
            && upgrade.Status.Conditions.StatusOf(UpgradeConditions.RepoReady) == "")
        {
            logger.LogInformation("Starting upgrade repo");
            await repo.BootstrapAsync(upgrade, cancellationToken);
            upgrade.SetLabel(UpgradeLabels.State, UpgradeStates.PreparingRepo);
            upgrade.Status.Begin(UpgradeConditions.RepoReady);
            return await upgrades.ReplaceNamespacedAsync(upgrade, ns, name, cancellationToken);
        }

        if (upgrade.Status.Conditions.IsTrue(UpgradeConditions.RepoReady)
            && upgrade.Status.Conditions.StatusOf(UpgradeConditions.NodesPrepared) == "")
        {
            return await nodePreparation.StartAsync(upgrade, cancellationToken);
        }

        if (upgrade.Status.Conditions.IsTrue(UpgradeConditions.NodesPrepared)
            && upgrade.Status.Conditions.StatusOf(UpgradeConditions.SystemServicesUpgraded) == "")
        {
            var version = RepoInfo.Load(upgrade.Status.RepoInfo).Release.Harvester;
            var job = UpgradeJobs.ApplyManifests(upgrade, version);
            await context.Client.BatchV1.CreateNamespacedJobAsync(job, ns, cancellationToken: cancellationToken).IgnoreAlreadyExists();
            upgrade.SetLabel(UpgradeLabels.State, UpgradeStates.UpgradingSystemServices);
            upgrade.Status.Begin(UpgradeConditions.SystemServicesUpgraded);
            return await upgrades.ReplaceNamespacedAsync(upgrade, ns, name, cancellationToken);
        }

        if (upgrade.Status.Conditions.IsTrue(UpgradeConditions.SystemServicesUpgraded)
            && upgrade.Status.Conditions.StatusOf(UpgradeConditions.NodesUpgraded) == "")
        {
            return await UpgradeNodesAsync(upgrade, cancellationToken);
        }

        if (upgrade.Status.Conditions.IsUnknown(UpgradeConditions.Completed))
        {
            logger.LogDebug("Upgrade {Namespace}/{Name} is in-progress, scheduling heartbeat re-check in 2m0s", ns, name);
            context.Set.EnqueueAfter(ControllerNames.Upgrade, ObjectKey.Of(upgrade), Heartbeat);
        }

        return upgrade;
    }

    public async Task<Upgrade?> OnRemoveAsync(Upgrade upgrade, CancellationToken cancellationToken)
    {
        logger.LogDebug("Deleting upgrade {Name}", upgrade.Metadata.Name);
        return await cleanup.CleanAsync(upgrade, withJobs: true, cancellationToken);
    }

    private async Task<Upgrade> InitializeAsync(Upgrade upgrade, CancellationToken cancellationToken)
    {
        await TakeLatestLabelAsync(upgrade, cancellationToken);
        upgrade.Status.Begin(UpgradeConditions.Completed);
        upgrade.SetLabel(UpgradeLabels.State, UpgradeStates.PreparingLoggingInfra);
        upgrade.SetLabel(UpgradeLabels.Latest, "true");
        upgrade.Status.PreviousVersion = await settings.GetServerVersionAsync(cancellationToken);
        if (upgrade.Spec.LogEnabled)
        {
            logger.LogInformation("Enabling upgrade observability");
            await StartUpgradeLogAsync(upgrade, cancellationToken);
        }
        else
        {
            const string disabled = "Upgrade observability is administratively disabled";
            logger.LogInformation(disabled);
            upgrade.Status.Set(UpgradeConditions.LogReady, ConditionStatus.False, time, "Disabled", disabled);
            upgrade.SetLabel(UpgradeLabels.State, UpgradeStates.LoggingInfraPrepared);
        }

        return await upgrades.ReplaceNamespacedAsync(upgrade, upgrade.Metadata.NamespaceProperty, upgrade.Metadata.Name, cancellationToken);
    }

    private async Task StartUpgradeLogAsync(Upgrade upgrade, CancellationToken cancellationToken)
    {
        // Stays empty when the UpgradeLog exists already.
        var upgradeLogName = "";
        try
        {
            var upgradeLog = UpgradeChildren.UpgradeLog(upgrade);
            upgradeLog = await context.UpgradeLogs.CreateNamespacedAsync(upgradeLog, upgradeLog.Metadata.NamespaceProperty, cancellationToken);
            upgradeLogName = upgradeLog.Metadata.Name;
        }
        catch (HttpOperationException error) when (error.IsAlreadyExists())
        {
        }
        catch (HttpOperationException error)
        {
            logger.LogWarning(error, "Failed to create the upgradeLog resource");
            upgrade.Status.Set(UpgradeConditions.LogReady, ConditionStatus.False, time, error.Text());
            return;
        }

        upgrade.Status.UpgradeLog = upgradeLogName.Length == 0 ? null : upgradeLogName;
        upgrade.Status.Set(UpgradeConditions.LogReady, ConditionStatus.Unknown, time);
    }

    /// <summary>There is one latest upgrade: the label leaves all others.</summary>
    private async Task TakeLatestLabelAsync(Upgrade upgrade, CancellationToken cancellationToken)
    {
        var others = context.UpgradeCache.List(
            upgrade.Metadata.NamespaceProperty,
            other => other.IsLatest() && other.Metadata.Name != upgrade.Metadata.Name);
        foreach (var other in others)
        {
            other.Metadata.Labels.Remove(UpgradeLabels.Latest);
            await upgrades.ReplaceNamespacedAsync(other, other.Metadata.NamespaceProperty, other.Metadata.Name, cancellationToken);
        }
    }

    private async Task<Upgrade> PrepareImageAsync(Upgrade upgrade, CancellationToken cancellationToken)
    {
        try
        {
            var image = string.IsNullOrEmpty(upgrade.Spec.Image)
                ? await CreateImageAsync(upgrade, cancellationToken)
                : await AdoptImageAsync(upgrade, upgrade.Spec.Image, cancellationToken);
            upgrade.Status.ImageID = $"{image.Metadata.NamespaceProperty}/{image.Metadata.Name}";
            upgrade.Status.Begin(UpgradeConditions.ImageReady);
        }
        catch (HttpOperationException error)
        {
            upgrade.Fail(time, error.Text());
        }

        return await upgrades.ReplaceNamespacedAsync(upgrade, upgrade.Metadata.NamespaceProperty, upgrade.Metadata.Name, cancellationToken);
    }

    private async Task<VirtualMachineImage> CreateImageAsync(Upgrade upgrade, CancellationToken cancellationToken)
    {
        var version = await context.Versions.ReadNamespacedAsync<HarvesterVersion>(
            upgrade.Metadata.NamespaceProperty, upgrade.Spec.Version, cancellationToken);
        var image = UpgradeChildren.Image(upgrade, version);
        try
        {
            return await context.Images.CreateNamespacedAsync(image, image.Metadata.NamespaceProperty, cancellationToken);
        }
        catch (HttpOperationException error) when (error.IsAlreadyExists())
        {
            logger.LogInformation("Reuse the existing image: {Namespace}/{Name}", image.Metadata.NamespaceProperty, image.Metadata.Name);
            return image;
        }
    }

    /// <summary>An uploaded image only needs the label by which its events find the upgrade.</summary>
    private async Task<VirtualMachineImage> AdoptImageAsync(Upgrade upgrade, string id, CancellationToken cancellationToken)
    {
        var (ns, name) = UpgradeRepo.SplitImageId(id);
        var image = await context.Images.ReadNamespacedAsync<VirtualMachineImage>(ns, name, cancellationToken);
        image.SetLabel(UpgradeLabels.Upgrade, upgrade.Metadata.Name);
        return await context.Images.ReplaceNamespacedAsync(image, ns, name, cancellationToken);
    }

    private async Task<Upgrade> UpgradeNodesAsync(Upgrade upgrade, CancellationToken cancellationToken)
    {
        var ns = upgrade.Metadata.NamespaceProperty;
        var node = upgrade.Status.SingleNode;
        if (string.IsNullOrEmpty(node))
        {
            throw new NotSupportedException("Upgrading more than one node is not part of this port.");
        }

        if (NodePreparation.IsPaused(upgrade, node))
        {
            upgrade.SetNodeState(node, NodeStates.UpgradePaused, time, "AdministrativelyPaused");
            return await upgrades.ReplaceNamespacedAsync(upgrade, ns, upgrade.Metadata.Name, cancellationToken);
        }

        logger.LogInformation("Start single node upgrade job");
        var version = RepoInfo.Load(upgrade.Status.RepoInfo).Release.Harvester;
        var job = UpgradeJobs.SingleNodeUpgrade(upgrade, version, node);
        await context.Client.BatchV1.CreateNamespacedJobAsync(job, ns, cancellationToken: cancellationToken).IgnoreAlreadyExists();
        upgrade.SetLabel(UpgradeLabels.State, UpgradeStates.UpgradingNodes);
        upgrade.Status.Begin(UpgradeConditions.NodesUpgraded);
        return await upgrades.ReplaceNamespacedAsync(upgrade, ns, upgrade.Metadata.Name, cancellationToken);
    }

    private async Task<Upgrade> CleanUpSuccessAsync(Upgrade upgrade, CancellationToken cancellationToken)
    {
        if (upgrade.GetLabel(UpgradeLabels.Cleanup) == CleanupStates.Succeeded)
        {
            logger.LogInformation("post-upgrade cleanup already completed");
            return upgrade;
        }

        if (upgrade.GetAnnotation(UpgradeAnnotations.ImageCleanupPlanCompleted) is null)
        {
            return await cleanup.PurgeImagesAsync(upgrade, cancellationToken);
        }

        upgrade = await cleanup.CleanAsync(upgrade, withJobs: true, cancellationToken);
        return await FinishCleanupAsync(upgrade, cancellationToken);
    }

    private async Task<Upgrade> CleanUpFailureAsync(Upgrade upgrade, CancellationToken cancellationToken)
    {
        if (upgrade.GetLabel(UpgradeLabels.Cleanup) == CleanupStates.Succeeded)
        {
            logger.LogInformation("post-upgrade cleanup already completed");
            return upgrade;
        }

        // Jobs stay for whoever has to find out what went wrong.
        upgrade = await cleanup.CleanAsync(upgrade, withJobs: false, cancellationToken);
        return await FinishCleanupAsync(upgrade, cancellationToken);
    }

    private async Task<Upgrade> FinishCleanupAsync(Upgrade upgrade, CancellationToken cancellationToken)
    {
        logger.LogInformation("successfully completed post-upgrade cleanup");
        upgrade.SetLabel(UpgradeLabels.Cleanup, CleanupStates.Succeeded);
        return await upgrades.ReplaceNamespacedAsync(upgrade, upgrade.Metadata.NamespaceProperty, upgrade.Metadata.Name, cancellationToken);
    }

    private static string Describe(IDictionary<string, string>? labels) =>
        $"map[{string.Join(' ', (labels ?? new Dictionary<string, string>()).OrderBy(label => label.Key, StringComparer.Ordinal).Select(label => $"{label.Key}:{label.Value}"))}]";
}
