using System.Globalization;
using System.Text.Json;

namespace Harvester.Samples.UpgradeController;

/// <summary>A record as the data of a ConfigMap: one readable key for each fact.</summary>
internal static class RecordData
{
    public static SortedDictionary<string, string> Write(UpgradeRecord record) => new(StringComparer.Ordinal)
    {
        ["uid"] = record.Uid,
        ["attempt"] = record.Attempt.ToString(CultureInfo.InvariantCulture),
        ["phase"] = record.Phase.ToString(),
        ["result"] = record.Result?.ToString() ?? "",
        ["failure"] = record.Failure is null ? "" : JsonSerializer.Serialize(record.Failure),
        ["previousVersion"] = record.PreviousVersion ?? "",
        ["imageID"] = record.ImageID ?? "",
        ["repoInfo"] = record.RepoInfo ?? "",
        ["singleNode"] = record.SingleNode ?? "",
        ["nodeStatuses"] = JsonSerializer.Serialize(record.NodeStates),
        ["children"] = JsonSerializer.Serialize(record.Children),
        ["logsReady"] = record.LogsReady is { } ready ? Flag(ready) : "",
        ["logsSince"] = record.LogsSince?.ToString("o", CultureInfo.InvariantCulture) ?? "",
        ["imagesCleaned"] = Flag(record.ImagesCleaned),
        ["cleanedUp"] = Flag(record.CleanedUp),
        ["logsPurged"] = Flag(record.LogsPurged),
    };

    public static UpgradeRecord Read(IDictionary<string, string> data, string? storedVersion) => new()
    {
        Uid = Text(data, "uid") ?? throw new InvalidDataException("The record has no uid."),
        Attempt = int.Parse(Text(data, "attempt") ?? "1", CultureInfo.InvariantCulture),
        Phase = Enum.Parse<UpgradePhase>(Text(data, "phase") ?? throw new InvalidDataException("The record has no phase.")),
        Result = Text(data, "result") is { } result ? Enum.Parse<UpgradePhase>(result) : null,
        Failure = Text(data, "failure") is { } failure ? JsonSerializer.Deserialize<UpgradeFailure>(failure) : null,
        PreviousVersion = Text(data, "previousVersion"),
        ImageID = Text(data, "imageID"),
        RepoInfo = Text(data, "repoInfo"),
        SingleNode = Text(data, "singleNode"),
        NodeStates = Map(data, "nodeStatuses"),
        Children = Map(data, "children"),
        LogsReady = Text(data, "logsReady") is { } ready ? ready == "true" : null,
        LogsSince = Text(data, "logsSince") is { } since ? DateTimeOffset.Parse(since, CultureInfo.InvariantCulture) : null,
        ImagesCleaned = Text(data, "imagesCleaned") == "true",
        CleanedUp = Text(data, "cleanedUp") == "true",
        LogsPurged = Text(data, "logsPurged") == "true",
        StoredVersion = storedVersion,
    };

    private static string Flag(bool value) => value ? "true" : "false";

    private static string? Text(IDictionary<string, string> data, string key) =>
        data.TryGetValue(key, out var value) && value.Length > 0 ? value : null;

    private static SortedDictionary<string, string> Map(IDictionary<string, string> data, string key) =>
        Text(data, key) is { } json ? JsonSerializer.Deserialize<SortedDictionary<string, string>>(json)! : [];
}
