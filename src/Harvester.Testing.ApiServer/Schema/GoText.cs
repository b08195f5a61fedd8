using System.Globalization;
using System.Text;
using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Schema;

/// <summary>Values in text as Go's <c>fmt</c> prints them, since answers are compared word by word.</summary>
internal static class GoText
{
    /// <summary>A value in an error: simple ones as <c>%v</c> or <c>%q</c>, others as JSON.</summary>
    /// <param name="value">The value.</param>
    public static string OfValue(JsonValue value) => value switch
    {
        JsonString text => Quote(text.Value),
        JsonFloat number => OfFloat(number.Value),
        JsonObject or JsonArray => value.ToString().Replace("<", "\\u003c").Replace(">", "\\u003e").Replace("&", "\\u0026"),
        _ => value.ToString(),
    };

    /// <summary>A float as <c>%v</c>: the shortest text, with an exponent from 1e+06 on and below 1e-04.</summary>
    /// <param name="value">The float.</param>
    public static string OfFloat(double value)
    {
        var text = value.ToString("E16", CultureInfo.InvariantCulture);
        var shortest = value.ToString("R", CultureInfo.InvariantCulture);
        if (value == 0)
        {
            return "0";
        }

        var exponent = int.Parse(text[(text.IndexOf('E') + 1)..], CultureInfo.InvariantCulture);
        var mantissa = shortest.Split('E')[0].Replace(".", "").Replace("-", "").Trim('0');
        var sign = value < 0 ? "-" : "";
        if (exponent is < -4 or >= 6)
        {
            var fraction = mantissa.Length > 1 ? "." + mantissa[1..] : "";
            return $"{sign}{mantissa[0]}{fraction}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}";
        }

        if (exponent < 0)
        {
            return sign + "0." + new string('0', -exponent - 1) + mantissa;
        }

        return mantissa.Length <= exponent + 1
            ? sign + mantissa.PadRight(exponent + 1, '0')
            : sign + mantissa[..(exponent + 1)] + "." + mantissa[(exponent + 1)..];
    }

    /// <summary>A value as <c>%v</c> prints what JSON was decoded into.</summary>
    /// <param name="value">The value.</param>
    public static string OfPlain(JsonValue value) => value switch
    {
        JsonNull => "<nil>",
        JsonString text => text.Value,
        JsonFloat number => OfFloat(number.Value),
        JsonArray items => $"[{string.Join(' ', items.Select(OfPlain))}]",
        JsonObject members => $"map[{string.Join(' ', members.Select(member => $"{member.Key}:{OfPlain(member.Value)}"))}]",
        _ => value.ToString(),
    };

    /// <summary>The Go type JSON is decoded into.</summary>
    /// <param name="value">The value.</param>
    public static string TypeOf(JsonValue value) => value switch
    {
        JsonString => "string",
        JsonBoolean => "bool",
        JsonInteger => "int64",
        JsonFloat => "float64",
        JsonArray => "[]interface {}",
        JsonObject => "map[string]interface {}",
        _ => "<nil>",
    };

    /// <summary>Text as <c>%q</c>.</summary>
    /// <param name="text">The text.</param>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            quoted.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\a' => "\\a",
                '\b' => "\\b",
                '\f' => "\\f",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                '\v' => "\\v",
                < ' ' or '\x7f' => $"\\x{(int)c:x2}",
                _ => c.ToString(),
            });
        }

        return quoted.Append('"').ToString();
    }
}
