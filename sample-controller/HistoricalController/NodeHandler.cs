using Harvester.ControllerRuntime;
using Harvester.Samples.UpgradeApi;
using k8s;
using k8s.Models;
using Microsoft.Extensions.Logging;

namespace Harvester.Samples.HistoricalController;

/// <summary>A node that waited for its reboot is done once it runs the expected operating system.</summary>
internal sealed class NodeHandler(ControllerContext context)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(20);
    private readonly ILogger<NodeHandler> logger = context.Loggers.CreateLogger<NodeHandler>();

    public async Task<V1Node?> OnChangedAsync(V1Node node, CancellationToken cancellationToken)
    {
        var expected = node.GetAnnotation(UpgradeAnnotations.PendingOSImage);
        if (node.Metadata.DeletionTimestamp is not null || expected is null)
        {
            return node;
        }

        var upgrade = context.UpgradeCache.List(Namespaces.Harvester, item => item.IsLatest()).FirstOrDefault();
        if (upgrade is null
            || !upgrade.InState(UpgradeStates.UpgradingNodes)
            || upgrade.Status.NodeStatuses is not { } states
            || !states.TryGetValue(node.Metadata.Name, out var status)
            || status.State != NodeStates.WaitingReboot)
        {
            return node;
        }

        var actual = node.Status?.NodeInfo?.OsImage;
        logger.LogDebug("Waiting for node {Name}'s OS to be upgraded (Want: {Expected}, Got: {Actual}).", node.Metadata.Name, expected, actual);
        if (actual != expected)
        {
            context.Set.EnqueueAfter(ControllerNames.Node, ObjectKey.Of(node), Interval);
            return node;
        }

        upgrade.SetNodeState(node.Metadata.Name, NodeStates.Succeeded, context.Time);
        await context.Upgrades.ReplaceNamespacedAsync(upgrade, upgrade.Metadata.NamespaceProperty, upgrade.Metadata.Name, cancellationToken);
        node.Metadata.Annotations.Remove(UpgradeAnnotations.PendingOSImage);
        return await context.Client.CoreV1.ReplaceNodeAsync(node, node.Metadata.Name, cancellationToken: cancellationToken);
    }
}
