using System.Globalization;
using System.Text;

namespace Harvester.Testing.ApiServer.Schema.Cel;

/// <summary>The function <c>format</c>: <c>%s %d %f %e %b %x %X %o</c> and a precision.</summary>
internal static class CelFormatting
{
    /// <summary>Puts values into text.</summary>
    /// <param name="text">The text with its clauses.</param>
    /// <param name="values">The values, in their order.</param>
    public static object Format(string text, CelList values)
    {
        var result = new StringBuilder();
        var next = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '%')
            {
                result.Append(text[i]);
                continue;
            }

            if (++i >= text.Length)
            {
                return new CelFault("unexpected end of string");
            }

            if (text[i] == '%')
            {
                result.Append('%');
                continue;
            }

            if (next >= values.Count)
            {
                return new CelFault(string.Create(CultureInfo.InvariantCulture, $"index {next} out of range"));
            }

            int? precision = null;
            if (text[i] == '.')
            {
                var start = ++i;
                while (i < text.Length && char.IsAsciiDigit(text[i]))
                {
                    i++;
                }

                if (i >= text.Length || !int.TryParse(text.AsSpan(start, i - start), NumberStyles.None, CultureInfo.InvariantCulture, out var digits)
                    || digits > 100)
                {
                    return new CelFault("error while parsing precision: could not find end of precision specifier");
                }

                precision = digits;
            }

            var value = values[next++];
            var formatted = value is CelFault ? value : Clause(text[i], precision, value);
            if (formatted is not string shown)
            {
                return formatted;
            }

            result.Append(shown);
        }

        return result.ToString();
    }

    private static object Clause(char clause, int? precision, object value)
    {
        switch (clause, value)
        {
            case ('s', _):
                return Text(value);
            case ('d', long or ulong):
                return Convert.ToString(value, CultureInfo.InvariantCulture)!;
            case ('f', double or long or ulong):
                return Fixed(Convert.ToDouble(value, CultureInfo.InvariantCulture), precision ?? 6);
            case ('e', double or long or ulong):
                return Scientific(Convert.ToDouble(value, CultureInfo.InvariantCulture), precision ?? 6);
            case ('b', bool flag):
                return flag ? "1" : "0";
            case ('b', long number):
                return number < 0 ? "-" + Convert.ToString(-number, 2) : Convert.ToString(number, 2);
            case ('b', ulong number):
                return number.ToString("b", CultureInfo.InvariantCulture);
            case ('o', long number):
                return number < 0 ? "-" + Convert.ToString(-number, 8) : Convert.ToString(number, 8);
            case ('o', ulong number):
                return Convert.ToString((long)number, 8);
            case ('x' or 'X', long number):
                var hex = number < 0
                    ? "-" + unchecked((ulong)-number).ToString("x", CultureInfo.InvariantCulture)
                    : number.ToString("x", CultureInfo.InvariantCulture);
                return clause == 'X' ? hex.ToUpperInvariant() : hex;
            case ('x' or 'X', ulong number):
                return number.ToString(clause.ToString(), CultureInfo.InvariantCulture);
            case ('x' or 'X', string text):
                return clause == 'X' ? Convert.ToHexString(Encoding.UTF8.GetBytes(text)) : Convert.ToHexStringLower(Encoding.UTF8.GetBytes(text));
            case ('x' or 'X', byte[] bytes):
                return clause == 'X' ? Convert.ToHexString(bytes) : Convert.ToHexStringLower(bytes);
        }

        var wanted = clause switch
        {
            'd' => "decimal clause can only be used on integers",
            'f' => "fixed-point clause can only be used on doubles",
            'e' => "scientific clause can only be used on doubles",
            'b' => "only integers and bools can be formatted as binary",
            'o' => "octal clause can only be used on integers",
            'x' or 'X' => "only integers, byte buffers, and strings can be formatted as hex",
            _ => null,
        };
        return new CelFault(wanted is null
            ? $"could not parse formatting clause: unrecognized formatting clause \"{clause}\""
            : $"error during formatting: {wanted}, was given {CelValues.TypeOf(value).Name}");
    }

    private static string Fixed(double number, int precision) => double.IsFinite(number)
        ? number.ToString("F" + precision.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)
        : Infinite(number);

    private static string Scientific(double number, int precision)
    {
        if (!double.IsFinite(number))
        {
            return Infinite(number);
        }

        var text = number.ToString("e" + precision.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        var at = text.IndexOf('e', StringComparison.Ordinal);
        return $"{text[..(at + 2)]}{text[(at + 2)..].TrimStart('0').PadLeft(2, '0')}";
    }

    private static string Infinite(double number) => double.IsNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity";

    private static object Text(object value)
    {
        switch (value)
        {
            case string text:
                return text;
            case byte[] bytes:
                return Encoding.UTF8.GetString(bytes);
            case CelList list:
                var items = list.Items().Select(Text).ToList();
                return items.OfType<CelFault>().FirstOrDefault() ?? (object)$"[{string.Join(", ", items)}]";
            case CelMap map:
                var entries = map.Keys
                    .Select(key => (Key: Text(key), Value: map.TryGet(key, out var inner) ? Text(inner) : ""))
                    .OrderBy(entry => entry.Key as string, StringComparer.Ordinal)
                    .Select(entry => $"{entry.Key}: {entry.Value}");
                return $"{{{string.Join(", ", entries)}}}";
            case CelType type:
                return type.Name;
            case double number:
                return double.IsFinite(number) ? CelText.OfDouble(number) : Infinite(number);
            case bool or long or ulong or CelNull or CelMoment or CelDuration:
                return CelText.Shown(value);
            default:
                return new CelFault(
                    "error during formatting: string clause can only be used on strings, bools, bytes, ints, doubles, maps, lists, types, "
                    + $"durations, and timestamps, was given {CelValues.TypeOf(value).Name}");
        }
    }
}
