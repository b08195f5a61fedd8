using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Schema;

namespace Harvester.Testing.ApiServer.Resources.Definitions;

/// <summary>The fields a version's objects can be selected by (G-8): few, of simple types, none in metadata.</summary>
internal static class SelectableFieldRules
{
    private const int Limit = 8;

    /// <summary>Checks selectable fields.</summary>
    /// <param name="fields">The fields.</param>
    /// <param name="schema">The schema of the objects.</param>
    /// <param name="path">The fields' path.</param>
    /// <param name="unchanged">True when they were stored like this before: then there may be too many.</param>
    /// <param name="errors">Receives what is wrong.</param>
    public static void Validate(JsonArray fields, JsonObject schema, string path, bool unchanged, List<FieldError> errors)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < fields.Count; i++)
        {
            var at = $"{path}[{i}].jsonPath";
            var jsonPath = fields[i]["jsonPath"]?.AsString ?? "";
            if (jsonPath.Length == 0)
            {
                errors.Add(FieldError.Required(at));
                continue;
            }

            var found = SchemaPath.Resolve(jsonPath, schema, allowBrackets: false);
            if (found.Error is not null)
            {
                errors.Add(FieldError.Invalid(at, jsonPath, "is an invalid path: " + found.Error));
                continue;
            }

            if (found.Normal == "metadata" || found.Normal.StartsWith("metadata.", StringComparison.Ordinal))
            {
                errors.Add(FieldError.Invalid(at, jsonPath, "must not point to fields in metadata"));
            }

            if (found.Schema.Text("type") is not ("string" or "boolean" or "integer"))
            {
                errors.Add(FieldError.Invalid(
                    at,
                    jsonPath,
                    "must point to a field of type string, boolean or integer. Enum string fields and strings with formats are allowed."));
            }

            if (!seen.Add(found.Normal))
            {
                errors.Add(new FieldError(at, FieldErrorType.Duplicate, "", jsonPath));
            }
        }

        if (seen.Count > Limit && !unchanged)
        {
            errors.Add(FieldError.TooMany(path, seen.Count, Limit));
        }
    }
}
