using System.Globalization;
using System.Text;
using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Schema;

namespace Harvester.Testing.ApiServer.Resources.Definitions;

/// <summary>What a version shows beside its schema: deprecation, subresources, printer columns.</summary>
internal static class VersionRules
{
    private static readonly string[] ColumnTypes = ["boolean", "date", "integer", "number", "string"];

    private static readonly string[] ColumnFormats =
        ["byte", "date", "date-time", "double", "float", "int32", "int64", "password"];

    /// <summary>Checks the text a deprecated version warns with.</summary>
    /// <param name="version">The version.</param>
    /// <param name="path">The text's path.</param>
    /// <param name="errors">Receives what is wrong.</param>
    public static void CheckDeprecation(JsonObject version, string path, List<FieldError> errors)
    {
        if (version.Given("deprecationWarning")?.AsString is not { } warning)
        {
            return;
        }

        foreach (var rule in DeprecationErrors(version.Flag("deprecated"), warning))
        {
            errors.Add(FieldError.Invalid(path, warning, rule));
        }
    }

    /// <summary>Checks the subresources of one or of all versions.</summary>
    /// <param name="subresources">The subresources, or null.</param>
    /// <param name="path">Their path.</param>
    /// <param name="errors">Receives what is wrong.</param>
    public static void CheckSubresources(JsonObject? subresources, string path, List<FieldError> errors)
    {
        if (subresources?.Find("scale") is not JsonObject scale)
        {
            return;
        }

        CheckReplicasPath(scale, "specReplicasPath", ".spec.", "should be a json path under .spec", path, errors);
        CheckReplicasPath(scale, "statusReplicasPath", ".status.", "should be a json path under .status", path, errors);
        if (scale.Text("labelSelectorPath") is { Length: > 0 } selector)
        {
            var field = path + ".scale.labelSelectorPath";
            if (CheckSimplePath(selector, field, errors)
                && !selector.StartsWith(".spec.", StringComparison.Ordinal)
                && !selector.StartsWith(".status.", StringComparison.Ordinal))
            {
                errors.Add(FieldError.Invalid(field, selector, "should be a json path under either .spec or .status"));
            }
        }
    }

    /// <summary>Checks the printer columns of one or of all versions.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="path">Their path.</param>
    /// <param name="errors">Receives what is wrong.</param>
    public static void CheckColumns(JsonArray columns, string path, List<FieldError> errors)
    {
        for (var i = 0; i < columns.Count; i++)
        {
            var column = columns[i] as JsonObject ?? JsonObject.Empty;
            var at = $"{path}[{i}]";
            if (column.Text("name").Length == 0)
            {
                errors.Add(FieldError.Required(at + ".name"));
            }

            var types = "must be one of " + string.Join(',', ColumnTypes);
            if (column.Text("type").Length == 0)
            {
                errors.Add(FieldError.Required(at + ".type", types));
            }
            else if (!ColumnTypes.Contains(column.Text("type")))
            {
                errors.Add(FieldError.Invalid(at + ".type", column.Text("type"), types));
            }

            if (column.Text("format") is { Length: > 0 } format && !ColumnFormats.Contains(format))
            {
                errors.Add(FieldError.Invalid(at + ".format", format, "must be one of " + string.Join(',', ColumnFormats)));
            }

            if (column.Text("jsonPath").Length == 0)
            {
                errors.Add(FieldError.Required(at + ".JSONPath"));
            }
            else
            {
                CheckSimplePath(column.Text("jsonPath"), at + ".JSONPath", errors);
            }
        }
    }

    private static void CheckReplicasPath(
        JsonObject scale, string member, string prefix, string rule, string path, List<FieldError> errors)
    {
        var field = $"{path}.scale.{member}";
        var value = scale.Text(member);
        if (value.Length == 0)
        {
            errors.Add(FieldError.Required(field));
        }
        else if (CheckSimplePath(value, field, errors) && !value.StartsWith(prefix, StringComparison.Ordinal))
        {
            errors.Add(FieldError.Invalid(field, value, rule));
        }
    }

    private static bool CheckSimplePath(string value, string field, List<FieldError> errors)
    {
        if (value[0] == '.')
        {
            return true;
        }

        errors.Add(FieldError.Invalid(field, value, "must be a simple json path starting with ."));
        return false;
    }

    private static IEnumerable<string> DeprecationErrors(bool deprecated, string warning)
    {
        if (!deprecated)
        {
            yield return "can only be set for deprecated versions";
            yield break;
        }

        if (Encoding.UTF8.GetByteCount(warning) > 256)
        {
            yield return "must be <= 256 characters long";
        }

        if (warning.Length == 0)
        {
            yield return "must not be an empty string";
        }

        var index = 0;
        foreach (var rune in warning.EnumerateRunes())
        {
            if (!IsPrintable(rune))
            {
                yield return "must only contain printable UTF-8 characters; non-printable character found at index "
                    + index.ToString(CultureInfo.InvariantCulture);
                break;
            }

            index += rune.Utf8SequenceLength;
        }
    }

    private static bool IsPrintable(Rune rune) => rune.Value == ' ' || Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator);
}
