using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources;

/// <summary>
/// What a plain YAML scalar means. kube-apiserver's YAML library is of version 1.1: <c>y</c>, <c>no</c> and <c>off</c> are
/// Booleans, <c>0b1</c>, <c>0o7</c>, <c>017</c> and <c>1_000</c> integers; times stay text.
/// </summary>
internal static partial class YamlScalars
{
    /// <summary>The value of a plain scalar.</summary>
    /// <exception cref="FormatException">The number is none that JSON has.</exception>
    public static JsonValue Resolve(string text)
    {
        if (Word(text) is { } word)
        {
            return word;
        }

        switch (text[0])
        {
            case '.':
                if (IsInfinite(text))
                {
                    throw new FormatException($"json: unsupported value: {text}");
                }

                return Float(text) ?? text;
            case '+' or '-' or (>= '0' and <= '9'):
                return Number(text) ?? text;
            default:
                return text;
        }
    }

    /// <summary>True when a text written without quotes would be read as the same text.</summary>
    public static bool IsPlainText(string text)
    {
        if (Word(text) is not null || text == "<<")
        {
            return false;
        }

        return text[0] switch
        {
            '.' => !IsInfinite(text) && Float(text) is null,
            '+' or '-' or (>= '0' and <= '9') => !IsTime(text) && Number(text) is null && !IsInfinite(text) && !Sexagesimal().IsMatch(text),
            _ => true,
        };
    }

    private static JsonValue? Word(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => JsonValue.Null,
        "y" or "Y" or "yes" or "Yes" or "YES" or "true" or "True" or "TRUE" or "on" or "On" or "ON" => true,
        "n" or "N" or "no" or "No" or "NO" or "false" or "False" or "FALSE" or "off" or "Off" or "OFF" => false,
        _ => null,
    };

    private static bool IsInfinite(string text) =>
        text.TrimStart('+', '-') is ".inf" or ".Inf" or ".INF" or ".nan" or ".NaN" or ".NAN";

    // Years of four digits, and a time or nothing after the day.
    private static bool IsTime(string text) =>
        text.Length >= 8 && TimeText().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _);

    private static JsonValue? Number(string text)
    {
        if (IsTime(text))
        {
            return null;
        }

        if (IsInfinite(text))
        {
            throw new FormatException($"json: unsupported value: {text}");
        }

        var plain = text.Replace("_", "", StringComparison.Ordinal);
        return Integer(plain) ?? Float(plain);
    }

    private static JsonValue? Integer(string text)
    {
        var negative = text.StartsWith('-');
        var digits = negative || text.StartsWith('+') ? text[1..] : text;
        var (radix, from) = digits switch
        {
            ['0', 'x' or 'X', ..] => (16, 2),
            ['0', 'o' or 'O', ..] => (8, 2),
            ['0', 'b' or 'B', ..] => (2, 2),
            ['0', _, ..] => (8, 1),
            _ => (10, 0),
        };
        if (digits.Length == from)
        {
            return null;
        }

        var value = BigInteger.Zero;
        foreach (var digit in digits.AsSpan(from))
        {
            var worth = char.IsAsciiHexDigit(digit) ? Convert.ToInt32(digit.ToString(), 16) : radix;
            if (worth >= radix || value > ulong.MaxValue)
            {
                return null;
            }

            value = (value * radix) + worth;
        }

        value = negative ? -value : value;
        if (value >= long.MinValue && value <= long.MaxValue)
        {
            return (long)value;
        }

        return value > 0 && value <= ulong.MaxValue ? new JsonFloat((double)value) : null;
    }

    private static JsonValue? Float(string text)
    {
        if (!FloatText().IsMatch(text) || !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            || !double.IsFinite(number))
        {
            return null;
        }

        // On its way from YAML a number becomes JSON, where 5.0 is written 5.
        return number == Math.Floor(number) && Math.Abs(number) < 1e15 ? (long)number : new JsonFloat(number);
    }

    [GeneratedRegex(@"\A[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\z")]
    private static partial Regex FloatText();

    [GeneratedRegex(@"\A[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?\z")]
    private static partial Regex Sexagesimal();

    [GeneratedRegex(@"\A[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(([Tt]|[ \t]+)[0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}(\.[0-9]+)?[ \t]*(Z|[-+][0-9]{1,2}(:[0-9]{2})?)?)?\z")]
    private static partial Regex TimeText();
}
