using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn;

/// <summary>The label selectors inside objects.</summary>
internal static class TemplateSelector
{
    /// <summary>True when labels fulfil a selector; a selector that is not there selects nothing, an empty one everything.</summary>
    /// <param name="selector">The selector, or null.</param>
    /// <param name="labels">The labels.</param>
    public static bool Matches(JsonValue? selector, JsonObject labels)
    {
        if (selector is not JsonObject)
        {
            return false;
        }

        foreach (var (key, value) in selector["matchLabels"] as JsonObject ?? JsonObject.Empty)
        {
            if (!Equals(labels.Find(key), value))
            {
                return false;
            }
        }

        return selector.Items("matchExpressions").All(expression => Fulfils(expression, labels));
    }

    private static bool Fulfils(JsonObject expression, JsonObject labels)
    {
        var value = labels.Find(expression.Find("key")?.AsString ?? "");
        var isOneOf = value is not null && expression.Find("values") is JsonArray values && values.Contains(value);
        return expression.Find("operator")?.AsString switch
        {
            "In" => isOneOf,
            "NotIn" => !isOneOf,
            "Exists" => value is not null,
            "DoesNotExist" => value is null,
            _ => false,
        };
    }
}
