using System.Globalization;
using System.Text;

namespace Harvester.Testing.ApiServer.Schema.Cel;

/// <summary>From one type to another.</summary>
internal static class CelConversions
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>Converts a value.</summary>
    /// <param name="type">The name of the type.</param>
    /// <param name="value">The value.</param>
    public static object Convert(string type, object value) => type switch
    {
        "int" => ToInt(value),
        "uint" => ToUint(value),
        "double" => ToDouble(value),
        "string" => ToText(value),
        "bytes" => value switch { byte[] => value, string text => Encoding.UTF8.GetBytes(text), _ => Impossible(value, type) },
        "bool" => ToBool(value),
        "timestamp" => ToMoment(value),
        _ => value switch
        {
            CelDuration => value,
            string text => CelTime.ParseDuration(text) is { } duration
                ? duration
                : new CelFault($"time: invalid duration {GoText.Quote(text)}"),
            _ => Impossible(value, "google.protobuf.Duration"),
        },
    };

    private static object ToInt(object value)
    {
        switch (value)
        {
            case long:
                return value;
            case ulong number:
                return number > long.MaxValue ? new CelFault("integer overflow") : (long)number;
            case double number:
                return double.IsNaN(number) || number <= -9223372036854775808.0 || number >= 9223372036854775808.0
                    ? new CelFault("integer overflow")
                    : (long)number;
            case string text:
                return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var parsed)
                    ? parsed
                    : new CelFault($"strconv.ParseInt: parsing {GoText.Quote(text)}: {(IsDigits(text) ? "value out of range" : "invalid syntax")}");
            case CelMoment moment:
                return moment.Seconds;
            case CelDuration duration:
                return duration.Nanoseconds;
            default:
                return Impossible(value, "int");
        }
    }

    private static object ToUint(object value)
    {
        switch (value)
        {
            case ulong:
                return value;
            case long number:
                return number < 0 ? new CelFault("unsigned integer overflow") : (ulong)number;
            case double number:
                return double.IsNaN(number) || number < 0 || number >= 18446744073709551616.0
                    ? new CelFault("unsigned integer overflow")
                    : (ulong)number;
            case string text:
                return ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed)
                    ? parsed
                    : new CelFault($"strconv.ParseUint: parsing {GoText.Quote(text)}: {(IsDigits(text) ? "value out of range" : "invalid syntax")}");
            default:
                return Impossible(value, "uint");
        }
    }

    private static object ToDouble(object value) => value switch
    {
        double => value,
        long number => (double)number,
        ulong number => (double)number,
        string text => ParseDouble(text) is { } parsed
            ? parsed
            : new CelFault($"strconv.ParseFloat: parsing {GoText.Quote(text)}: invalid syntax"),
        _ => Impossible(value, "double"),
    };

    private static double? ParseDouble(string text)
    {
        switch (text.TrimStart('+', '-').ToLowerInvariant())
        {
            case "inf" or "infinity":
                return text.StartsWith('-') ? double.NegativeInfinity : double.PositiveInfinity;
            case "nan":
                return double.NaN;
        }

        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return double.TryParse(text, Style, CultureInfo.InvariantCulture, out var parsed) ? parsed : null;
    }

    private static object ToText(object value)
    {
        switch (value)
        {
            case string:
                return value;
            case long or ulong:
                return System.Convert.ToString(value, CultureInfo.InvariantCulture)!;
            case double number:
                return CelText.OfDouble(number);
            case bool flag:
                return flag ? "true" : "false";
            case byte[] bytes:
                try
                {
                    return Strict.GetString(bytes);
                }
                catch (DecoderFallbackException)
                {
                    return new CelFault("invalid UTF-8 in bytes, cannot convert to string");
                }

            case CelMoment or CelDuration or CelAddress or CelNetwork:
                return value.ToString()!;
            default:
                return Impossible(value, "string");
        }
    }

    private static object ToBool(object value) => value switch
    {
        bool => value,
        "1" or "t" or "T" or "true" or "TRUE" or "True" => true,
        "0" or "f" or "F" or "false" or "FALSE" or "False" => false,
        string text => new CelFault($"strconv.ParseBool: parsing {GoText.Quote(text)}: invalid syntax"),
        _ => Impossible(value, "bool"),
    };

    private static object ToMoment(object value)
    {
        switch (value)
        {
            case CelMoment:
                return value;
            case long seconds:
                return seconds is < CelMoment.First or > CelMoment.Last ? new CelFault("timestamp overflow") : new CelMoment(seconds, 0);
            case string text:
                return CelTime.ParseMoment(text) is { } moment
                    ? moment
                    : new CelFault(
                        $"parsing time {GoText.Quote(text)} as \"2006-01-02T15:04:05Z07:00\": cannot parse {GoText.Quote(text)} as \"2006\"");
            default:
                return Impossible(value, "google.protobuf.Timestamp");
        }
    }

    private static bool IsDigits(string text) =>
        text.TrimStart('-', '+') is { Length: > 0 } digits && digits.All(char.IsAsciiDigit);

    private static CelFault Impossible(object value, string type) =>
        new($"type conversion error from '{CelValues.TypeOf(value).Name}' to '{type}'");
}
