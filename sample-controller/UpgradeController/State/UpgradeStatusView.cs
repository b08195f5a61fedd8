using Harvester.Samples.UpgradeApi;

namespace Harvester.Samples.UpgradeController;

/// <summary>How a stored status compares with the record.</summary>
public enum StatusDrift
{
    None = 1,

    /// <summary>A write is missing: the controller stopped between record and status, or an older status was sent back.</summary>
    Behind,

    /// <summary>What was known is gone.</summary>
    Lost,
}

/// <summary>
/// The status as a function of the record and of what was seen of the current child. There is no other writer of status: a normal step and a recovery
/// differ only in why they write.
/// </summary>
public static class UpgradeStatusView
{
    private static readonly HashSet<string> Owned = new(StringComparer.Ordinal)
    {
        UpgradeConditions.Completed, UpgradeConditions.LogReady, UpgradeConditions.ImageReady, UpgradeConditions.RepoReady,
        UpgradeConditions.NodesPrepared, UpgradeConditions.SystemServicesUpgraded, UpgradeConditions.NodesUpgraded,
    };

    public static UpgradeStatus Of(Upgrade upgrade, UpgradeRecord record, Observation seen, DateTimeOffset now)
    {
        var nodes = new SortedDictionary<string, NodeUpgradeStatus>(StringComparer.Ordinal);
        foreach (var (node, state) in record.NodeStates)
        {
            nodes[node] = new NodeUpgradeStatus { State = node == record.SingleNode && seen.NodeState is not null ? seen.NodeState : state };
        }

        var log = UpgradeNames.Log(upgrade.Metadata.Name);
        return new UpgradeStatus
        {
            PreviousVersion = record.PreviousVersion,
            ImageID = record.ImageID,
            RepoInfo = record.RepoInfo,
            SingleNode = record.SingleNode,
            NodeStatuses = nodes.Count == 0 ? null : nodes,
            UpgradeLog = record.HasMade(UpgradeChildren.Logs, log) && !record.LogsPurged ? log : null,
            Conditions = Conditions.Merge(upgrade.Status.Conditions, Wanted(upgrade, record, seen), Owned, now),
        };
    }

    public static StatusDrift Compare(Upgrade upgrade, UpgradeRecord record)
    {
        var stored = upgrade.Status;
        var expected = Of(upgrade, record, Observation.None, DateTimeOffset.UnixEpoch);
        if (stored.Conditions.Find(UpgradeConditions.Completed) is null
            || Missing(stored.PreviousVersion, expected.PreviousVersion) || Missing(stored.ImageID, expected.ImageID)
            || Missing(stored.RepoInfo, expected.RepoInfo) || Missing(stored.SingleNode, expected.SingleNode))
        {
            return StatusDrift.Lost;
        }

        var same = Same(stored.PreviousVersion, expected.PreviousVersion) && Same(stored.ImageID, expected.ImageID)
            && Same(stored.RepoInfo, expected.RepoInfo) && Same(stored.SingleNode, expected.SingleNode)
            && Same(stored.UpgradeLog, expected.UpgradeLog)
            && (expected.NodeStatuses ?? new Dictionary<string, NodeUpgradeStatus>()).Keys.All(node => stored.NodeStatuses?.ContainsKey(node) == true)
            && Owned.All(type => Agrees(type, stored.Conditions.Find(type), expected.Conditions.Find(type)));
        return same ? StatusDrift.None : StatusDrift.Behind;
    }

    private static IEnumerable<Condition> Wanted(Upgrade upgrade, UpgradeRecord record, Observation seen)
    {
        yield return record.Result switch
        {
            null => Condition(UpgradeConditions.Completed, ConditionStatus.Unknown),
            UpgradePhase.Succeeded => Condition(UpgradeConditions.Completed, ConditionStatus.True),
            _ => Condition(UpgradeConditions.Completed, ConditionStatus.False, record.Failure?.Reason, record.Failure?.Message),
        };

        var name = upgrade.Metadata.Name;
        var steps = new (string Type, UpgradePhase During, bool Begun)[]
        {
            (UpgradeConditions.LogReady, UpgradePhase.PreparingLoggingInfra, record.HasMade(UpgradeChildren.Logs, UpgradeNames.Log(name))),
            (UpgradeConditions.ImageReady, UpgradePhase.LoggingInfraPrepared, record.ImageID is not null),
            (UpgradeConditions.RepoReady, UpgradePhase.PreparingRepo, record.HasMade(UpgradeChildren.Deployments, UpgradeNames.Repo(name))),
            (UpgradeConditions.NodesPrepared, UpgradePhase.RepoPrepared, false),
            (UpgradeConditions.SystemServicesUpgraded, UpgradePhase.UpgradingSystemServices,
                record.HasMade(UpgradeChildren.Jobs, UpgradeNames.ManifestJob(name))),
            (UpgradeConditions.NodesUpgraded, UpgradePhase.UpgradingNodes,
                record.HasMade(UpgradeChildren.Jobs, UpgradeNames.NodeJob(name, record.SingleNode ?? ""))),
        };
        foreach (var (type, during, begun) in steps)
        {
            if (Step(type, during, begun, record, seen) is { } condition)
            {
                yield return condition;
            }
        }
    }

    private static Condition? Step(string type, UpgradePhase during, bool begun, UpgradeRecord record, Observation seen)
    {
        if (record.Failure?.Condition == type)
        {
            return Condition(type, ConditionStatus.False, record.Failure.Reason, record.Failure.Message);
        }

        if (type == UpgradeConditions.LogReady && record.LogsReady == false)
        {
            return Condition(type, ConditionStatus.False, "Disabled", "Upgrade observability is administratively disabled");
        }

        if (record.Phase > during || record.Result == UpgradePhase.Succeeded)
        {
            return Condition(type, ConditionStatus.True);
        }

        return record.Phase < during || !begun ? null
            : seen.Progress switch
            {
                Progress.Done => Condition(type, ConditionStatus.True),
                Progress.Failed => Condition(type, ConditionStatus.False, seen.Reason, seen.Message),
                _ => Condition(type, ConditionStatus.Unknown),
            };
    }

    private static Condition Condition(string type, string status, string? reason = null, string? message = null) =>
        new() { Type = type, Status = status, Reason = reason, Message = message };

    // A step the record still waits for may be further in the status, when the child was seen to be further. The end of it all may not.
    private static bool Agrees(string type, Condition? stored, Condition? expected) =>
        stored?.Status == expected?.Status
        || (type != UpgradeConditions.Completed && stored is not null && expected?.Status == ConditionStatus.Unknown);

    private static bool Same(string? left, string? right) => (left ?? "") == (right ?? "");

    private static bool Missing(string? stored, string? expected) => string.IsNullOrEmpty(stored) && !string.IsNullOrEmpty(expected);
}
