using System.Globalization;
using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn.Workloads;

/// <summary>What the numbers of a rolling update must satisfy.</summary>
internal static class RolloutValidation
{
    private const string PercentText =
        "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')";

    /// <summary>A number that is not negative, or a percentage.</summary>
    /// <param name="value">The value.</param>
    /// <param name="field">Its path.</param>
    /// <param name="errors">Receives the errors.</param>
    public static void CheckAmount(JsonValue? value, string field, FieldErrors errors)
    {
        if (value is JsonString { Value: var text })
        {
            if (Percent(text) is null)
            {
                errors.Invalid(field, text, PercentText);
            }
        }
        else
        {
            errors.NotNegative(field, value);
        }
    }

    /// <summary>A percentage of at most a hundred.</summary>
    /// <param name="value">The value.</param>
    /// <param name="field">Its path.</param>
    /// <param name="errors">Receives the errors.</param>
    public static void CheckShare(JsonValue? value, string field, FieldErrors errors)
    {
        if (value is JsonString { Value: var text } && Percent(text) > 100)
        {
            errors.Invalid(field, text, "must not be greater than 100%");
        }
    }

    /// <summary>True for nothing, 0 and 0 %, and for what is no amount.</summary>
    /// <param name="value">The value.</param>
    public static bool IsZero(JsonValue? value) => value is JsonString { Value: var text }
        ? Percent(text) is null or 0
        : value?.AsInteger is null or 0;

    private static int? Percent(string text) =>
        text.EndsWith('%') && int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
