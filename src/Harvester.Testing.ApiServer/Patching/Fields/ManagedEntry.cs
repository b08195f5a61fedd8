using System.Globalization;
using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Patching.Fields;

/// <summary>Who an entry of metadata.managedFields belongs to; appliers are one whatever the version they use .</summary>
/// <param name="Manager">The manager's name.</param>
/// <param name="IsApply">True for what was applied, false for all other writes.</param>
/// <param name="ApiVersion">The version written through; empty for appliers.</param>
/// <param name="Subresource">The subresource written to; empty for the object itself.</param>
internal readonly record struct ManagerKey(string Manager, bool IsApply, string ApiVersion, string Subresource)
{
    /// <summary>The key of a write.</summary>
    public static ManagerKey Of(string manager, bool isApply, string apiVersion, string subresource) =>
        new(manager.Length == 0 ? "unknown" : manager, isApply, isApply ? "" : apiVersion, subresource);

    /// <summary>The manager as a conflict names it .</summary>
    public override string ToString()
    {
        var text = Schema.GoText.Quote(Manager);
        text = Subresource.Length == 0 ? text : $"{text} with subresource {Schema.GoText.Quote(Subresource)}";
        return IsApply ? text : $"{text} using {ApiVersion}";
    }
}

/// <summary>What one manager owns of an object.</summary>
/// <param name="Key">The manager.</param>
/// <param name="ApiVersion">The version the fields are named in.</param>
/// <param name="Fields">The fields.</param>
/// <param name="Time">When the manager last changed something, as text; null when that is not known.</param>
internal sealed record ManagedEntry(ManagerKey Key, string ApiVersion, FieldSet Fields, string? Time)
{
    /// <summary>The entry as it stands in metadata.managedFields, when it was read from there and has not changed.</summary>
    private JsonObject? Wire { get; init; }

    private FieldSet WireFields { get; init; }

    /// <summary>Reads an entry.</summary>
    /// <returns>Null when it is none that a server would write.</returns>
    public static ManagedEntry? Read(JsonObject wire)
    {
        var operation = wire.Find("operation")?.AsString;
        var apiVersion = wire.Find("apiVersion")?.AsString ?? "";
        if (operation is not ("Apply" or "Update")
            || apiVersion.Length == 0
            || wire.Find("fieldsType")?.AsString != "FieldsV1"
            || (wire.Find("fieldsV1") ?? JsonObject.Empty) is not JsonObject fields)
        {
            return null;
        }

        var isApply = operation == "Apply";
        var key = new ManagerKey(
            wire.Find("manager")?.AsString ?? "", isApply, isApply ? "" : apiVersion, wire.Find("subresource")?.AsString ?? "");
        var set = new FieldSet(fields);
        return new ManagedEntry(key, apiVersion, set, wire.Find("time")?.AsString) { Wire = wire, WireFields = set };
    }

    /// <summary>The entry as metadata.managedFields holds it.</summary>
    public JsonObject ToJson()
    {
        if (Wire is { } wire
            && ReferenceEquals(WireFields.Root, Fields.Root)
            && wire.Find("time")?.AsString == Time
            && wire.Find("apiVersion")?.AsString == ApiVersion
            && wire.Find("manager")?.AsString == Key.Manager)
        {
            return wire;
        }

        return JsonObject.Of(
            ("apiVersion", ApiVersion),
            ("fieldsType", "FieldsV1"),
            ("fieldsV1", Fields.Root),
            ("manager", Key.Manager.Length == 0 ? null : (JsonValue)Key.Manager),
            ("operation", Key.IsApply ? "Apply" : "Update"),
            ("subresource", Key.Subresource.Length == 0 ? null : (JsonValue)Key.Subresource),
            ("time", Time is null ? null : (JsonValue)Time));
    }

    /// <summary>The time in seconds, for the order of entries; zero when there is none.</summary>
    public long Seconds =>
        Time is { } text && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time.ToUnixTimeSeconds()
            : 0;
}
