using Harvester.Samples.UpgradeApi;
using k8s.Models;

namespace Harvester.Samples.HistoricalController;

/// <summary>How results of steps move the conditions of an upgrade, and with them its state label.</summary>
internal static class UpgradeExtensions
{
    public static string Image(this Upgrade upgrade, string version) =>
        string.IsNullOrEmpty(upgrade.Spec.UpgradeImage) ? $"rancher/harvester-upgrade:{version}" : upgrade.Spec.UpgradeImage;

    public static bool IsLatest(this Upgrade upgrade) => upgrade.GetLabel(UpgradeLabels.Latest) == "true";

    public static bool InState(this Upgrade upgrade, string state) => upgrade.GetLabel(UpgradeLabels.State) == state;

    /// <summary>An error ends the upgrade at once. Its text becomes the reason.</summary>
    public static void Fail(this Upgrade upgrade, TimeProvider time, string reason, string? message = null)
    {
        upgrade.SetLabel(UpgradeLabels.State, UpgradeStates.Failed);
        upgrade.Status.Set(UpgradeConditions.Completed, ConditionStatus.False, time, reason, message);
    }

    /// <summary>The result of one of the steps whose conditions decide about the whole.</summary>
    public static void SetStepResult(this Upgrade upgrade, string type, string value, TimeProvider time, string? reason = null, string? message = null)
    {
        upgrade.Status.Set(type, value, time, reason, message);
        upgrade.MarkComplete(time);
    }

    public static void SetNodeState(this Upgrade upgrade, string node, string state, TimeProvider time, string? reason = null, string? message = null)
    {
        var nodes = upgrade.Status.NodeStatuses ??= new Dictionary<string, NodeUpgradeStatus>();
        nodes[node] = new NodeUpgradeStatus { State = state, Reason = reason, Message = message };
        if (state == NodeStates.Failed)
        {
            upgrade.SetStepResult(UpgradeConditions.NodesUpgraded, ConditionStatus.False, time, reason, message);
        }
        else if (upgrade.InState(UpgradeStates.UpgradingNodes) && nodes.Values.All(status => status.State == NodeStates.Succeeded))
        {
            upgrade.SetStepResult(UpgradeConditions.NodesUpgraded, ConditionStatus.True, time);
        }
    }

    private static void MarkComplete(this Upgrade upgrade, TimeProvider time)
    {
        var conditions = upgrade.Status.Conditions;
        if (conditions.IsTrue(UpgradeConditions.SystemServicesUpgraded) && conditions.IsTrue(UpgradeConditions.NodesUpgraded))
        {
            upgrade.Status.Set(UpgradeConditions.Completed, ConditionStatus.True, time);
            upgrade.SetLabel(UpgradeLabels.State, UpgradeStates.Succeeded);
            upgrade.SetLabel(UpgradeLabels.Cleanup, CleanupStates.Pending);
        }
        else if (conditions.IsFalse(UpgradeConditions.ImageReady)
            || conditions.IsFalse(UpgradeConditions.RepoReady)
            || conditions.IsFalse(UpgradeConditions.SystemServicesUpgraded)
            || conditions.IsFalse(UpgradeConditions.NodesUpgraded))
        {
            upgrade.Status.Set(UpgradeConditions.Completed, ConditionStatus.False, time);
            upgrade.SetLabel(UpgradeLabels.State, UpgradeStates.Failed);
            upgrade.SetLabel(UpgradeLabels.Cleanup, CleanupStates.Pending);
        }
    }
}
