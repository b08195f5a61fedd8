using Harvester.Testing.ApiServer.Json;

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
            if (at <= 0)
            {
                throw ApiFailure.BadRequest($"invalid field selector: invalid selector: '{text}'; can't understand '{part}'");
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
            if (!IsKnown(field, kind))
            {
                throw ApiFailure.BadRequest($"field label not supported: {field}");
            }

            var path = field.Split('.');
            terms.Add(candidate => (TextAt(candidate, path) == value) != negated);
        }
    }

    private static IEnumerable<string> SplitFields(string text)
    {
        var start = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i == text.Length || text[i] == ',')
            {
                if (i > start)
                {
                    yield return text[start..i];
                }

                start = i + 1;
            }
            else if (text[i] == '\\')
            {
                i++;
            }
        }
    }

    private static bool IsKnown(string field, ResourceKind kind) =>
        field == "metadata.name"
        || (field == "metadata.namespace" && kind.Namespaced)
        || kind.SelectableFields.Contains(field)
        || (kind.Group.Length == 0, kind.Plural, field) switch
        {
            (true, "pods", "spec.nodeName" or "spec.restartPolicy" or "spec.schedulerName" or "spec.serviceAccountName"
                or "status.phase" or "status.podIP" or "status.nominatedNodeName" or "spec.hostNetwork") => true,
            (true, "nodes", "spec.unschedulable") => true,
            (true, "namespaces", "status.phase") => true,
            (true, "secrets", "type") => true,
            (true, "services", "spec.clusterIP" or "spec.type") => true,
            (true, "events", "involvedObject.kind" or "involvedObject.namespace" or "involvedObject.name"
                or "involvedObject.uid" or "involvedObject.apiVersion" or "involvedObject.resourceVersion"
                or "involvedObject.fieldPath" or "reason" or "reportingComponent" or "source" or "type") => true,
            (false, "jobs", "status.successful") => true,
            _ => false,
        };

    private static string TextAt(JsonObject value, string[] path) => value.At(path) switch
    {
        null or JsonNull => path is ["spec", "unschedulable"] or ["spec", "hostNetwork"] ? "false" : "",
        JsonString text => text.Value,
        { } other => other.ToString(),
    };
}
