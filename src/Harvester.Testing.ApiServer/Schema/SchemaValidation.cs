using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Schema.Cel;

namespace Harvester.Testing.ApiServer.Schema;

/// <summary>
/// Validates objects against structural schemas, in the order and the words of kube-apiserver (statements V-4, V-7, V-8,
/// V-10, V-11). Each value is checked for type, composition, text, number, list, enumeration, members.
/// </summary>
internal static partial class SchemaValidation
{
    private const double LargestWholeFloat = (1L << 53) - 1;

    /// <summary>Validates an object; see <see cref="StructuralSchema.Validate"/>.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="obj">The object.</param>
    /// <param name="old">The object it replaces.</param>
    /// <param name="errors">Receives what is wrong.</param>
    /// <param name="statusOnly">True when only the status counts.</param>
    /// <param name="warnings">Receives what is tolerated because it did not change.</param>
    public static void Validate(StructuralSchema schema, JsonObject obj, JsonObject? old, List<FieldError> errors, bool statusOnly, List<string>? warnings)
    {
        if (!statusOnly)
        {
            errors.AddRange(Check(schema, obj, old, new ValuePath()).Errors);
        }
        else if (obj.Find("status") is { } status && schema.Properties.GetValueOrDefault("status") is { } statusSchema)
        {
            errors.AddRange(ValidateValue(statusSchema, status, old?.Find("status"), "status"));
        }

        EmbeddedResources.Validate(obj, schema, isResource: false, "", errors);
        if (schema.HasListTypes)
        {
            // What was stored with something twice may be stored so again.
            var lists = new List<FieldError>();
            ListTypes.Validate(obj, schema, "", lists);
            if (lists.Count > 0 && !HadErrorsInLists(old, schema))
            {
                errors.AddRange(lists);
            }
        }

        if (!schema.HasRules)
        {
            return;
        }

        if (errors.Exists(error => error.BlocksRules))
        {
            errors.Add(new FieldError(
                null,
                FieldErrorType.Invalid,
                "some validation rules were not checked because the object was invalid; correct the existing errors to complete validation",
                JsonValue.Null));
        }
        else
        {
            errors.AddRange(CelValidation.Validate(schema, obj, old, "", isResource: true, unchangedIsTolerated: true, warnings));
        }
    }

    /// <summary>
    /// Validates a part of an object. Texts name the field as seen from that part, the fields themselves are those of the object.
    /// </summary>
    /// <param name="schema">The part's schema.</param>
    /// <param name="value">The part.</param>
    /// <param name="old">What it was before, or null.</param>
    /// <param name="path">Its path.</param>
    public static List<FieldError> ValidateValue(StructuralSchema schema, JsonValue value, JsonValue? old, string path) =>
        [.. Check(schema, value, old, new ValuePath()).Errors.Select(
            error => error with { Field = error.Field is null ? path : Pruning.Join(path, error.Field) })];

    /// <summary>The type's name in schemas and in decoding errors.</summary>
    /// <param name="value">The value.</param>
    internal static string JsonTypeOf(JsonValue value) => value switch
    {
        JsonObject => "object",
        JsonArray => "array",
        JsonString => "string",
        JsonBoolean => "bool",
        JsonInteger or JsonFloat => "number",
        _ => "null",
    };

    /// <summary>Pairs an item of a list with the item it was before; only lists that are maps can be paired.</summary>
    /// <param name="schema">The list's schema.</param>
    /// <param name="item">The item now.</param>
    /// <param name="old">The list before.</param>
    internal static JsonValue? Paired(StructuralSchema schema, JsonValue item, JsonValue? old)
    {
        if (schema.ListType != "map" || item is not JsonObject members || old is not JsonArray before)
        {
            return null;
        }

        foreach (var candidate in before.AsSpan())
        {
            if (candidate is JsonObject other && ListTypes.HaveSameKey(members, other, schema))
            {
                return other;
            }
        }

        return null;
    }

    private static bool HadErrorsInLists(JsonObject? old, StructuralSchema schema)
    {
        var errors = new List<FieldError>();
        if (old is not null)
        {
            ListTypes.Validate(old, schema, "", errors);
        }

        return errors.Count > 0;
    }

