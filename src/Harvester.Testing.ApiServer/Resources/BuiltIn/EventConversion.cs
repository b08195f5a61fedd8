using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn;

/// <summary>Events of events.k8s.io/v1: the events of the core group under other names.</summary>
internal sealed class EventConversion : VersionConversion
{
    private static readonly (string From, string To)[] Names =
    [
        ("regarding", "involvedObject"),
        ("note", "message"),
        ("deprecatedSource", "source"),
        ("deprecatedFirstTimestamp", "firstTimestamp"),
        ("deprecatedLastTimestamp", "lastTimestamp"),
        ("deprecatedCount", "count"),
        ("reportingController", "reportingComponent"),
    ];

    private static readonly (string From, string To)[] Back = [.. Names.Select(pair => (pair.To, pair.From))];

    /// <inheritdoc />
    public override JsonObject ToStored(JsonObject value)
    {
        var stored = new JsonObject.Builder(Renamed(value, Names)) { ["apiVersion"] = "v1" };

        // The core group writes these also when they are empty.
        stored["source"] ??= JsonObject.Empty;
        stored["involvedObject"] ??= JsonObject.Empty;
        foreach (var time in (ReadOnlySpan<string>)["firstTimestamp", "lastTimestamp", "eventTime"])
        {
            stored[time] ??= JsonValue.Null;
        }

        stored["reportingComponent"] ??= "";
        stored["reportingInstance"] ??= "";
        return stored.Build();
    }

    /// <inheritdoc />
    public override JsonObject FromStored(JsonObject stored)
    {
        var value = new JsonObject.Builder(Renamed(stored, Back)) { ["apiVersion"] = "events.k8s.io/v1" };
        foreach (var name in (ReadOnlySpan<string>)["reportingController", "reportingInstance", "note", "reason", "action", "type"])
        {
            value[name] = value[name] is JsonString { Value.Length: 0 } ? null : value[name];
        }

        value["regarding"] = value["regarding"] is JsonObject { Count: 0 } ? null : value["regarding"];
        return value.Build();
    }
}
