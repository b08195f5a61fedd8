using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources;

/// <summary>Writes a selector that stands in an object in the language of label selectors.</summary>
internal static class SelectorText
{
    /// <summary>The text of a LabelSelector, or of a map of labels.</summary>
    /// <param name="selector">The selector; null selects nothing.</param>
    public static string Of(JsonValue? selector)
    {
        var isMap = selector is JsonObject members && !members.Has("matchLabels") && !members.Has("matchExpressions");
        var terms = new List<(string Key, string Text)>();
        foreach (var (key, value) in (isMap ? selector : selector?["matchLabels"]) as JsonObject ?? JsonObject.Empty)
        {
            terms.Add((key, $"{key}={value.AsString}"));
        }

        foreach (var term in selector?["matchExpressions"] as JsonArray ?? JsonArray.Empty)
        {
            var key = term["key"]?.AsString ?? "";
            var values = string.Join(',', (term["values"] as JsonArray ?? JsonArray.Empty)
                .Select(value => value.AsString ?? "")
                .Order(StringComparer.Ordinal));
            terms.Add((key, term["operator"]?.AsString switch
            {
                "In" => $"{key} in ({values})",
                "NotIn" => $"{key} notin ({values})",
                "Exists" => key,
                _ => "!" + key,
            }));
        }

        return string.Join(',', terms.OrderBy(term => term.Key, StringComparer.Ordinal).Select(term => term.Text));
    }
}
