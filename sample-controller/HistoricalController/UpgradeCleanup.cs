using System.Text.Json.Nodes;
using Harvester.ControllerRuntime;
using Harvester.Samples.UpgradeApi;
using k8s;
using k8s.Autorest;
using k8s.Models;
using Microsoft.Extensions.Logging;

namespace Harvester.Samples.HistoricalController;

/// <summary>Puts back what an upgrade changed and removes what it made.</summary>
internal sealed class UpgradeCleanup(ControllerContext context, UpgradeRepo repo)
{
    private const string DeschedulerAddon = "descheduler";
    private readonly ILogger<UpgradeCleanup> logger = context.Loggers.CreateLogger<UpgradeCleanup>();
    private readonly IObjectCache<Plan> plans = context.Set.Cache<Plan>();
    private readonly IObjectCache<V1Job> jobs = context.Set.Cache<V1Job>();
    private readonly IObjectCache<ManagedChart> charts = context.Set.Cache<ManagedChart>();

    /// <summary>Starts the plan that removes container images no longer used. The cleanup proper follows once it is marked complete.</summary>
    public async Task<Upgrade> PurgeImagesAsync(Upgrade upgrade, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> images;
        try
        {
            images = await repo.GetImagesDiffListAsync(upgrade, cancellationToken);
        }
        catch (RepositoryException error)
        {
            logger.LogWarning("Giving up on the image lists: {Message}", error.Message);
            upgrade.SetAnnotation(UpgradeAnnotations.ImageCleanupPlanCompleted, "false");
            return await context.Upgrades.ReplaceNamespacedAsync(upgrade, upgrade.Metadata.NamespaceProperty, upgrade.Metadata.Name, cancellationToken);
        }

        if (images.Count == 0)
        {
            logger.LogInformation("No images to be purged, skip");
            return upgrade;
        }

        logger.LogInformation("Start purging unneeded container images on the nodes");
        var plan = UpgradePlans.Cleanup(upgrade, images);
        await context.Plans.CreateNamespacedAsync(plan, plan.Metadata.NamespaceProperty, cancellationToken).IgnoreAlreadyExists();
        return upgrade;
    }

    public async Task<Upgrade> CleanAsync(Upgrade upgrade, bool withJobs, CancellationToken cancellationToken)
    {
        await repo.DeleteAsync(upgrade, cancellationToken);
        await ResetClusterAsync(cancellationToken);
        await DeletePlansAsync(upgrade, withJobs, cancellationToken);
        upgrade = await RestoreLonghornAsync(upgrade, cancellationToken);
        await StopUpgradeLogAsync(upgrade, cancellationToken);
        await ReenableDeschedulerAsync(upgrade, cancellationToken);
        await RestoreKubeVirtAsync(upgrade, cancellationToken);
        await UnpauseChartsAsync(cancellationToken);
        return upgrade;
    }

    /// <summary>Takes the drain hooks out of the cluster's configuration; the generation and the registries stay.</summary>
    private async Task ResetClusterAsync(CancellationToken cancellationToken)
    {
        var cluster = await context.Clusters.ReadNamespacedAsync<ProvisioningCluster>(Namespaces.FleetLocal, "local", cancellationToken);
        var before = cluster.Spec["rkeConfig"] as JsonObject;
        var generation = before?["provisionGeneration"]?.GetValue<long>() ?? 0;
        logger.LogInformation("Reset RKEConfig and set provisionGeneration to {Generation}", generation);
        var after = new JsonObject { ["provisionGeneration"] = generation };
        if (before?["registries"] is { } registries)
        {
            after["registries"] = registries.DeepClone();
        }

        if (JsonNode.DeepEquals(before, after))
        {
            return;
        }

        logger.LogInformation("Update cluster {Namespace}/{Name}", Namespaces.FleetLocal, "local");
        cluster.Spec["rkeConfig"] = after;
        await context.Clusters.ReplaceNamespacedAsync(cluster, Namespaces.FleetLocal, "local", cancellationToken);
    }

    private async Task DeletePlansAsync(Upgrade upgrade, bool withJobs, CancellationToken cancellationToken)
    {
        var ofUpgrade = new Dictionary<string, string> { [UpgradeLabels.Upgrade] = upgrade.Metadata.Name };
        foreach (var plan in plans.ListLabelled(Namespaces.Cattle, ofUpgrade))
        {
            if (withJobs)
            {
                var ofPlan = new Dictionary<string, string> { [UpgradeLabels.PlanName] = plan.Metadata.Name };
                foreach (var job in jobs.ListLabelled(Namespaces.Cattle, ofPlan))
                {
                    logger.LogDebug("Deleting job {Namespace}/{Name}", job.Metadata.NamespaceProperty, job.Metadata.Name);
                    await context.Client.BatchV1
                        .DeleteNamespacedJobAsync(job.Metadata.Name, job.Metadata.NamespaceProperty, cancellationToken: cancellationToken)
                        .IgnoreNotFound();
                }
            }

            logger.LogDebug("Deleting plan {Namespace}/{Name}", plan.Metadata.NamespaceProperty, plan.Metadata.Name);
            await context.Plans.DeleteNamespacedAsync<V1Status>(plan.Metadata.NamespaceProperty, plan.Metadata.Name, cancellationToken).IgnoreNotFound();
        }
    }

