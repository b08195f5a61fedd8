using Harvester.Testing.ApiServer;
using Harvester.Testing.ApiServer.Json;

namespace Harvester.Cli.Demo;

/// <summary>Says in a few words what a stored request changed.</summary>
internal static class ChangeText
{
    private const int MostParts = 5;
    private const int LongestValue = 48;
    private const string OwnPrefix = "harvesterhci.io/";

    private static readonly string[] Bookkeeping =
        ["metadata.resourceVersion", "metadata.generation", "metadata.managedFields", "metadata.creationTimestamp", "metadata.uid"];

    /// <summary>The text, empty when nothing but bookkeeping changed.</summary>
    public static string Of(IEnumerable<FieldChange> changes)
    {
        var parts = changes
            .SelectMany(change => Describe(change.Path, change.Before, change.After))
            .Where(part => part.Length > 0)
            .Distinct()
            .ToList();
        return parts.Count <= MostParts
            ? string.Join(", ", parts)
            : $"{string.Join(", ", parts.Take(MostParts))}, {parts.Count - MostParts} more";
    }

    private static IEnumerable<string> Describe(string path, JsonValue? before, JsonValue? after)
    {
        if (Equals(before, after) || Bookkeeping.Any(skipped => path.StartsWith(skipped, StringComparison.Ordinal)))
        {
            return [];
        }

        if (path == "status" && before is not null && IsEmpty(after))
        {
            return ["STATUS REMOVED"];
        }

        if (path.EndsWith("conditions", StringComparison.Ordinal) && (before ?? after) is JsonArray)
        {
            return Conditions(before as JsonArray, after as JsonArray);
        }

        if ((before is null or JsonObject) && (after is null or JsonObject) && (before as JsonObject ?? after as JsonObject) is { Count: > 0 })
        {
            return Members(before as JsonObject ?? JsonObject.Empty, after as JsonObject ?? JsonObject.Empty)
                .SelectMany(name => Describe(path.Length == 0 ? name : $"{path}.{name}", before?[name], after?[name]));
        }

        var name = Short(path);
        return after is null || IsEmpty(after) ? [$"{name} removed"] : [$"{name}={Value(after)}"];
    }

    private static IEnumerable<string> Members(JsonObject before, JsonObject after) =>
        before.Select(member => member.Key).Union(after.Select(member => member.Key), StringComparer.Ordinal);

    private static IEnumerable<string> Conditions(JsonArray? before, JsonArray? after)
    {
        var old = States(before);
        var now = States(after);
        return old.Keys.Union(now.Keys)
            .Select(type => (Type: type, Old: old.GetValueOrDefault(type), New: now.GetValueOrDefault(type)))
            .Where(condition => condition.Old != condition.New)
            .Select(condition => $"{condition.Type} {condition.Old ?? "absent"} -> {condition.New ?? "absent"}");
    }

    private static Dictionary<string, string> States(JsonArray? conditions) =>
        (conditions ?? JsonArray.Empty)
            .Select(condition => (Type: condition["type"]?.AsString, Status: condition["status"]?.AsString))
            .Where(condition => condition.Type is not null)
            .GroupBy(condition => condition.Type!)
            .ToDictionary(group => group.Key, group => group.Last().Status ?? "");

    private static string Short(string path)
    {
        foreach (var map in (ReadOnlySpan<string>)["metadata.labels", "metadata.annotations"])
        {
            if (path.Length > map.Length && path.StartsWith(map, StringComparison.Ordinal))
            {
                // Keys hold dots themselves, and a path may set them off by a dot or by brackets.
                var key = path[map.Length..].Trim('.', '[', ']', '"', '\'');
                return key.StartsWith(OwnPrefix, StringComparison.Ordinal) ? key[OwnPrefix.Length..] : key;
            }
        }

        return path.StartsWith("metadata.", StringComparison.Ordinal) ? path["metadata.".Length..] : path;
    }

    private static string Value(JsonValue value) => value switch
    {
        JsonArray array when array.Count > 1 => $"[{array.Count} items]",
        _ when (value.AsString ?? value.ToString()) is { } text => Clip(text.ReplaceLineEndings(" ")),
        _ => "",
    };

    private static string Clip(string text) => text.Length <= LongestValue ? text : text[..(LongestValue - 3)] + "...";

    private static bool IsEmpty(JsonValue? value) => value is null or JsonNull or JsonObject { Count: 0 } or JsonArray { Count: 0 };
}
