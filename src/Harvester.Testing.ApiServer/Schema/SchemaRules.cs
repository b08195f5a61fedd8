using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Schema;

/// <summary>
/// What the schema of a definition must be beside structural (statement X-13): no members kube-apiserver does not support, list
/// and map types that fit, rules that compile and do not cost too much.
/// </summary>
internal static class SchemaRules
{
    private const string ListType = "x-kubernetes-list-type";
    private const string ListMapKeys = "x-kubernetes-list-map-keys";
    private const string MapType = "x-kubernetes-map-type";

    private static readonly string[] Types = ["array", "boolean", "integer", "number", "object", "string"];

    private static readonly (string Name, string Rule)[] Unsupported =
    [
        ("id", "id is not supported"),
        ("additionalItems", "additionalItems is not supported"),
        ("patternProperties", "patternProperties is not supported"),
        ("definitions", "definitions is not supported"),
        ("dependencies", "dependencies is not supported"),
        ("$ref", "$ref is not supported"),
    ];

    /// <summary>Checks a schema and everything in it.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="path">Its path.</param>
    /// <param name="scope">What holds at the root.</param>
    /// <param name="rules">Checks the rules of the schemas it is given; null when they are not looked at.</param>
    /// <returns>What is wrong: with the schema first, with its rules then.</returns>
    public static List<FieldError> Validate(JsonObject schema, string path, SchemaScope scope, RuleChecks? rules)
    {
        var found = new Findings();
        Check(schema, path, scope with { IsRoot = true }, rules, found);
        return [.. found.Schema, .. found.Rules];
    }

    private static void Check(JsonObject schema, string path, SchemaScope scope, RuleChecks? rules, Findings all)
    {
        // Rules are only looked at where nothing is wrong with the schema here or below.
        var found = new Findings();
        var errors = found.Schema;
        CheckMembers(schema, path, scope, errors);
        CheckChildren(schema, path, scope, rules, found);
        if (schema.Find("x-kubernetes-preserve-unknown-fields")?.AsBoolean == false)
        {
            errors.Add(FieldError.Invalid($"{path}.x-kubernetes-preserve-unknown-fields", false, "must be true or undefined"));
        }

        CheckMapType(schema, path, errors);
        CheckListType(schema, path, scope, errors);
        CheckListMapKeys(schema, path, errors);
        if (scope.RequireListItemRules)
        {
            CheckListItems(schema, path, errors);
        }

        if (schema.Find("x-kubernetes-validations") is JsonArray { Count: > 0 } validations)
        {
            RuleTexts.Validate(schema, validations, $"{path}.x-kubernetes-validations", errors);
            if (errors.Count == 0)
            {
                rules?.Validate(path, scope.UncorrelatableAt, found.Rules);
            }
        }

        all.Schema.AddRange(found.Schema);
        all.Rules.AddRange(found.Rules);
    }

    private static void CheckMembers(JsonObject schema, string path, SchemaScope scope, List<FieldError> errors)
    {
        var type = schema.Text("type");
        if (scope.RequireKnownTypes && type.Length > 0 && !Types.Contains(type))
        {
            errors.Add(FieldError.NotSupported(path + ".type", type, Types));
        }

        if (schema.Given("default") is not null && scope.NoDefaultsBecause is { } reason)
        {
            errors.Add(FieldError.Forbidden(path + ".default", "must not be set " + reason));
        }

        foreach (var (name, rule) in Unsupported)
        {
            var given = schema.Given(name) switch
            {
                null => false,
                JsonString text => name == "$ref" || text.Value.Length > 0,
                JsonObject map => map.Count > 0 || name is "dependencies" or "additionalItems",
                _ => true,
            };
            if (given)
            {
                errors.Add(FieldError.Forbidden($"{path}.{name}", rule));
            }
        }

        if (type == "null")
        {
            errors.Add(FieldError.Forbidden(path + ".type", "type cannot be set to null, use nullable as an alternative"));
        }

        if (schema.Find("items") is JsonArray { Count: > 0 })
        {
            errors.Add(FieldError.Forbidden(path + ".items", "items must be a schema object and not an array"));
        }

        if (scope.IsInsideMeta && schema.Flag("x-kubernetes-embedded-resource"))
        {
            errors.Add(FieldError.Forbidden($"{path}.x-kubernetes-embedded-resource", "must not be used inside of resource meta"));
        }

        if (schema.Flag("uniqueItems"))
        {
            errors.Add(FieldError.Forbidden(
                path + ".uniqueItems", "uniqueItems cannot be set to true since the runtime complexity becomes quadratic"));
        }

        if (schema.Given("additionalProperties") is { } additional
            && schema.Properties().Count > 0
            && (additional is JsonObject || additional.AsBoolean == false))
        {
            errors.Add(FieldError.Forbidden(
                path + ".additionalProperties", "additionalProperties and properties are mutual exclusive"));
        }
    }

