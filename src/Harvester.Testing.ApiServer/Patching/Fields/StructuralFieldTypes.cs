using System.Runtime.CompilerServices;
using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Patching.Fields;

/// <summary>Reads how fields are owned from the <c>openAPIV3Schema</c> of a custom resource definition's version .</summary>
internal static class StructuralFieldTypes
{
    private static readonly ConditionalWeakTable<JsonObject, FieldType> Known = [];

    /// <summary>The type of the objects of a version; each schema is read once.</summary>
    /// <param name="openApiV3Schema">The schema, as the definition has it.</param>
    public static FieldType Of(JsonObject openApiV3Schema) =>
        Known.GetValue(openApiV3Schema, schema => Read(schema, preservesUnknown: false, isResource: true));

    private static FieldType Read(JsonValue? schema, bool preservesUnknown, bool isResource)
    {
        if (schema is not JsonObject node)
        {
            return FieldType.Deduced;
        }

        preservesUnknown |= Flag(node, "x-kubernetes-preserve-unknown-fields");
        isResource |= Flag(node, "x-kubernetes-embedded-resource");
        var type = node.Find("type")?.AsString ?? "";
        return type switch
        {
            "object" => new FieldType(null, null, Map(node, preservesUnknown, isResource)),
            "array" => new FieldType(null, List(node, preservesUnknown), null),
            "integer" or "number" => FieldType.Numeric,
            "boolean" => FieldType.Boolean,
            "string" => node.Find("format")?.AsString is null or "" or "byte" ? FieldType.Text : FieldType.AnyScalar,
            _ => new FieldType(ScalarType.Any, List(node, preservesUnknown), Map(node, preservesUnknown, isResource)),
        };
    }

    private static MapType Map(JsonObject node, bool preservesUnknown, bool isResource)
    {
        var fields = new Dictionary<string, Field>(StringComparer.Ordinal);
        foreach (var (name, schema) in node.Find("properties") as JsonObject ?? JsonObject.Empty)
        {
            fields[name] = new Field(
                () => Read(schema, preservesUnknown, isResource: false),
                schema["default"] is { IsNull: false } value ? value : null);
        }

        if (isResource)
        {
            fields["apiVersion"] = FieldType.Text;
            fields["kind"] = FieldType.Text;
            fields["metadata"] = ObjectTypes.Metadata;
        }

        Func<FieldType>? element = node.Find("additionalProperties") switch
        {
            JsonObject others => () => Read(others, preservesUnknown, isResource: false),
            JsonBoolean { Value: true } => () => FieldType.Deduced,
            JsonBoolean => null,
            _ => preservesUnknown || fields.Count == 0 ? () => FieldType.Deduced : null,
        };
        return new MapType(fields, element, node.Find("x-kubernetes-map-type")?.AsString == "atomic");
    }

    private static ListType List(JsonObject node, bool preservesUnknown)
    {
        var kind = node.Find("x-kubernetes-list-type")?.AsString;
        var items = node.Find("items");
        Func<FieldType> element = items is JsonObject
            ? () => Read(items, preservesUnknown, isResource: false)
            : () => FieldType.Atomic;
        IEnumerable<string> keys = kind == "map"
            ? (node.Find("x-kubernetes-list-map-keys") as JsonArray ?? JsonArray.Empty).Select(key => key.AsString).OfType<string>()
            : [];
        return new ListType(element, kind is "set" or "map", [.. keys]);
    }

    private static bool Flag(JsonObject node, string name) => node.Find(name)?.AsBoolean == true;
}
