using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Harvester.Testing.ApiServer.Tests.Conformance;

/// <summary>
/// Replaces what differs from run to run, so that answers of two servers can be compared: uids, versions and instants become
/// tokens (equal values, equal tokens), lists without an order of their own are sorted.
/// </summary>
internal sealed partial class AnswerNormaliser(string ns)
{
    private readonly Dictionary<string, string> _uids = [];
    private readonly Dictionary<string, string> _versions = [];

    public string Text(string text) => UidPattern().Replace(text, m => Token(_uids, "uid", m.Value)).Replace(ns, "<ns>");

    public string Yaml(string text)
    {
        text = InstantPattern().Replace(Text(text), "<time>");
        return YamlVersion().Replace(text, m => m.Groups[1].Value + Token(_versions, "rv", m.Groups[2].Value));
    }

    public JsonNode? Walk(JsonNode? value, string? key = null, JsonObject? parent = null)
    {
        switch (value)
        {
            case JsonObject members:
                var walked = new JsonObject();
                foreach (var (name, member) in members)
                {
                    walked[Key(name)] = Walk(member, name, members);
                }

                if (IsText(walked["kind"], "Status") && walked["message"] is JsonValue message && message.TryGetValue<string>(out var words))
                {
                    words = NumberInBrackets().Replace(words, "(<n>)");
                    if (IsText(walked["reason"], "Invalid") || words.Contains("errors:"))
                    {
                        words = string.Join(' ', ListSigns().Replace(words, " ")
                            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
                    }

                    walked["message"] = words;
                }

                return walked;
            case JsonArray items:
                return new JsonArray([.. Sorted(items, key).Select(item => Walk(item, key, parent))]);
            case JsonValue scalar when scalar.TryGetValue<string>(out var text):
                return Scalar(text, key, parent);
            default:
                return value?.DeepClone();
        }
    }

    private static IEnumerable<JsonNode?> Sorted(JsonArray items, string? key) => key switch
    {
        "causes" => items.OrderBy(c => Text(c, "field"), StringComparer.Ordinal)
            .ThenBy(c => Text(c, "reason"), StringComparer.Ordinal)
            .ThenBy(c => Text(c, "message"), StringComparer.Ordinal),
        "resources" or "subresources" when items.Count > 0 && items.All(i => i is JsonObject) =>
            items.OrderBy(r => Text(r, "name") ?? Text(r, "resource") ?? Text(r, "subresource"), StringComparer.Ordinal),
        "managedFields" => items.OrderBy(
            m => string.Join(", ", Quoted(m, "manager"), Quoted(m, "operation"), Quoted(m, "apiVersion"), Quoted(m, "subresource")),
            StringComparer.Ordinal),
        _ => items,
    };

    // As the recordings sort: what is missing comes behind every text.
    private static string Quoted(JsonNode? value, string member) => Text(value, member) is { } text ? $"\"{text}\"" : "null";

    private static string? Text(JsonNode? value, string member) =>
        (value as JsonObject)?[member] is { } found ? JsonPointer.Text(found) : null;

    private static bool IsText(JsonNode? value, string text) =>
        value is JsonValue scalar && scalar.TryGetValue<string>(out var found) && found == text;

    private static string Token(Dictionary<string, string> table, string kind, string value)
    {
        if (!table.TryGetValue(value, out var token))
        {
            table[value] = token = $"<{kind}:{table.Count + 1}>";
        }

        return token;
    }

    // Managed fields name items by uid; a key never adds to the table.
    private string Key(string name) => UidPattern().Replace(name, m => _uids.GetValueOrDefault(m.Value, "<uid>")).Replace(ns, "<ns>");

    private string Scalar(string text, string? key, JsonObject? parent)
    {
        if (key == "resourceVersion")
        {
            return text is "" or "0"
                ? text
                : parent is not null && !parent.ContainsKey("name") && !parent.ContainsKey("uid")
                    ? "<list-rv>"
                    : Token(_versions, "rv", text);
        }

        if (key == "continue" && text.Length > 0)
        {
            return "<continue>";
        }

        if (WholeInstant().IsMatch(text))
        {
            return "<time>";
        }

        if (key == "name" && parent?["generateName"] is { } generate)
        {
            var prefix = JsonPointer.Text(generate);
            if (prefix.Length > 0 && text.StartsWith(prefix, StringComparison.Ordinal) && text.Length == prefix.Length + 5)
            {
                return prefix + "<gen>";
            }
        }

        if (key == "description" && parent is not null
            && (parent.ContainsKey("type") || parent.ContainsKey("$ref") || parent.ContainsKey("allOf")))
        {
            return text.Length > 0 ? "<text>" : text;
        }

        return Text(text);
    }

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex UidPattern();

    [GeneratedRegex(@"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?Z$")]
    private static partial Regex WholeInstant();

    [GeneratedRegex("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")]
    private static partial Regex InstantPattern();

    [GeneratedRegex("""(resourceVersion: )"?([0-9]+)"?""")]
    private static partial Regex YamlVersion();

    [GeneratedRegex(@"\([0-9]+\)")]
    private static partial Regex NumberInBrackets();

    [GeneratedRegex(@"[\[\],]")]
    private static partial Regex ListSigns();
}
