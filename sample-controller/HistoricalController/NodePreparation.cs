using System.Text.Json;
using Harvester.ControllerRuntime;
using Harvester.Samples.UpgradeApi;
using k8s;
using k8s.Models;
using Microsoft.Extensions.Logging;

namespace Harvester.Samples.HistoricalController;

/// <summary>Reads the release from the repository and has the nodes load its images, unless that is to be skipped.</summary>
internal sealed class NodePreparation(ControllerContext context, UpgradeSettings settings, UpgradeRepo repo)
{
    private readonly ILogger<NodePreparation> logger = context.Loggers.CreateLogger<NodePreparation>();
    private readonly VersionGuard guard = new(context.Loggers.CreateLogger<VersionGuard>());
    private readonly IObjectCache<V1Node> nodes = context.Set.Cache<V1Node>();

    public async Task<Upgrade> StartAsync(Upgrade upgrade, CancellationToken cancellationToken)
    {
        var all = nodes.List();
        upgrade.Status.SingleNode = all.Count == 1 ? all[0].Metadata.Name : null;

        string? refusal;
        try
        {
            var info = await repo.GetInfoAsync(upgrade, cancellationToken);
            upgrade.Status.RepoInfo = info.Marshal();
            refusal = guard.Check(upgrade, info);
        }
        catch (RepositoryException error)
        {
            refusal = error.Message;
        }

        if (refusal is null)
        {
            await PrepareAsync(upgrade, cancellationToken);
        }
        else
        {
            upgrade.Fail(context.Time, refusal);
        }

        return await context.Upgrades.ReplaceNamespacedAsync(upgrade, upgrade.Metadata.NamespaceProperty, upgrade.Metadata.Name, cancellationToken);
    }

    private async Task PrepareAsync(Upgrade upgrade, CancellationToken cancellationToken)
    {
        var strategy = (await settings.GetUpgradeConfigAsync(cancellationToken)).PreloadOption.Strategy;
        logger.LogInformation(
            "start preparing nodes for upgrade {Namespace}/{Name}, preload strategy {Strategy}",
            upgrade.Metadata.NamespaceProperty,
            upgrade.Metadata.Name,
            strategy.Type);
        upgrade.SetLabel(UpgradeLabels.State, UpgradeStates.PreparingNodes);
        if (strategy.Type == PreloadStrategy.Skip)
        {
            foreach (var node in ManagedNodes())
            {
                upgrade.SetNodeState(node.Metadata.Name, NodeStates.ImagesPreloaded, context.Time);
            }

            upgrade.Status.Set(UpgradeConditions.NodesPrepared, ConditionStatus.True, context.Time);
            return;
        }

        var nodeCount = ManagedNodes().Count;
        var concurrency = strategy.Type == PreloadStrategy.Parallel && (strategy.Concurrency is 0 || strategy.Concurrency > nodeCount)
            ? nodeCount
            : Math.Max(1, strategy.Type == PreloadStrategy.Parallel ? strategy.Concurrency : 1);
        var version = await settings.GetServerVersionAsync(cancellationToken);
        var plan = UpgradePlans.Prepare(upgrade, version, concurrency);
        await context.Plans.CreateNamespacedAsync(plan, plan.Metadata.NamespaceProperty, cancellationToken).IgnoreAlreadyExists();
        upgrade.Status.Begin(UpgradeConditions.NodesPrepared);
    }

    private IReadOnlyList<V1Node> ManagedNodes() => nodes.List(where: node => node.GetLabel(UpgradeLabels.Managed) == "true");

    /// <summary>Whether the administrator holds this node back.</summary>
    public static bool IsPaused(Upgrade upgrade, string node)
    {
        var map = upgrade.GetAnnotation(UpgradeAnnotations.NodeUpgradePauseMap);
        return !string.IsNullOrEmpty(map)
            && JsonSerializer.Deserialize<Dictionary<string, string>>(map)?.GetValueOrDefault(node) == "pause";
    }
}