    private static void CheckChildren(JsonObject schema, string path, SchemaScope scope, RuleChecks? rules, Findings found)
    {
        var below = scope with { IsRoot = false };
        if (schema.AdditionalSchema() is { } additional)
        {
            var inside = scope.IsInsideMeta
                ? below with { NoDefaultsBecause = "inside additionalProperties applying to object metadata" }
                : below;
            Check(additional, path + ".additionalProperties", inside, rules?.OfAdditionalProperties(), found);
        }

        foreach (var (name, value) in schema.Properties())
        {
            var inside = below;
            if (schema.Text(MapType) is not ("" or "granular" or "atomic"))
            {
                inside = inside.Uncorrelatable(path);
            }

            if ((scope.IsRoot || schema.Flag("x-kubernetes-embedded-resource")) && EmbeddedResources.IsTypeOrMeta(name))
            {
                inside = inside with { IsInsideMeta = true };
                if (scope.IsRoot)
                {
                    inside = inside with { NoDefaultsBecause = $"in top-level {name}" };
                }
            }

            Check(value as JsonObject ?? JsonObject.Empty, $"{path}.properties[{name}]", inside, rules?.OfProperty(name), found);
        }

        if (schema.Find("not") is JsonObject not)
        {
            Check(not, path + ".not", below, null, found);
        }

        foreach (var junctor in (string[])["allOf", "oneOf", "anyOf"])
        {
            var schemas = schema.Schemas(junctor);
            for (var i = 0; i < schemas.Count; i++)
            {
                Check(schemas[i], $"{path}.{junctor}[{i}]", below, null, found);
            }
        }

        foreach (var member in (string[])["definitions", "dependencies"])
        {
            foreach (var (name, value) in schema.MapOf(member))
            {
                if (value is JsonObject defined)
                {
                    Check(defined, $"{path}.{member}[{name}]", below, null, found);
                }
            }
        }

        if (schema.Items() is { } items)
        {
            // Only the items of a map can be paired with what they were before.
            var inside = schema.Text(ListType) == "map" ? below : below.Uncorrelatable(path);
            Check(items, path + ".items", inside, rules?.OfItems(), found);
        }
    }

    private static void CheckMapType(JsonObject schema, string path, List<FieldError> errors)
    {
        if (schema.Given(MapType)?.AsString is not { } mapType)
        {
            return;
        }

        CheckTypeFor(schema, "object", MapType, path, errors);
        if (mapType is not ("atomic" or "granular"))
        {
            errors.Add(FieldError.NotSupported($"{path}.{MapType}", mapType, ["atomic", "granular"]));
        }
    }

    private static bool CheckTypeFor(JsonObject schema, string needed, string member, string path, List<FieldError> errors)
    {
        var type = schema.Text("type");
        if (type == needed)
        {
            return true;
        }

        var rule = $"must be {needed} if {member} is specified";
        errors.Add(type.Length == 0 ? FieldError.Required(path + ".type", rule) : FieldError.Invalid(path + ".type", type, rule));
        return false;
    }

    private static void CheckListType(JsonObject schema, string path, SchemaScope scope, List<FieldError> errors)
    {
        if (schema.Given(ListType)?.AsString is not { } listType)
        {
            return;
        }

        if (CheckTypeFor(schema, "array", ListType, path, errors)
            && scope.RequireAtomicSetItems
            && listType == "set"
            && schema.Items() is { } items)
        {
            const string Rule = "must be atomic as item of a list with x-kubernetes-list-type=set";
            var shown = items.Given(ListType) ?? JsonValue.Null;
            if (items.Text("type") == "array" && items.Given(ListType) is not null && items.Text(ListType) != "atomic")
            {
                errors.Add(FieldError.Invalid($"{path}.items.{ListType}", shown, Rule));
            }
            else if (items.Text("type") == "object" && items.Text(MapType) != "atomic")
            {
                // kube-apiserver shows the list type here, too.
                errors.Add(FieldError.Invalid($"{path}.items.{MapType}", shown, Rule));
            }
        }

        if (listType is not ("atomic" or "set" or "map"))
        {
            errors.Add(FieldError.NotSupported($"{path}.{ListType}", listType, ["atomic", "set", "map"]));
        }
    }

