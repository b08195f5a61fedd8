using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Schema.Cel;

namespace Harvester.Testing.ApiServer.Schema;

/// <summary>Defaults must be values of the schema they stand in: known fields only, valid, and by its rules (X-13).</summary>
internal static class DefaultRules
{
    /// <summary>The text about a default with members the schema does not know.</summary>
    public const string UnknownFields = "must not have unknown fields";

    private static readonly JsonObject Empty = JsonObject.Of(("apiVersion", "validation/v1"), ("kind", "Validation"));

    /// <summary>Checks every default of a schema.</summary>
    /// <param name="schema">The schema of the whole object.</param>
    /// <param name="path">Its path.</param>
    /// <param name="requirePruned">False where an older definition has defaults with unknown fields already.</param>
    public static List<FieldError> Validate(StructuralSchema schema, string path, bool requirePruned)
    {
        var errors = new List<FieldError>();
        if (schema.HasDefaults)
        {
            Check(schema, path, new Place(schema, [], IsInsideMeta: false), isRoot: true, requirePruned, errors);
        }

        return errors;
    }

    private static void Check(
        StructuralSchema schema, string path, Place place, bool isRoot, bool requirePruned, List<FieldError> errors)
    {
        if (!schema.HasDefaults)
        {
            return;
        }

        var isResource = isRoot || schema.EmbeddedResource;
        if (isResource)
        {
            place = new Place(schema, [], IsInsideMeta: false);
        }

        if (schema.Default is { } value)
        {
            CheckValue(schema, value, path + ".default", place, isResource, requirePruned, errors);
        }

        if (schema.Items is { } items)
        {
            Check(items, path + ".items", place.Below(null), isRoot: false, requirePruned, errors);
        }

        foreach (var (name, property) in schema.Properties)
        {
            var below = place.Below(name);
            if (isResource && EmbeddedResources.IsTypeOrMeta(name))
            {
                below = below with { IsInsideMeta = true };
            }

            Check(property, $"{path}.properties[{name}]", below, isRoot: false, requirePruned, errors);
        }
    }

    private static void CheckValue(
        StructuralSchema schema, JsonValue value, string path, Place place, bool isResource, bool requirePruned, List<FieldError> errors)
    {
        if (place.IsInsideMeta)
        {
            if (MetadataError(value, place) is { } wrong)
            {
                errors.Add(FieldError.Invalid(path, value, "must result in valid metadata: " + wrong));
                return;
            }
        }
        else
        {
            if (requirePruned && !Pruning.PruneValue(value, schema, isResource).Equals(value))
            {
                errors.Add(FieldError.Invalid(path, value, UnknownFields));
            }

            var found = new List<FieldError>();
            try
            {
                EmbeddedResources.Coerce(value, schema, isResource, path, []);
                EmbeddedResources.Validate(value, schema, isResource, path, found);
            }
            catch (SchemaDecodingException failure)
            {
                found.Add(failure.Error);
            }

            if (found.Count > 0)
            {
                errors.AddRange(found);
                return;
            }
        }

        var invalid = SchemaValidation.ValidateValue(schema, value, null, path);
        if (invalid.Count > 0)
        {
            errors.AddRange(invalid);
            return;
        }

        // Once as a value that stays what it was, once as a value that is new.
        var violated = CelValidation.Validate(schema, value, value, path, isResource, unchangedIsTolerated: false);
        errors.AddRange(violated.Count > 0 ? violated : CelValidation.Validate(schema, value, null, path, isResource, unchangedIsTolerated: false));
    }

    private static string? MetadataError(JsonValue value, Place place)
    {
        var obj = place.Surround(value);
        var errors = new List<FieldError>();
        try
        {
            EmbeddedResources.Coerce(obj, place.Root, isResource: true, "", []);
            EmbeddedResources.Validate(obj, place.Root, isResource: true, "", errors);
        }
        catch (SchemaDecodingException failure)
        {
            errors.Add(failure.Error);
        }

        return errors.Count switch
        {
            0 => null,
            1 => errors[0].ToString(),
            _ => $"[{string.Join(", ", errors)}]",
        };
    }

    // Where in the object around it a default stands; a null step is an item of a list.
    private sealed record Place(StructuralSchema Root, IReadOnlyList<string?> Steps, bool IsInsideMeta)
    {
        public Place Below(string? step) => this with { Steps = [.. Steps, step] };

        public JsonObject Surround(JsonValue value)
        {
            for (var i = Steps.Count - 1; i >= 0; i--)
            {
                value = Steps[i] is { } name ? JsonObject.Of((name, value)) : JsonArray.Of(value);
            }

            var result = value as JsonObject ?? JsonObject.Empty;
            return result
                .With("apiVersion", result.Find("apiVersion") ?? Empty.Find("apiVersion"))
                .With("kind", result.Find("kind") ?? Empty.Find("kind"));
        }
    }
}
