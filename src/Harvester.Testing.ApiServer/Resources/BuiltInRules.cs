using System.Text;
using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources;

/// <summary>What is special about single built-in kinds, as far as it is built: their values are not looked at otherwise.</summary>
internal static class BuiltInRules
{
    private static readonly JsonArray NamespaceFinalizers = JsonArray.Of("kubernetes");

    /// <summary>What decoding into a Go type does to any body: nulls mean absent.</summary>
    public static JsonObject Normalise(JsonObject value, ResourceKind kind)
    {
        value = (JsonObject)WithoutNulls(value);
        if (kind is { Group: "", Plural: "configmaps" or "secrets" })
        {
            foreach (var name in (ReadOnlySpan<string>)["data", "binaryData", "stringData"])
            {
                value = value.Find(name) is JsonObject { Count: 0 } ? value.Without(name) : value;
            }
        }

        if (kind is { Group: "", Plural: "secrets" } && value.Find("stringData") is JsonObject text)
        {
            // stringData is for writing only: its values become data.
            var data = new JsonObject.Builder(value.Find("data") as JsonObject ?? JsonObject.Empty);
            foreach (var (key, item) in text)
            {
                data[key] = Convert.ToBase64String(Encoding.UTF8.GetBytes(item.AsString ?? ""));
            }

            value = value.Without("stringData").With("data", data.Build());
        }

        return value;
    }

    /// <summary>What the server adds to a new object.</summary>
    public static JsonObject PrepareForCreate(JsonObject value, ResourceKind kind)
    {
        switch (kind.Group, kind.Plural)
        {
            case ("", "namespaces"):
                var name = ObjectMetadata.Name(value);
                value = value.WithAt(["spec", "finalizers"], NamespaceFinalizers)
                    .With("status", JsonObject.Of(("phase", "Active")));
                return name.Length == 0 ? value : value.WithAt(["metadata", "labels", "kubernetes.io/metadata.name"], name);
            case ("", "secrets"):
                return value.Has("type") ? value : value.With("type", "Opaque");
            case ("", "persistentvolumeclaims"):
                return value.With("status", JsonObject.Of(("phase", "Pending")));
            case ("", "pods"):
                return value.With("status", JsonObject.Of(("phase", "Pending")));
            case ("apps", "deployments" or "statefulsets" or "replicasets"):
                value = value.With("status", JsonObject.Empty);
                return value.At("spec", "replicas") is null && value.Find("spec") is JsonObject
                    ? value.WithAt(["spec", "replicas"], 1)
                    : value;
            default:
                return value;
        }
    }

    private static JsonValue WithoutNulls(JsonValue value)
    {
        switch (value)
        {
            case JsonObject members:
                var result = members;
                foreach (var (name, member) in members)
                {
                    if (member.IsNull)
                    {
                        result = result.Without(name);
                    }
                    else if (member is JsonObject or JsonArray)
                    {
                        result = result.With(name, WithoutNulls(member));
                    }
                }

                return result;
            case JsonArray items:
                JsonValue[]? changed = null;
                for (var i = 0; i < items.Count; i++)
                {
                    var item = WithoutNulls(items[i]);
                    if (!ReferenceEquals(item, items[i]))
                    {
                        changed ??= [.. items];
                        changed[i] = item;
                    }
                }

                return changed is null ? items : JsonArray.Of(changed);
            default:
                return value;
        }
    }
}
