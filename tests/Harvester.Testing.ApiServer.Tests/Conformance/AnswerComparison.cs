using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Harvester.Testing.ApiServer.Tests.Conformance;

/// <summary>
/// Compares normalised answers. Strictly, everything counts; semantically, human-readable messages, the texts of warnings and
/// managedFields do not.
/// </summary>
internal static partial class AnswerComparison
{
    /// <summary>What differs, one line each; empty when the answers agree.</summary>
    public static IReadOnlyList<string> Differences(JsonObject wanted, JsonObject actual, JsonObject step, bool semantic)
    {
        var ignored = (step["ignore"] as JsonArray ?? []).Select(i => i!.GetValue<string>()).ToHashSet();
        var differences = new List<string>();
        Compare(Relevant(wanted, ignored, semantic), Relevant(actual, ignored, semantic), "", differences);
        return differences;
    }

    private static JsonObject Relevant(JsonObject answer, HashSet<string> ignored, bool semantic)
    {
        var relevant = answer.DeepClone().AsObject();
        if (semantic)
        {
            relevant["warnings"] = answer["warnings"]!.AsArray().Count;
        }

        relevant["body"] = semantic && answer["contentType"]?.GetValue<string>() == "application/yaml"
            ? new JsonArray([.. YamlLines(JsonPointer.Text(answer["body"])).Select(line => (JsonNode)line)])
            : Drop(answer["body"], ignored, semantic, "");
        return relevant;
    }

    private static IEnumerable<string> YamlLines(string text) => text.Split('\n')
        .Select(line => line.Replace("\"", "").Replace("'", "").Trim())
        .Where(line => line.Length > 0 && !line.StartsWith("message:", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);

    private static JsonNode? Drop(JsonNode? value, HashSet<string> ignored, bool semantic, string at)
    {
        switch (value)
        {
            case JsonObject members:
                var kept = new JsonObject();
                foreach (var (name, member) in members)
                {
                    var path = at + "/" + name;
                    var message = name == "message" && !members.ContainsKey("type")
                        && ((members["kind"] is JsonValue kind && kind.TryGetValue<string>(out var text) && text == "Status")
                            || members.ContainsKey("reason")
                            || CausePath().IsMatch(at));
                    if (!ignored.Contains(path) && !(semantic && (name == "managedFields" || message)))
                    {
                        kept[name] = Drop(member, ignored, semantic, path);
                    }
                }

                return kept;
            case JsonArray items:
                return new JsonArray([.. items
                    .Select((item, i) => (Item: item, Path: $"{at}/{i}"))
                    .Where(pair => !ignored.Contains(pair.Path))
                    .Select(pair => Drop(pair.Item, ignored, semantic, pair.Path))]);
            default:
                return value?.DeepClone();
        }
    }

    private static void Compare(JsonNode? wanted, JsonNode? actual, string at, List<string> differences)
    {
        switch (wanted, actual)
        {
            case (JsonObject a, JsonObject b):
                foreach (var name in a.Select(m => m.Key).Union(b.Select(m => m.Key)).Order(StringComparer.Ordinal))
                {
                    if (!a.ContainsKey(name))
                    {
                        differences.Add($"{at}/{name}: unexpected {Short(b[name])}");
                    }
                    else if (!b.ContainsKey(name))
                    {
                        differences.Add($"{at}/{name}: missing {Short(a[name])}");
                    }
                    else
                    {
                        Compare(a[name], b[name], at + "/" + name, differences);
                    }
                }

                break;
            case (JsonArray a, JsonArray b) when a.Count == b.Count:
                for (var i = 0; i < a.Count; i++)
                {
                    Compare(a[i], b[i], $"{at}/{i}", differences);
                }

                break;
            default:
                if (!JsonNode.DeepEquals(wanted, actual))
                {
                    differences.Add($"{at}: want {Short(wanted)} got {Short(actual)}");
                }

                break;
        }
    }

    private static string Short(JsonNode? value)
    {
        var text = value?.ToJsonString() ?? "null";
        return text.Length <= 200 ? text : text[..200] + "…";
    }

    [GeneratedRegex(@"/details/causes/\d+$")]
    private static partial Regex CausePath();
}
