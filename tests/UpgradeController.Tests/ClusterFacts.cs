using Harvester.Samples.UpgradeApi;
using Harvester.Samples.UpgradeController.Simulated;
using Harvester.Testing.ApiServer;
using Harvester.Testing.ApiServer.Json;
using k8s.Models;

namespace Harvester.Samples.UpgradeController.Tests;

/// <summary>What tests ask of a cluster: from the server's own history and audit log, and from captured log lines.</summary>
internal static class ClusterFacts
{
    public const string InitializeLine = "Initialize upgrade";
    public const string DismissedLine = "has harvesterhci.io/read-message label, no further processing";

    public static string? ConditionOf(this Upgrade upgrade, string type) =>
        upgrade.Status.Conditions?.FirstOrDefault(condition => condition.Type == type)?.Status;

    public static bool Exists(this SimulatedUpgrade cluster, string plural, string? ns, string name) =>
        cluster.Server.History(plural, ns, name) is { Count: > 0 } history && history[^1].Type != ChangeType.Deleted;

    public static bool HasLog(this SimulatedUpgrade cluster, string upgrade) =>
        cluster.Exists("upgradelogs", Namespaces.Harvester, UpgradeNames.Log(upgrade));

    /// <summary>Creates sent by the controller after a point in the audit log, refused ones too; events and records do no work.</summary>
    public static IReadOnlyList<string> CreatesAfter(this SimulatedUpgrade cluster, long sequence) =>
        [.. cluster.Server.Requests
            .Where(request => request.Sequence > sequence && request is { User: "controller", Verb: "create" } && request.Resource is not ("events" or "configmaps"))
            .Select(request => $"{request.Resource}/{request.Name} {request.StatusCode}")];

    public static long Now(this SimulatedUpgrade cluster) => cluster.Server.Requests.Count;

    /// <summary>The states an upgrade was stored in after a revision: each status, as a condition's state, in order.</summary>
    public static IReadOnlyList<string?> ConditionHistory(this SimulatedUpgrade cluster, string upgrade, string type, long afterRevision) =>
        [.. cluster.Server.History("upgrades", Namespaces.Harvester, upgrade)
            .Where(revision => revision.ResourceVersion > afterRevision)
            .Select(revision => (revision.Object.At("status", "conditions") as JsonArray ?? JsonArray.Empty)
                .FirstOrDefault(condition => condition["type"]?.AsString == type)?["status"]?.AsString)];

    public static void AssertDone(this SimulatedUpgrade cluster, Upgrade upgrade, bool dismissed)
    {
        Assert.Equal("Succeeded", upgrade.GetLabel(UpgradeLabels.State));
        Assert.Equal("Succeeded", upgrade.GetLabel(UpgradeLabels.Cleanup));
        Assert.Equal("True", upgrade.ConditionOf(UpgradeConditions.Completed));
        var name = upgrade.Name();
        Assert.False(cluster.Exists("virtualmachineimages", Namespaces.Harvester, UpgradeNames.Image(name)));
        Assert.False(cluster.Exists("deployments", Namespaces.Harvester, UpgradeNames.Repo(name)));
        Assert.False(cluster.Exists("services", Namespaces.Harvester, UpgradeNames.Repo(name)));
        Assert.False(cluster.Exists("plans", Namespaces.Cattle, UpgradeNames.CleanupPlan(name)));
        Assert.False(cluster.Exists("managedcharts", Namespaces.FleetLocal, UpgradeNames.Operator(UpgradeNames.Log(name))));
        Assert.Equal(upgrade.Spec.LogEnabled && !dismissed, cluster.HasLog(name));
        Assert.Equal(upgrade.Spec.LogEnabled && !dismissed ? UpgradeNames.Log(name) : null, upgrade.Status.UpgradeLog);
    }
}
