using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Schema;

/// <summary>
/// What makes a schema structural (statement X-13): every value has a type outside of value validations, value validations in
/// <c>allOf</c>, <c>anyOf</c>, <c>oneOf</c> and <c>not</c> only restrict what is declared outside, and metadata is left to the server.
/// </summary>
internal static class StructuralRules
{
    private const string Embedded = "x-kubernetes-embedded-resource";
    private const string IntOrString = "x-kubernetes-int-or-string";
    private const string Preserve = "x-kubernetes-preserve-unknown-fields";

    private static readonly JsonArray IntOrStringTypes = JsonArray.Of(
        JsonObject.Of(("type", "integer")), JsonObject.Of(("type", "string")));

    private enum Level
    {
        Root,
        Item,
        Field,
    }

    /// <summary>What keeps a schema from being structural.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="path">Its path.</param>
    public static List<FieldError> Validate(JsonObject schema, string path)
    {
        var errors = new List<FieldError>();
        CheckInvariants(schema, Level.Root, path, errors);
        CheckCompleteness(schema, schema, path, path, errors);
        errors.Sort((a, b) => string.CompareOrdinal(a.ToString(), b.ToString()));
        return errors;
    }

    private static void CheckInvariants(JsonObject schema, Level level, string path, List<FieldError> errors)
    {
        var type = schema.Text("type");
        if (type == "array" && schema.Given("items") is null)
        {
            errors.Add(FieldError.Required(path + ".items", "must be specified"));
        }

        if (schema.Items() is { } items)
        {
            CheckInvariants(items, Level.Item, path + ".items", errors);
        }

        foreach (var (name, property) in schema.Properties())
        {
            CheckInvariants(property as JsonObject ?? JsonObject.Empty, Level.Field, $"{path}.properties[{name}]", errors);
        }

        if (schema.Given("additionalProperties") is not null && level == Level.Root)
        {
            errors.Add(FieldError.Forbidden(path + ".additionalProperties", "must not be used at the root"));
        }

        if (schema.AdditionalSchema() is { } additional)
        {
            CheckInvariants(additional, Level.Field, path + ".additionalProperties", errors);
        }

        foreach (var forbidden in (string[])[Preserve, Embedded])
        {
            if (schema.Flag(IntOrString) && schema.Flag(forbidden))
            {
                errors.Add(FieldError.Invalid($"{path}.{forbidden}", true, "must be false if x-kubernetes-int-or-string is true"));
            }
        }

        var allOf = schema.Schemas("allOf");
        CheckValidation(
            schema,
            skipAnyOf: IntOrStringTypes.Equals(schema.Find("anyOf")),
            skipFirstAllOf: allOf.Count > 0 && IntOrStringTypes.Equals(allOf[0].Find("anyOf")),
            path,
            errors);
        CheckType(schema, type, level, path, errors);
        CheckMetadata(schema, level, path, errors);
        if (schema.Flag(Embedded) && !schema.Flag(Preserve) && schema.Properties().Count == 0)
        {
            errors.Add(FieldError.Required(
                path + ".properties",
                "must not be empty if x-kubernetes-embedded-resource is true without x-kubernetes-preserve-unknown-fields"));
        }
    }

    private static void CheckType(JsonObject schema, string type, Level level, string path, List<FieldError> errors)
    {
        if (schema.Flag(Embedded) && type != "object")
        {
            const string Rule = "must be object if x-kubernetes-embedded-resource is true";
            errors.Add(type.Length == 0 ? FieldError.Required(path + ".type", Rule) : FieldError.Invalid(path + ".type", type, Rule));
        }
        else if (type.Length == 0 && !schema.Flag(IntOrString) && !schema.Flag(Preserve))
        {
            errors.Add(FieldError.Required(path + ".type", level switch
            {
                Level.Root => "must not be empty at the root",
                Level.Item => "must not be empty for specified array items",
                _ => "must not be empty for specified object fields",
            }));
        }

        if (schema.Flag(Embedded) && schema.Given("additionalProperties") is not null)
        {
            errors.Add(FieldError.Forbidden(
                path + ".additionalProperties", "must not be used if x-kubernetes-embedded-resource is set"));
        }

        if (level == Level.Root && type.Length > 0 && type != "object")
        {
            errors.Add(FieldError.Invalid(path + ".type", type, "must be object at the root"));
        }
    }

    private static void CheckMetadata(JsonObject schema, Level level, string path, List<FieldError> errors)
    {
        var isResource = level == Level.Root || schema.Flag(Embedded);
        foreach (var name in (string[])["kind", "apiVersion"])
        {
            if (isResource && schema.Properties().Find(name) is JsonObject property && property.Text("type") != "string")
            {
                errors.Add(FieldError.Invalid($"{path}.properties[{name}].type", property.Text("type"), "must be string"));
            }
        }

        if (schema.Properties().Find("metadata") is not JsonObject metadata)
        {
            return;
        }

        var at = path + ".properties[metadata]";
        if (isResource && metadata.Text("type") != "object")
        {
            errors.Add(FieldError.Invalid(at + ".type", metadata.Text("type"), "must be object"));
        }

        if (level != Level.Root)
        {
            return;
        }

        var onlyNames = metadata.Properties().Names.ToArray().All(name => name is "name" or "generateName");
        foreach (var (name, value) in metadata)
        {
            var stripped = name is "type" or "default" || (name == "properties" && onlyNames);
            if (!stripped && !IsZero(value))
            {
                errors.Add(FieldError.Forbidden(
                    at, "must not specify anything other than name and generateName, but metadata is implicitly specified"));
                return;
            }
        }
    }

