using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Resources;
using k8s.Models;

namespace Harvester.Testing.ApiServer.Http.OpenApi;

/// <summary>The schemas of custom kinds, from their definitions.</summary>
internal static class CustomDefinitions
{
    private const string MetadataText = "The object's metadata.";

    /// <summary>Adds the schema of a kind and of its list.</summary>
    /// <param name="kind">A custom kind.</param>
    /// <param name="version">The kind's version as its definition has it.</param>
    /// <param name="form">The version of OpenAPI.</param>
    /// <param name="definitions">Receives the schemas by name.</param>
    public static void Add(ResourceKind kind, JsonObject version, SchemaForm form, SortedDictionary<string, JsonObject> definitions)
    {
        ModelDefinitions.AddStructure(typeof(V1ObjectMeta), form, definitions);
        ModelDefinitions.AddStructure(typeof(V1ListMeta), form, definitions);
        ModelDefinitions.AddPrimitives(form, definitions);
        if (kind.HasScale)
        {
            ModelDefinitions.AddStructure(typeof(V1Scale), form, definitions);
        }

        var given = version.At("schema", "openAPIV3Schema") as JsonObject ?? JsonObject.Of(("type", "object"));
        var schema = form.IsThree ? Three(given, form) : Two(given, form);
        if (schema.Find("x-kubernetes-preserve-unknown-fields")?.AsBoolean != true || form.IsThree)
        {
            schema = WithObjectMembers(schema, form);
        }

        schema = schema.With("x-kubernetes-group-version-kind", Mark(kind, kind.Kind));
        if (version.Find("selectableFields") is JsonArray { Count: > 0 } selectable && form.IsThree)
        {
            schema = schema.With("x-kubernetes-selectable-fields", JsonArray.Of(selectable.Select(field =>
                (JsonValue)JsonObject.Of(("fieldPath", (field["jsonPath"]?.AsString ?? "").TrimStart('.'))))));
        }

        definitions[SchemaNames.OfCustom(kind)] = schema;
        definitions[SchemaNames.OfCustom(kind, "List")] = JsonObject.Of(
            ("description", $"{kind.ListKind} is a list of {kind.Kind}"),
            ("type", "object"),
            ("required", JsonArray.Of("items")),
            ("properties", JsonObject.Of(
                ("apiVersion", ApiVersion),
                ("kind", Kind),
                ("metadata", form.Wrapped(SchemaNames.Of(typeof(V1ListMeta)), false).With("description", "The list's metadata.")),
                ("items", JsonObject.Of(
                    ("description", $"The objects of kind {kind.Kind}."),
                    ("type", "array"),
                    ("items", form.Reference(SchemaNames.OfCustom(kind))))))),
            ("x-kubernetes-group-version-kind", Mark(kind, kind.ListKind)));
    }

    private static JsonObject ApiVersion { get; } = JsonObject.Of(
        ("description", "The group and version in which this object is written."), ("type", "string"));

    private static JsonObject Kind { get; } = JsonObject.Of(("description", "The kind of this object."), ("type", "string"));

    private static JsonArray Mark(ResourceKind kind, string name) =>
        JsonArray.Of(JsonObject.Of(("group", kind.Group), ("kind", name), ("version", kind.Version)));

    private static JsonObject WithObjectMembers(JsonObject schema, SchemaForm form)
    {
        var properties = schema.Find("properties") as JsonObject ?? JsonObject.Empty;
        return schema.With("properties", properties
            .With("apiVersion", ApiVersion)
            .With("kind", Kind)
            .With("metadata", form.Wrapped(SchemaNames.Of(typeof(V1ObjectMeta)), false).With("description", MetadataText)));
    }

    // Version 3 says everything a definition says; embedded objects get the members every object has.
    private static JsonObject Three(JsonObject schema, SchemaForm form)
    {
        schema = WithChildren(schema, child => Three(child, form));
        if (schema.Find("x-kubernetes-int-or-string")?.AsBoolean == true && !schema.Has("anyOf") && !schema.Has("allOf"))
        {
            schema = schema.Without("type").With("anyOf", JsonArray.Of(
                JsonObject.Of(("type", "integer")), JsonObject.Of(("type", "string"))));
        }

        if (schema.Find("x-kubernetes-embedded-resource")?.AsBoolean != true)
        {
            return schema;
        }

        var required = (schema.Find("required") as JsonArray ?? JsonArray.Empty)
            .Concat([(JsonValue)"kind", (JsonValue)"apiVersion"])
            .Distinct();
        return WithObjectMembers(schema, form).With("required", JsonArray.Of(required));
    }

    // Version 2 cannot say much of it: what may be null or anything has no type, and combinations and defaults are left out.
    private static JsonObject Two(JsonObject schema, SchemaForm form)
    {
        schema = schema
            .Without("anyOf").Without("oneOf").Without("allOf").Without("not").Without("default").Without("example")
            .Without("x-kubernetes-validations");
        if (schema.Find("nullable")?.AsBoolean == true)
        {
            return schema.Without("nullable").Without("type").Without("properties").Without("items").Without("additionalProperties")
                .Without("required");
        }

        schema = schema.Without("nullable");
        if (schema.Find("x-kubernetes-preserve-unknown-fields")?.AsBoolean == true)
        {
            return schema.Without("type").Without("items").Without("properties").Without("additionalProperties").Without("required");
        }

        if (schema.Find("x-kubernetes-int-or-string")?.AsBoolean == true)
        {
            schema = schema.Without("type");
        }

        schema = WithChildren(schema, child => Two(child, form));
        return schema.Find("x-kubernetes-embedded-resource")?.AsBoolean == true ? WithObjectMembers(schema, form) : schema;
    }

    private static JsonObject WithChildren(JsonObject schema, Func<JsonObject, JsonObject> change)
    {
        if (schema.Find("properties") is JsonObject properties)
        {
            schema = schema.With("properties", JsonObject.Of(properties.Select(pair =>
                (pair.Key, (JsonValue?)(pair.Value is JsonObject child ? change(child) : pair.Value)))));
        }

        foreach (var member in new[] { "items", "additionalProperties" })
        {
            if (schema.Find(member) is JsonObject child)
            {
                schema = schema.With(member, change(child));
            }
        }

        return schema;
    }
}
