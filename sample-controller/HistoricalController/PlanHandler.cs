using Harvester.ControllerRuntime;
using Harvester.Samples.UpgradeApi;
using k8s;
using k8s.Models;
using Microsoft.Extensions.Logging;

namespace Harvester.Samples.HistoricalController;

/// <summary>A plan is over when every node it selects carries its latest hash.</summary>
internal sealed class PlanHandler(ControllerContext context)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(20);
    private readonly ILogger<PlanHandler> logger = context.Loggers.CreateLogger<PlanHandler>();
    private readonly IObjectCache<V1Node> nodes = context.Set.Cache<V1Node>();

    public async Task<Plan?> OnChangedAsync(Plan plan, CancellationToken cancellationToken)
    {
        var upgradeName = plan.GetLabel(UpgradeLabels.Upgrade);
        var component = plan.GetLabel(UpgradeLabels.Component);
        if (plan.Metadata.DeletionTimestamp is not null || string.IsNullOrEmpty(upgradeName) || string.IsNullOrEmpty(component))
        {
            return plan;
        }

        var upgrade = context.UpgradeCache.Get(new ObjectKey(Namespaces.Harvester, upgradeName));
        if (upgrade is null)
        {
            return plan;
        }

        if (!AllNodesAtLatestHash(plan))
        {
            logger.LogInformation("Nodes pending hash update, requeuing {Namespace}/{Plan}", plan.Metadata.NamespaceProperty, plan.Metadata.Name);
            var jitter = TimeSpan.FromSeconds(context.Options.Random.NextDouble() * 5);
            context.Set.EnqueueAfter(ControllerNames.Plan, ObjectKey.Of(plan), Interval + jitter);
            return plan;
        }

        logger.LogInformation("All nodes at latest hash {Namespace}/{Plan}", plan.Metadata.NamespaceProperty, plan.Metadata.Name);
        if (Complete(upgrade, component))
        {
            await context.Upgrades.ReplaceNamespacedAsync(upgrade, upgrade.Metadata.NamespaceProperty, upgrade.Metadata.Name, cancellationToken);
        }

        return plan;
    }

    private bool AllNodesAtLatestHash(Plan plan)
    {
        var hash = plan.Status?["latestHash"]?.GetValue<string>();
        var selector = plan.Spec["nodeSelector"]?["matchLabels"]?.AsObject();
        return !string.IsNullOrEmpty(hash)
            && nodes.List(where: node => selector?.All(label => node.GetLabel(label.Key) == label.Value?.GetValue<string>()) ?? true)
                .All(node => node.GetLabel(UpgradeLabels.PlanHashPrefix + plan.Metadata.Name) == hash);
    }

    /// <summary>Notes the end of a plan on its upgrade; false when that is there already.</summary>
    private bool Complete(Upgrade upgrade, string component)
    {
        var annotation = component switch
        {
            UpgradeComponents.Cleanup => UpgradeAnnotations.ImageCleanupPlanCompleted,
            UpgradeComponents.ApplySkipManifests => UpgradeAnnotations.ApplySkipManifestsCompleted,
            UpgradeComponents.RemoveSkipManifests => UpgradeAnnotations.RemoveSkipManifestsCompleted,
            _ => null,
        };
        if (annotation is not null)
        {
            if (upgrade.GetAnnotation(annotation) == "true")
            {
                return false;
            }

            upgrade.SetAnnotation(annotation, "true");
            return true;
        }

        if (component != UpgradeComponents.Node || !upgrade.Status.Conditions.IsUnknown(UpgradeConditions.NodesPrepared))
        {
            return false;
        }

        upgrade.Status.Set(UpgradeConditions.NodesPrepared, ConditionStatus.True, context.Time);
        return true;
    }
}