    private static void CheckListMapKeys(JsonObject schema, string path, List<FieldError> errors)
    {
        var keys = schema.Texts(ListMapKeys);
        var listType = schema.Given(ListType)?.AsString;
        if (keys.Count > 0 && listType != "map")
        {
            const string Rule = "must be map if x-kubernetes-list-map-keys is non-empty";
            var at = $"{path}.{ListType}";
            errors.Add(listType is null ? FieldError.Required(at, Rule) : FieldError.Invalid(at, listType, Rule));
        }

        if (listType != "map")
        {
            return;
        }

        if (keys.Count == 0)
        {
            errors.Add(FieldError.Required($"{path}.{ListMapKeys}", "must not be empty if x-kubernetes-list-type is map"));
        }

        if (schema.Items() is not { } items)
        {
            errors.Add(schema.Given("items") is { } several
                ? FieldError.Invalid(path + ".items", several, "must only have a single schema if x-kubernetes-list-type is map")
                : FieldError.Required(path + ".items", "must have a schema if x-kubernetes-list-type is map"));
            return;
        }

        if (items.Text("type") != "object")
        {
            errors.Add(FieldError.Invalid(
                path + ".items.type", items.Text("type"), "must be object if parent array's x-kubernetes-list-type is map"));
            return;
        }

        var shown = schema.Find(ListMapKeys)!;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var key in keys)
        {
            if (items.Properties().Find(key) is not JsonObject property)
            {
                errors.Add(FieldError.Invalid($"{path}.{ListMapKeys}", shown, "entries must all be names of item properties"));
            }
            else if (property.Text("type") is "array" or "object")
            {
                errors.Add(FieldError.Invalid(
                    $"{path}.items.properties[{key}].type",
                    items.Text("type"),
                    "must be a scalar type if parent array's x-kubernetes-list-type is map"));
            }

            if (!seen.Add(key))
            {
                errors.Add(FieldError.Invalid($"{path}.{ListMapKeys}", shown, "must not contain duplicate entries"));
            }
        }
    }

    /// <summary>What the items of a set or a map must be.</summary>
    /// <param name="schema">The list's schema.</param>
    /// <param name="path">Its path.</param>
    /// <param name="errors">Receives what is wrong.</param>
    internal static void CheckListItems(JsonObject schema, string path, List<FieldError> errors)
    {
        if (schema.Items() is not { } items || schema.Text(ListType) is not ("set" or "map"))
        {
            return;
        }

        if (items.Flag("nullable"))
        {
            errors.Add(FieldError.Forbidden(
                path + ".items.nullable", "cannot be nullable when x-kubernetes-list-type is " + schema.Text(ListType)));
        }

        if (schema.Text(ListType) != "map")
        {
            return;
        }

        var required = items.Texts("required");
        foreach (var key in schema.Texts(ListMapKeys))
        {
            if (items.Properties().Find(key) is not JsonObject property)
            {
                continue;
            }

            var at = $"{path}.items.properties[{key}]";
            if (!required.Contains(key) && property.Given("default") is null)
            {
                errors.Add(FieldError.Required(
                    at + ".default",
                    "this property is in x-kubernetes-list-map-keys, so it must have a default or be a required property"));
            }

            if (property.Flag("nullable"))
            {
                errors.Add(FieldError.Forbidden(
                    at + ".nullable", "this property is in x-kubernetes-list-map-keys, so it cannot be nullable"));
            }
        }
    }

    private sealed class Findings
    {
        public List<FieldError> Schema { get; } = [];

        public List<FieldError> Rules { get; } = [];
    }
}

/// <summary>What holds where a schema stands.</summary>
internal sealed record SchemaScope
{
    /// <summary>True for the schema of the whole object.</summary>
    public bool IsRoot { get; init; }

    /// <summary>True below apiVersion, kind or metadata of an object.</summary>
    public bool IsInsideMeta { get; init; }

    /// <summary>Why no defaults are allowed here, or null.</summary>
    public string? NoDefaultsBecause { get; init; }

    /// <summary>The outermost schema whose parts cannot be paired with what they were before, or null.</summary>
    public string? UncorrelatableAt { get; init; }

    /// <summary>False where an older definition has unknown types already.</summary>
    public bool RequireKnownTypes { get; init; } = true;

    /// <summary>False where an older definition has sets of composite items already.</summary>
    public bool RequireAtomicSetItems { get; init; } = true;

    /// <summary>False where an older definition has map keys that may be missing already.</summary>
    public bool RequireListItemRules { get; init; } = true;

    /// <summary>This scope below something that cannot be paired.</summary>
    /// <param name="path">What cannot be paired.</param>
    public SchemaScope Uncorrelatable(string path) => UncorrelatableAt is null ? this with { UncorrelatableAt = path } : this;
}
