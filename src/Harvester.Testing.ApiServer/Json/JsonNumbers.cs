using System.Globalization;

namespace Harvester.Testing.ApiServer.Json;

/// <summary>Floating-point numbers as Go's encoder writes them.</summary>
internal static class JsonNumbers
{
    private const double SmallestPlain = 1e-6;
    private const double LargestPlain = 1e21;

    /// <summary>The shortest text that reads back as the same number: 5, 0.1, 12345678901234567000, 1e+21, 1e-7.</summary>
    public static string Text(double number)
    {
        var text = number.ToString("R", CultureInfo.InvariantCulture);
        var at = text.IndexOf('E', StringComparison.Ordinal);
        if (at < 0)
        {
            return text;
        }

        var exponent = int.Parse(text.AsSpan(at + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var mantissa = text[..at];
        var size = Math.Abs(number);
        if (size is not 0 and (< SmallestPlain or >= LargestPlain))
        {
            return string.Create(CultureInfo.InvariantCulture, $"{mantissa}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent)}");
        }

        var sign = number < 0 ? "-" : "";
        var digits = mantissa.TrimStart('-').Replace(".", "", StringComparison.Ordinal);
        return exponent < 0
            ? sign + "0." + new string('0', -exponent - 1) + digits
            : sign + digits.PadRight(exponent + 1, '0');
    }

    /// <summary>
    /// What a value is once it was stored: a float without fraction is written like an integer and read back as one.
    /// </summary>
    public static JsonValue AsStored(JsonValue value)
    {
        switch (value)
        {
            case JsonFloat { Value: var number } when number == Math.Floor(number) && number is >= -9.2e18 and <= 9.2e18:
                return (long)number;
            case JsonObject members:
                JsonObject result = members;
                for (var i = 0; i < members.Count; i++)
                {
                    if (members.Values[i] is JsonFloat or JsonObject or JsonArray)
                    {
                        result = result.With(members.Names[i], AsStored(members.Values[i]));
                    }
                }

                return result;
            case JsonArray items:
                JsonValue[]? changed = null;
                for (var i = 0; i < items.Count; i++)
                {
                    if (items[i] is JsonFloat or JsonObject or JsonArray && AsStored(items[i]) is var stored && !ReferenceEquals(stored, items[i]))
                    {
                        changed ??= [.. items];
                        changed[i] = stored;
                    }
                }

                return changed is null ? items : JsonArray.Wrap(changed);
            default:
                return value;
        }
    }
}