    private static SchemaResult Check(StructuralSchema schema, JsonValue value, JsonValue? old, ValuePath path)
    {
        var result = new SchemaResult();
        Check(schema, value, old, path, result);
        return result;
    }

    private static void Check(StructuralSchema schema, JsonValue value, JsonValue? old, ValuePath path, SchemaResult result)
    {
        if (old is not null && value.Equals(old))
        {
            // What was stored like this before stays tolerated, even if the definition has become stricter.
            return;
        }

        CheckType(schema, value, path, result);
        if (value.IsNull)
        {
            CheckEnum(schema, value, path, result);
            return;
        }

        CheckComposition(schema, value, old, path, result);
        switch (value)
        {
            case JsonString text:
                CheckText(schema, text, path, result);
                break;
            case JsonInteger or JsonFloat:
                CheckNumber(schema, value, path, result);
                break;
            case JsonArray items:
                CheckItems(schema, items, old, path, result);
                break;
        }

        CheckEnum(schema, value, path, result);
        if (value is JsonObject members)
        {
            CheckMembers(schema, members, old, path, result);
        }

        result.Checks++;
    }

    private static void CheckType(StructuralSchema schema, JsonValue value, ValuePath path, SchemaResult result)
    {
        if (schema.Types.Count == 0 && schema.CheckedFormat.Length == 0)
        {
            return;
        }

        result.Checks++;
        var expected = string.Join(",", schema.Types);
        if (value.IsNull)
        {
            if (schema.Types.Count > 0 && !schema.Nullable)
            {
                result.Errors.Add(WrongType(path, expected, "null"));
            }

            return;
        }

        var (type, format) = value switch
        {
            JsonInteger => ("integer", "int64"),
            JsonFloat => ("number", "float64"),
            JsonBoolean => ("boolean", ""),
            JsonString => ("string", ""),
            JsonArray => ("array", ""),
            _ => ("object", ""),
        };
        var numeric = schema.Types.Contains("number") || schema.Types.Contains("integer");
        var fits = schema.Types.Contains(type)
            || (value is JsonFloat number && schema.Types.Contains("integer") && IsWhole(number.Value))
            || (value is JsonInteger && schema.Types.Contains("number"));
        var textual = value is JsonString or JsonArray;
        if (!textual && schema.CheckedFormat.Length > 0 && !fits && format != schema.CheckedFormat)
        {
            result.Errors.Add(WrongType(path, schema.CheckedFormat, format));
        }
        else if (textual && schema.CheckedFormat.Length > 0 && !numeric)
        {
            // Left to the check of the format.
        }
        else if (!fits)
        {
            result.Errors.Add(WrongType(path, expected, type));
        }
    }

    private static void CheckComposition(StructuralSchema schema, JsonValue value, JsonValue? old, ValuePath path, SchemaResult result)
    {
        if (schema.AnyOf.Count > 0)
        {
            var results = schema.AnyOf.Select(s => Check(s, value, old, path)).ToList();
            if (results.TrueForAll(r => !r.IsValid))
            {
                result.Errors.Add(Composition($"\"{path}\" must validate at least one schema (anyOf)"));
                result.Merge(MostChecked(results));
            }
        }

        if (schema.OneOf.Count > 0)
        {
            var results = schema.OneOf.Select(s => Check(s, value, old, path)).ToList();
            var valid = results.Count(r => r.IsValid);
            if (valid != 1)
            {
                var found = valid == 0 ? "Found none valid" : $"Found {valid} valid alternatives";
                result.Errors.Add(Composition($"\"{path}\" must validate one and only one schema (oneOf). {found}"));
                if (valid == 0)
                {
                    result.Merge(MostChecked(results));
                }
            }
        }

        if (schema.AllOf.Count > 0)
        {
            var results = schema.AllOf.Select(s => Check(s, value, old, path)).ToList();
            results.ForEach(result.Merge);
            var valid = results.Count(r => r.IsValid);
            if (valid < results.Count)
            {
                result.Errors.Add(Composition($"\"{path}\" must validate all the schemas (allOf){(valid == 0 ? ". None validated" : "")}"));
            }
        }

        if (schema.Not is not null && Check(schema.Not, value, old, path).IsValid)
        {
            result.Errors.Add(Composition($"\"{path}\" must not validate the schema (not)"));
        }
    }

