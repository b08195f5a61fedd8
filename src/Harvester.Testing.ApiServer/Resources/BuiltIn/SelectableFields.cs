using System.Collections.Frozen;
using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn;

/// <summary>The fields that selectors of built-in kinds may name (B-15).</summary>
internal static class SelectableFields
{
    // Fields with a zero value of their own; others are empty text when they are absent.
    private static readonly FrozenDictionary<string, string> Zeros = new Dictionary<string, string>
    {
        ["spec.unschedulable"] = "false",
        ["spec.hostNetwork"] = "false",
        ["status.successful"] = "0",
        ["status.replicas"] = "0",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, string[]> Known = new Dictionary<string, string[]>
    {
        ["pods"] =
        [
            "spec.nodeName", "spec.restartPolicy", "spec.schedulerName", "spec.serviceAccountName", "spec.hostNetwork", "spec.host",
            "status.phase", "status.podIP", "status.podIPs", "status.nominatedNodeName",
        ],
        ["nodes"] = ["spec.unschedulable"],
        ["namespaces"] = ["status.phase"],
        ["secrets"] = ["type"],
        ["services"] = ["spec.clusterIP", "spec.type"],
        ["replicationcontrollers"] = ["status.replicas"],
        ["jobs.batch"] = ["status.successful"],
        ["events"] =
        [
            "involvedObject.kind", "involvedObject.namespace", "involvedObject.name", "involvedObject.uid",
            "involvedObject.apiVersion", "involvedObject.resourceVersion", "involvedObject.fieldPath",
            "reason", "reportingComponent", "source", "type",
        ],
        ["events.events.k8s.io"] =
        [
            "regarding.kind", "regarding.namespace", "regarding.name", "regarding.uid", "regarding.apiVersion",
            "regarding.resourceVersion", "regarding.fieldPath", "reason", "reportingController", "type",
        ],
        ["certificatesigningrequests.certificates.k8s.io"] = ["spec.signerName"],
        ["podcertificaterequests.certificates.k8s.io"] = ["spec.signerName", "spec.nodeName"],
        ["clustertrustbundles.certificates.k8s.io"] = ["spec.signerName"],
        ["resourceslices.resource.k8s.io"] = ["spec.nodeName", "spec.driver"],
    }.ToFrozenDictionary();

    /// <summary>How a field of an object reads as text.</summary>
    /// <param name="kind">A built-in kind.</param>
    /// <param name="field">The field as the selector names it.</param>
    /// <exception cref="ApiFailure">400: the kind's selectors do not know the field.</exception>
    public static Func<JsonObject, string> Read(ResourceKind kind, string field)
    {
        if (field is "metadata.name" or "metadata.namespace")
        {
            return At(field);
        }

        if (!Known.TryGetValue(kind.Resource.ToString(), out var fields))
        {
            throw ApiFailure.BadRequest(
                $"\"{field}\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\"");
        }

        if (!fields.Contains(field))
        {
            throw ApiFailure.BadRequest(kind.Group == "batch"
                ? $"field label \"{field}\" not supported for {kind.Kind}"
                : $"field label not supported: {field}");
        }

        return (kind.Plural, field) switch
        {
            // The name the field had before version 1.
            ("pods", "spec.host") => At("spec.nodeName"),
            ("pods", "status.podIPs") => value =>
                string.Join(',', (value.At("status", "podIPs") as JsonArray ?? JsonArray.Empty).Select(item => item["ip"]?.AsString)),
            ("jobs", _) => value => Text(value.At("status", "succeeded"), "0"),
            ("events", "source") => value => value.At("source", "component")?.AsString is { Length: > 0 } component
                ? component
                : value.Find("reportingComponent")?.AsString ?? "",
            _ => At(field),
        };
    }

    private static Func<JsonObject, string> At(string field)
    {
        var path = field.Split('.');
        var zero = Zeros.GetValueOrDefault(field, "");
        return value => Text(value.At(path), zero);
    }

    private static string Text(JsonValue? value, string zero) => value switch
    {
        null or JsonNull => zero,
        JsonString text => text.Value,
        _ => value.ToString(),
    };
}
