using System.Globalization;
using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Resources;

namespace Harvester.Testing.ApiServer.Http.Tables;

/// <summary>An object on its way into a row, with the readings that cells are made of.</summary>
internal readonly struct TableRow(JsonObject value, DateTimeOffset now)
{
    public const string None = "<none>";

    public const string Unset = "<unset>";

    public JsonObject Object => value;

    public string Name => ObjectMetadata.Name(value);

    public string Age => Since(value.At("metadata", "creationTimestamp"));

    public bool IsBeingDeleted => ObjectMetadata.IsBeingDeleted(value);

    /// <summary>The text at a path, or the empty one.</summary>
    public string Text(params ReadOnlySpan<string> path) => Shown(value.At(path)) ?? "";

    /// <summary>The text at a path, or <c>&lt;none&gt;</c> when there is none.</summary>
    public string TextOrNone(params ReadOnlySpan<string> path) => Text(path) is { Length: > 0 } text ? text : None;

    public long Number(params ReadOnlySpan<string> path) => value.At(path)?.AsInteger ?? 0;

    public bool Flag(params ReadOnlySpan<string> path) => value.At(path)?.AsBoolean ?? false;

    public IReadOnlyList<JsonValue> Items(params ReadOnlySpan<string> path) => value.At(path) as JsonArray ?? JsonArray.Empty;

    public int Count(params ReadOnlySpan<string> path) => value.At(path) switch
    {
        JsonArray items => items.Count,
        JsonObject members => members.Count,
        _ => 0,
    };

    /// <summary>How long ago a time was; <c>&lt;unknown&gt;</c> for none.</summary>
    public string Since(JsonValue? time) => Time(time) is { } at ? Ages.Short(now - at) : "<unknown>";

    /// <summary>The names of the containers of a pod spec and their images.</summary>
    public (string Names, string Images) Containers(params ReadOnlySpan<string> podSpec)
    {
        var containers = value.At(podSpec)?["containers"] as JsonArray ?? JsonArray.Empty;
        return (
            string.Join(',', containers.Select(container => container["name"]?.AsString ?? "")),
            string.Join(',', containers.Select(container => container["image"]?.AsString ?? "")));
    }

    /// <summary>A map of labels: <c>a=b,c=d</c>.</summary>
    public string Labels(params ReadOnlySpan<string> path) => value.At(path) is JsonObject { Count: > 0 } labels
        ? string.Join(',', labels.Select(label => $"{label.Key}={label.Value.AsString}"))
        : None;

    /// <summary>A label selector in the language of <c>kubectl -l</c>.</summary>
    public string Selector(params ReadOnlySpan<string> path)
    {
        if (value.At(path) is not JsonObject selector)
        {
            return None;
        }

        var terms = new List<(string Key, string Text)>();
        foreach (var (key, label) in selector.Find("matchLabels") as JsonObject ?? JsonObject.Empty)
        {
            terms.Add((key, $"{key}={label.AsString}"));
        }

        foreach (var expression in selector.Find("matchExpressions") as JsonArray ?? JsonArray.Empty)
        {
            var key = expression["key"]?.AsString ?? "";
            var values = string.Join(',', (expression["values"] as JsonArray ?? JsonArray.Empty)
                .Select(item => item.AsString ?? "").Order(StringComparer.Ordinal));
            terms.Add((key, expression["operator"]?.AsString switch
            {
                "In" => $"{key} in ({values})",
                "NotIn" => $"{key} notin ({values})",
                "DoesNotExist" => "!" + key,
                _ => key,
            }));
        }

        return terms.Count == 0 ? None : string.Join(',', terms.OrderBy(term => term.Key, StringComparer.Ordinal).Select(term => term.Text));
    }

    /// <summary>A condition of the object's status, or null.</summary>
    public JsonValue? Condition(string type) => Items("status", "conditions").FirstOrDefault(item => item["type"]?.AsString == type);

    public bool IsTrue(string condition) => Condition(condition)?["status"]?.AsString == "True";

    public static DateTimeOffset? Time(JsonValue? time) =>
        time?.AsString is { } text
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? at
            : null;

    /// <summary>Text for a scalar, or null for anything else and for nothing.</summary>
    public static string? Shown(JsonValue? scalar) => scalar switch
    {
        JsonString text => text.Value,
        JsonInteger or JsonFloat => scalar.ToString(),
        JsonBoolean flag => flag.Value ? "true" : "false",
        _ => null,
    };

    /// <summary>A Boolean as cells of type text have it.</summary>
    public static string Truth(JsonValue? flag) => flag?.AsBoolean switch
    {
        true => "True",
        false => "False",
        null => Unset,
    };
}
