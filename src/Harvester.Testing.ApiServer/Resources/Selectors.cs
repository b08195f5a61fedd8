using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Resources.BuiltIn;

namespace Harvester.Testing.ApiServer.Resources;

/// <summary>The label and field selector of a list, a watch or a deletion of many (G-8, G-9).</summary>
internal sealed class Selectors
{
    private readonly List<Func<JsonObject, bool>> _terms = [];

    private Selectors()
    {
    }

    /// <summary>True when every object matches.</summary>
    public bool IsEmpty => _terms.Count == 0;

    public bool Matches(JsonObject value)
    {
        foreach (var term in _terms)
        {
            if (!term(value))
            {
                return false;
            }
        }

        return true;
    }

    public static Selectors Parse(QueryParameters query, ResourceKind kind)
    {
        var selectors = new Selectors();
        if (query.Find("labelSelector") is { Length: > 0 } labels)
        {
            LabelSelector.Parse(labels, selectors._terms);
        }

        if (query.Find("fieldSelector") is { Length: > 0 } fields)
        {
            ParseFields(fields, kind, selectors._terms);
        }

        return selectors;
    }

    private static void ParseFields(string text, ResourceKind kind, List<Func<JsonObject, bool>> terms)
    {
        foreach (var part in SplitFields(text))
        {
            var at = part.IndexOf('=', StringComparison.Ordinal);
            if (at == 0 && part is "=" or "==")
            {
                // A term without a name and a value says nothing.
                continue;
            }

            if (at <= 0)
            {
                throw ApiFailure.BadRequest($"invalid selector: '{text}'; can't understand '{part}'");
            }

            var negated = part[at - 1] == '!';
            var field = part[..(negated ? at - 1 : at)];
            var value = part[(at + 1)..];
            if (!negated && value.StartsWith('='))
            {
                value = value[1..];
            }

            value = value.Replace("\\,", ",", StringComparison.Ordinal).Replace("\\=", "=", StringComparison.Ordinal)
                .Replace("\\\\", "\\", StringComparison.Ordinal);
            var read = kind.IsCustom ? CustomField(kind, field) : SelectableFields.Read(kind, field);
            terms.Add(candidate => (read(candidate) == value) != negated);
        }
    }

    private static IEnumerable<string> SplitFields(string text)
    {
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\')
            {
                i++;
            }
            else if (text[i] == ',')
            {
                if (i > start)
                {
                    yield return text[start..i];
                }

                start = i + 1;
            }
        }

        if (start < text.Length)
        {
            yield return text[start..];
        }
    }

    private static Func<JsonObject, string> CustomField(ResourceKind kind, string field)
    {
        if (field != "metadata.name" && (field != "metadata.namespace" || !kind.Namespaced) && !kind.SelectableFields.Contains(field))
        {
            throw ApiFailure.BadRequest($"field label not supported: {field}");
        }

        var path = field.Split('.');
        return value => value.At(path) switch
        {
            null or JsonNull => "",
            JsonString text => text.Value,
            { } other => other.ToString(),
        };
    }
}
