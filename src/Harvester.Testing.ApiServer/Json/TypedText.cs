using System.Text.Json;

namespace Harvester.Testing.ApiServer.Json;

/// <summary>
/// Writes objects of types that kube-apiserver has as Go types: kind, apiVersion and metadata come first, and metadata in
/// the order of its type. Custom resources, which it has as maps, are written in the order of names.
/// </summary>
internal static class TypedText
{
    // No type of the server's own nests as deep as this.
    private const int OrderedDepth = 100;

    private static readonly Dictionary<string, int> Root = Ranks(
        "kind", "apiVersion", "metadata", "columnDefinitions", "rows", "items", "spec", "status", "message", "reason", "details", "code");

    private static readonly Dictionary<string, int> Metadata = Ranks(
        "name", "generateName", "namespace", "selfLink", "uid", "resourceVersion", "generation", "creationTimestamp",
        "deletionTimestamp", "deletionGracePeriodSeconds", "labels", "annotations", "ownerReferences", "finalizers",
        "managedFields");

    private static readonly Dictionary<string, int> Owner = Ranks("apiVersion", "kind", "name", "uid", "controller", "blockOwnerDeletion");

    private static readonly Dictionary<string, int> ManagedFields = Ranks(
        "manager", "operation", "apiVersion", "time", "fieldsType", "fieldsV1", "subresource");

    private static readonly Dictionary<string, int> None = [];

    public static byte[] WriteUtf8(JsonValue value)
    {
        var scratch = ScratchText.Take();
        Write(value, Root, scratch.Writer, 0);
        return scratch.Finish();
    }

    private static void Write(JsonValue value, Dictionary<string, int> order, Utf8JsonWriter writer, int depth)
    {
        if (depth > OrderedDepth)
        {
            JsonText.Write(value, writer);
            return;
        }

        switch (value)
        {
            case JsonObject { Count: > 1 } members when order.Count > 0:
                writer.WriteStartObject();
                var names = members.Names.ToArray();
                Array.Sort(names, (a, b) =>
                {
                    var ranks = order.GetValueOrDefault(a, order.Count).CompareTo(order.GetValueOrDefault(b, order.Count));
                    return ranks == 0 ? string.CompareOrdinal(a, b) : ranks;
                });
                foreach (var name in names)
                {
                    writer.WritePropertyName(name);
                    Write(members.Find(name)!, Below(name, order), writer, depth + 1);
                }

                writer.WriteEndObject();
                break;
            case JsonObject members:
                writer.WriteStartObject();
                for (var i = 0; i < members.Count; i++)
                {
                    writer.WritePropertyName(members.Names[i]);
                    Write(members.Values[i], Below(members.Names[i], order), writer, depth + 1);
                }

                writer.WriteEndObject();
                break;
            case JsonArray items:
                writer.WriteStartArray();
                foreach (var item in items.AsSpan())
                {
                    Write(item, order, writer, depth + 1);
                }

                writer.WriteEndArray();
                break;
            default:
                JsonText.Write(value, writer);
                break;
        }
    }

    private static Dictionary<string, int> Below(string name, Dictionary<string, int> order) => name switch
    {
        "metadata" => Metadata,
        "ownerReferences" when ReferenceEquals(order, Metadata) => Owner,
        "managedFields" when ReferenceEquals(order, Metadata) => ManagedFields,
        "rows" or "items" or "object" or "template" or "jobTemplate" => Root,
        _ => None,
    };

    private static Dictionary<string, int> Ranks(params ReadOnlySpan<string> names)
    {
        var ranks = new Dictionary<string, int>();
        foreach (var name in names)
        {
            ranks[name] = ranks.Count;
        }

        return ranks;
    }
}
