using Harvester.Testing.ApiServer.Json;

namespace Harvester.Samples.HistoricalController.Tests;

/// <summary>A stored object as the line that the recordings have for it.</summary>
internal static class StateText
{
    public const string Gone = "(gone)";
    private const string Prefix = "harvesterhci.io/";

    private static readonly string[] ConditionOrder =
        ["Completed", "LogReady", "ImageReady", "RepoReady", "NodesPrepared", "SystemServicesUpgraded", "NodesUpgraded"];

    public static string OfUpgrade(JsonValue upgrade)
    {
        List<string> parts = [Label(upgrade, "upgradeState") ?? "-"];
        if (Label(upgrade, "latestUpgrade") == "true")
        {
            parts.Add("latestUpgrade");
        }

        if (Label(upgrade, "read-message") == "true")
        {
            parts.Add("read-message");
        }

        if (Label(upgrade, "upgradeCleanup") is { } cleanup)
        {
            parts.Add($"cleanup {cleanup}");
        }

        var conditions = Conditions(upgrade);
        parts.AddRange(ConditionOrder.Where(conditions.ContainsKey).Select(type => Describe(type, conditions[type], withReason: true)));
        var nodes = upgrade.At("status", "nodeStatuses") as JsonObject ?? JsonObject.Empty;
        parts.AddRange(nodes.OrderBy(node => node.Key, StringComparer.Ordinal).Select(node => $"{node.Key}: {node.Value["state"]?.AsString}"));
        var annotations = upgrade.At("metadata", "annotations") as JsonObject ?? JsonObject.Empty;
        parts.AddRange(annotations
            .Select(annotation => annotation.Key)
            .Where(key => key.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(key => key[Prefix.Length..])
            .Order(StringComparer.Ordinal));
        if (upgrade["status"] is not JsonObject { Count: > 0 })
        {
            parts.Add("no status");
        }

        return string.Join(" | ", parts);
    }

    public static string OfUpgradeLog(JsonValue upgradeLog)
    {
        var conditions = Conditions(upgradeLog);
        List<string> parts = conditions
            .Where(condition => condition.Key != "DownloadReady")
            .OrderBy(condition => condition.Key, StringComparer.Ordinal)
            .Select(condition => Describe(condition.Key, condition.Value, withReason: false))
            .ToList();
        if (upgradeLog.At("metadata", "annotations", Prefix + "upgradeLogState")?.AsString is { } state)
        {
            parts.Add(state);
        }

        if (upgradeLog.At("metadata", "deletionTimestamp") is not null)
        {
            parts.Add("being deleted");
        }

        return parts.Count == 0 ? "(new)" : string.Join(" | ", parts);
    }

    private static string? Label(JsonValue value, string name) => value.At("metadata", "labels", Prefix + name)?.AsString;

    private static Dictionary<string, JsonValue> Conditions(JsonValue value) =>
        (value.At("status", "conditions") as JsonArray ?? JsonArray.Empty).ToDictionary(condition => condition["type"]!.AsString!);

    private static string Describe(string type, JsonValue condition, bool withReason) =>
        withReason && condition["reason"]?.AsString is { Length: > 0 } reason
            ? $"{type}={condition["status"]?.AsString}({reason})"
            : $"{type}={condition["status"]?.AsString}";
}
