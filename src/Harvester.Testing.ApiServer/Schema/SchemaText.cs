using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Schema;

/// <summary>
/// How the text of an <c>openAPIV3Schema</c> is read. What has the value a member has when it is left out counts as left out,
/// as it does in kube-apiserver, which holds schemas as structs.
/// </summary>
internal static class SchemaText
{
    /// <summary>The schemas an <c>allOf</c>, <c>anyOf</c> or <c>oneOf</c> holds.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="junctor">The member's name.</param>
    public static IReadOnlyList<JsonObject> Schemas(this JsonObject schema, string junctor) =>
        schema.Find(junctor) is JsonArray list ? [.. list.Select(item => item as JsonObject ?? JsonObject.Empty)] : [];

    /// <summary>The declared members, in order of their names; an empty object has none.</summary>
    /// <param name="schema">The schema.</param>
    public static JsonObject Properties(this JsonObject schema) => schema.MapOf("properties");

    /// <summary>A member that is a map of schemas; empty when there is none.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="name">The member's name.</param>
    public static JsonObject MapOf(this JsonObject schema, string name) => schema.Find(name) as JsonObject ?? JsonObject.Empty;

    /// <summary>The schema of a list's items, or null.</summary>
    /// <param name="schema">The schema.</param>
    public static JsonObject? Items(this JsonObject schema) => schema.Find("items") as JsonObject;

    /// <summary>The schema of undeclared members, or null; <c>true</c> has no schema.</summary>
    /// <param name="schema">The schema.</param>
    public static JsonObject? AdditionalSchema(this JsonObject schema) => schema.Find("additionalProperties") as JsonObject;

    /// <summary>Text; empty when there is none.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="name">The member's name.</param>
    public static string Text(this JsonObject schema, string name) => schema.Find(name)?.AsString ?? "";

    /// <summary>A Boolean; false when there is none.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="name">The member's name.</param>
    public static bool Flag(this JsonObject schema, string name) => schema.Find(name)?.AsBoolean == true;

    /// <summary>A member that is neither null nor missing.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="name">The member's name.</param>
    public static JsonValue? Given(this JsonObject schema, string name) =>
        schema.Find(name) is { IsNull: false } value ? value : null;

    /// <summary>The texts of a list.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="name">The member's name.</param>
    public static IReadOnlyList<string> Texts(this JsonObject schema, string name) =>
        schema.Find(name) is JsonArray list ? [.. list.Select(item => item.AsString ?? "")] : [];

    /// <summary>True when a predicate holds for a schema or any schema in it.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="predicate">The predicate.</param>
    public static bool Has(this JsonObject schema, Func<JsonObject, bool> predicate) =>
        predicate(schema) || Children(schema).Any(child => child.Has(predicate));

    /// <summary>Every schema directly inside another.</summary>
    /// <param name="schema">The schema.</param>
    public static IEnumerable<JsonObject> Children(this JsonObject schema)
    {
        if (schema.Find("items") is JsonArray several)
        {
            foreach (var item in several.OfType<JsonObject>())
            {
                yield return item;
            }
        }

        foreach (var name in (string[])["items", "not", "additionalProperties", "additionalItems"])
        {
            if (schema.Find(name) is JsonObject one)
            {
                yield return one;
            }
        }

        foreach (var name in (string[])["allOf", "anyOf", "oneOf"])
        {
            foreach (var one in schema.Schemas(name))
            {
                yield return one;
            }
        }

        foreach (var name in (string[])["properties", "patternProperties", "definitions", "dependencies"])
        {
            foreach (var (_, one) in schema.MapOf(name))
            {
                if (one is JsonObject child)
                {
                    yield return child;
                }
            }
        }
    }

    /// <summary>Why a schema cannot be read as a structural one at all, or null; validation names most of it more precisely.</summary>
    /// <param name="schema">The schema.</param>
    public static string? Unsupported(JsonObject schema)
    {
        foreach (var (name, shown) in (ReadOnlySpan<(string, string)>)[("id", "id"), ("$schema", "schema"), ("$ref", "$ref")])
        {
            if (schema.Text(name).Length > 0)
            {
                return $"OpenAPIV3Schema '{shown}' is not supported";
            }
        }

        foreach (var name in (string[])["patternProperties", "dependencies", "additionalItems", "definitions"])
        {
            if (schema.Given(name) is { } value && (name == "additionalItems" || value is JsonObject { Count: > 0 }))
            {
                return $"OpenAPIV3Schema '{name}' is not supported";
            }
        }

        if (schema.Find("items") is JsonArray)
        {
            return "OpenAPIV3Schema 'items' must be a schema, but is an array";
        }

        return schema.Find("x-kubernetes-preserve-unknown-fields")?.AsBoolean == false
            ? "internal error: 'x-kubernetes-preserve-unknown-fields' must be true or undefined"
            : Children(schema).Select(Unsupported).FirstOrDefault(found => found is not null);
    }
}