    private static void CheckValidation(
        JsonObject schema, bool skipAnyOf, bool skipFirstAllOf, string path, List<FieldError> errors)
    {
        foreach (var junctor in (string[])["anyOf", "allOf", "oneOf"])
        {
            var schemas = schema.Schemas(junctor);
            for (var i = 0; i < schemas.Count && !(junctor == "anyOf" && skipAnyOf); i++)
            {
                CheckNested(schemas[i], junctor == "allOf" && i == 0 && skipFirstAllOf, $"{path}.{junctor}[{i}]", errors);
            }
        }

        if (schema.Find("not") is JsonObject not)
        {
            CheckNested(not, skipAnyOf: false, path + ".not", errors);
        }

        if (schema.Text("pattern") is { Length: > 0 } pattern && GoRegexSyntax.ErrorOf(pattern) is { } error)
        {
            errors.Add(FieldError.Invalid(
                path + ".pattern", pattern, $"must be a valid regular expression, but isn't: {error}"));
        }
    }

    private static void CheckNested(JsonObject schema, bool skipAnyOf, string path, List<FieldError> errors)
    {
        CheckValidation(schema, skipAnyOf, skipFirstAllOf: false, path, errors);
        if (schema.Items() is { } items)
        {
            CheckNested(items, skipAnyOf: false, path + ".items", errors);
        }

        foreach (var (name, property) in schema.Properties())
        {
            CheckNested(property as JsonObject ?? JsonObject.Empty, skipAnyOf: false, $"{path}.properties[{name}]", errors);
        }

        foreach (var (name, rule) in (ReadOnlySpan<(string, string)>)
            [
                ("type", "must be empty to be structural"),
                ("additionalProperties", "must be undefined to be structural"),
                ("default", "must be undefined to be structural"),
                ("title", "must be empty to be structural"),
                ("description", "must be empty to be structural"),
                ("nullable", "must be false to be structural"),
                (Preserve, "must be false to be structural"),
                (Embedded, "must be false to be structural"),
                (IntOrString, "must be false to be structural"),
                ("x-kubernetes-list-map-keys", "must be empty to be structural"),
                ("x-kubernetes-list-type", "must be undefined to be structural"),
                ("x-kubernetes-map-type", "must be undefined to be structural"),
                ("x-kubernetes-validations", "must be empty to be structural"),
            ])
        {
            if (schema.Given(name) is { } value
                && (!IsZero(value)
                    || name is "default" or "x-kubernetes-list-type" or "x-kubernetes-map-type"
                    || (name == "additionalProperties" && value is JsonObject)))
            {
                errors.Add(FieldError.Forbidden($"{path}.{name}", rule));
            }
        }

        if (schema.Properties().Has("metadata"))
        {
            errors.Add(FieldError.Forbidden(path + ".properties[metadata]", "must not be specified in a nested context"));
        }
    }

    // Whatever a value validation speaks of is declared outside of value validations.
    private static void CheckCompleteness(
        JsonObject validation, JsonObject schema, string schemaPath, string path, List<FieldError> errors)
    {
        if (validation.Find("not") is JsonObject not)
        {
            CheckNestedCompleteness(not, schema, schemaPath, path + ".not", errors);
        }

        foreach (var junctor in (string[])["allOf", "anyOf", "oneOf"])
        {
            var schemas = validation.Schemas(junctor);
            for (var i = 0; i < schemas.Count; i++)
            {
                CheckNestedCompleteness(schemas[i], schema, schemaPath, $"{path}.{junctor}[{i}]", errors);
            }
        }
    }

    private static void CheckNestedCompleteness(
        JsonObject validation, JsonObject? schema, string schemaPath, string path, List<FieldError> errors)
    {
        if (schema is null)
        {
            errors.Add(FieldError.Required(schemaPath, $"because it is defined in {path}"));
            return;
        }

        CheckCompleteness(validation, schema, schemaPath, path, errors);
        if (validation.Items() is { } items)
        {
            CheckNestedCompleteness(items, schema.Items(), schemaPath + ".items", path + ".items", errors);
        }

        foreach (var (name, property) in validation.Properties())
        {
            var declaredAt = $"{schemaPath}.properties[{name}]";
            var definedAt = $"{path}.properties[{name}]";
            if (schema.Properties().Find(name) is JsonObject declared)
            {
                CheckNestedCompleteness(property as JsonObject ?? JsonObject.Empty, declared, declaredAt, definedAt, errors);
            }
            else
            {
                errors.Add(FieldError.Required(declaredAt, $"because it is defined in {definedAt}"));
            }
        }
    }

    private static bool IsZero(JsonValue value) => value switch
    {
        JsonNull => true,
        JsonBoolean flag => !flag.Value,
        JsonString text => text.Value.Length == 0,
        JsonArray list => list.Count == 0,
        JsonObject map => map.Count == 0,
        _ => false,
    };
}