    private static SchemaResult MostChecked(List<SchemaResult> results) => results.MaxBy(r => r.Checks)!;

    private static void CheckItems(StructuralSchema schema, JsonArray items, JsonValue? old, ValuePath path, SchemaResult result)
    {
        for (var i = 0; i < items.Count && schema.Items is not null; i++)
        {
            path.Enter(i);
            Check(schema.Items, items[i], Paired(schema, items[i], old), path, result);
            path.Leave();
        }

        if (items.Count < schema.MinItems)
        {
            result.Errors.Add(Invalid(path, $"should have at least {schema.MinItems} items", items.Count));
        }

        if (schema.MaxItems is { } most && items.Count > most)
        {
            result.Errors.Add(FieldError.TooMany(Field(path), items.Count, most));
        }

        if (schema.UniqueItems && items.Distinct().Count() != items.Count)
        {
            result.Errors.Add(new FieldError(Field(path), FieldErrorType.Invalid, $"{path} in body shouldn't contain duplicates", ""));
        }

        result.Checks++;
    }

    private static void CheckMembers(StructuralSchema schema, JsonObject members, JsonValue? old, ValuePath path, SchemaResult result)
    {
        if (members.Count < schema.MinProperties)
        {
            result.Errors.Add(Invalid(path, $"should have at least {schema.MinProperties} properties", members.Count));
        }

        if (schema.MaxProperties is { } most && members.Count > most)
        {
            result.Errors.Add(FieldError.TooMany(Field(path), members.Count, most));
        }

        var names = members.Names;
        var values = members.Values;
        for (var i = 0; i < names.Length; i++)
        {
            if (schema.OfMember(names[i]) is { } declared)
            {
                path.Enter(names[i]);
                Check(declared, values[i], old?[names[i]], path, result);
                path.Leave();
            }
            else if (schema.ForbidsAdditionalProperties)
            {
                result.Errors.Add(FieldError.Invalid(Field(path), names[i], $"{path}.{names[i]} in body is a forbidden property"));
            }
        }

        foreach (var name in schema.Required)
        {
            if (!members.Has(name))
            {
                result.Errors.Add(FieldError.Required(path.Of(name)));
            }
        }
    }

    private static void CheckEnum(StructuralSchema schema, JsonValue value, ValuePath path, SchemaResult result)
    {
        if (schema.Enum.Count > 0 && !schema.Enum.Any(allowed => SameInEnum(value, allowed)))
        {
            result.Errors.Add(FieldError.NotSupported(
                Field(path), value, schema.Enum.Select(allowed => allowed.AsString ?? allowed.ToString())));
        }
    }

    private static bool SameInEnum(JsonValue value, JsonValue allowed) => (value, allowed) switch
    {
        (JsonInteger a, JsonFloat b) => a.Value == b.Value,
        (JsonFloat a, JsonInteger b) => a.Value == b.Value,
        _ => value.Equals(allowed),
    };

    private static string? Field(ValuePath path) => path.IsEmpty ? null : path.ToString();

    private static FieldError WrongType(ValuePath path, string expected, string actual) => new(
        Field(path), FieldErrorType.TypeInvalid, $"{path} in body must be of type {expected}: {GoText.Quote(actual)}", actual);

    private static FieldError Invalid(ValuePath path, string rule, JsonValue value) =>
        new(Field(path), FieldErrorType.Invalid, $"{path} in body {rule}", value);

    // These carry no field of their own.
    private static FieldError Composition(string message) => new(null, FieldErrorType.Invalid, message, "");

    private static bool IsWhole(double number) =>
        Math.Abs(number) <= LargestWholeFloat && Math.Abs(number - Math.Truncate(number)) <= 1e-9 * Math.Abs(number);
}