    /// <summary>A cluster of several nodes had Longhorn wait longer for replicas to come back. A single node never did.</summary>
    private async Task<Upgrade> RestoreLonghornAsync(Upgrade upgrade, CancellationToken cancellationToken)
    {
        if (!string.IsNullOrEmpty(upgrade.Status.SingleNode) || upgrade.GetAnnotation(UpgradeAnnotations.LonghornSettingsRestored) == "true")
        {
            return upgrade;
        }

        const string settingName = "replica-replenishment-wait-interval";
        var saved = upgrade.GetAnnotation(UpgradeAnnotations.ReplicaReplenishmentWaitInterval);
        if (string.IsNullOrEmpty(saved))
        {
            logger.LogWarning("no original replica-replenishment-wait-interval value set");
        }
        else
        {
            var setting = await context.LonghornSettings.ReadNamespacedAsync<LonghornSetting>(Namespaces.Longhorn, settingName, cancellationToken);
            setting.Value = saved;
            await context.LonghornSettings.ReplaceNamespacedAsync(setting, Namespaces.Longhorn, settingName, cancellationToken);
        }

        upgrade.SetAnnotation(UpgradeAnnotations.LonghornSettingsRestored, "true");
        return await context.Upgrades.ReplaceNamespacedAsync(upgrade, upgrade.Metadata.NamespaceProperty, upgrade.Metadata.Name, cancellationToken);
    }

    private async Task StopUpgradeLogAsync(Upgrade upgrade, CancellationToken cancellationToken)
    {
        if (!upgrade.Status.Conditions.IsTrue(UpgradeConditions.LogReady) || string.IsNullOrEmpty(upgrade.Status.UpgradeLog))
        {
            return;
        }

        var ns = upgrade.Metadata.NamespaceProperty;
        var upgradeLog = context.UpgradeLogCache.Get(new ObjectKey(ns, upgrade.Status.UpgradeLog));
        if (upgradeLog is null || upgradeLog.Status.Conditions.IsTrue(UpgradeLogConditions.Stopped))
        {
            return;
        }

        logger.LogInformation("Update upgradeLog {Namespace}/{Name}", ns, upgradeLog.Metadata.Name);
        upgradeLog.Status.Set(UpgradeLogConditions.Stopped, ConditionStatus.True, context.Time);
        await context.UpgradeLogs.ReplaceNamespacedAsync(upgradeLog, ns, upgradeLog.Metadata.Name, cancellationToken);
    }

    private async Task ReenableDeschedulerAsync(Upgrade upgrade, CancellationToken cancellationToken)
    {
        if (upgrade.GetAnnotation(UpgradeAnnotations.ReenableDescheduler) != "true")
        {
            return;
        }

        var addon = await context.Addons.ReadNamespacedAsync<Addon>("kube-system", DeschedulerAddon, cancellationToken);
        if (!addon.Spec.Enabled)
        {
            addon.Spec.Enabled = true;
            await context.Addons.ReplaceNamespacedAsync(addon, "kube-system", DeschedulerAddon, cancellationToken);
        }
    }

    private async Task RestoreKubeVirtAsync(Upgrade upgrade, CancellationToken cancellationToken)
    {
        logger.LogInformation("Restoring KubeVirt workload update methods after upgrade");
        ManagedChart chart;
        try
        {
            chart = await context.ManagedCharts.ReadNamespacedAsync<ManagedChart>(Namespaces.FleetLocal, "harvester", cancellationToken);
        }
        catch (HttpOperationException error) when (error.IsNotFound())
        {
            logger.LogInformation("harvester managedchart not found, skip restoring kubevirt workload update methods");
            return;
        }

        var saved = upgrade.GetAnnotation(UpgradeAnnotations.KubeVirtWorkloadUpdateMethods);
        if (string.IsNullOrEmpty(saved))
        {
            return;
        }

        var strategy = Member(Member(Member(Member(chart.Spec, "values"), "kubevirt"), "spec"), "workloadUpdateStrategy");
        var methods = JsonNode.Parse(saved);
        if (methods is null)
        {
            strategy.Remove("workloadUpdateMethods");
        }
        else
        {
            strategy["workloadUpdateMethods"] = methods;
        }

        await context.ManagedCharts.ReplaceNamespacedAsync(chart, Namespaces.FleetLocal, "harvester", cancellationToken);
    }

    /// <summary>The manifests job pauses charts while it works on them, and may die before it resumes them.</summary>
    private async Task UnpauseChartsAsync(CancellationToken cancellationToken)
    {
        foreach (var chart in charts.List(Namespaces.FleetLocal, item => item.Spec["paused"]?.GetValue<bool>() == true))
        {
            chart.Spec["paused"] = false;
            await context.ManagedCharts.ReplaceNamespacedAsync(chart, Namespaces.FleetLocal, chart.Metadata.Name, cancellationToken);
        }
    }

    private static JsonObject Member(JsonObject parent, string name)
    {
        if (parent[name] is JsonObject existing)
        {
            return existing;
        }

        var created = new JsonObject();
        parent[name] = created;
        return created;
    }
}
