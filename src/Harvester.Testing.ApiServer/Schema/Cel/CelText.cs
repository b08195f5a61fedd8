using System.Globalization;
using System.Text;

namespace Harvester.Testing.ApiServer.Schema.Cel;

/// <summary>Text in and out of expressions: literals, and values as text.</summary>
internal static class CelText
{
    /// <summary>What a literal of text or bytes stands for; null when an escape in it is none.</summary>
    /// <param name="literal">The literal with its quotes.</param>
    public static object? Unquote(string literal)
    {
        var prefix = literal.TakeWhile(c => c is 'r' or 'R' or 'b' or 'B').Count();
        var isRaw = literal[..prefix].Contains('r', StringComparison.OrdinalIgnoreCase);
        var isBytes = literal[..prefix].Contains('b', StringComparison.OrdinalIgnoreCase);
        var quoted = literal[prefix..];
        var width = quoted.Length >= 6 && quoted[1] == quoted[0] && quoted[2] == quoted[0] ? 3 : 1;
        var body = quoted[width..^width];
        if (isRaw)
        {
            return isBytes ? Encoding.UTF8.GetBytes(body) : body;
        }

        var text = new StringBuilder(body.Length);
        var bytes = new List<byte>();
        for (var i = 0; i < body.Length; i++)
        {
            if (body[i] != '\\')
            {
                var rune = Rune.TryGetRuneAt(body, i, out var found) ? found : Rune.ReplacementChar;
                i += Rune.TryGetRuneAt(body, i, out _) ? rune.Utf16SequenceLength - 1 : 0;
                Append(rune);
                continue;
            }

            var c = body[++i];
            var digits = c switch { 'x' or 'X' => 2, 'u' => 4, 'U' => 8, >= '0' and <= '3' => 2, _ => 0 };
            if (digits == 0)
            {
                Append(new Rune(c switch { 'a' => '\a', 'b' => '\b', 'f' => '\f', 'n' => '\n', 'r' => '\r', 't' => '\t', 'v' => '\v', _ => c }));
                continue;
            }

            var isOctal = c is >= '0' and <= '3';
            var value = isOctal
                ? Convert.ToInt32(body.Substring(i, 3), 8)
                : int.Parse(body.AsSpan(i + 1, digits), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            i += digits;
            if (isBytes && (isOctal || digits == 2))
            {
                bytes.Add((byte)value);
            }
            else if (isBytes || !Rune.IsValid(value))
            {
                return null;
            }
            else
            {
                Append(new Rune(value));
            }
        }

        return isBytes ? bytes.ToArray() : text.ToString();

        void Append(Rune rune)
        {
            if (isBytes)
            {
                Span<byte> encoded = stackalloc byte[4];
                bytes.AddRange(encoded[..rune.EncodeToUtf8(encoded)]);
            }
            else
            {
                text.Append(rune.ToString());
            }
        }
    }

    /// <summary>A value as error texts show it.</summary>
    public static string Shown(object value) => value switch
    {
        string text => text,
        double number => OfDouble(number),
        bool flag => flag ? "true" : "false",
        CelNull => "null",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    /// <summary>A float as the function <c>string</c> shows it: the shortest text.</summary>
    public static string OfDouble(double number)
    {
        if (double.IsNaN(number))
        {
            return "NaN";
        }

        if (double.IsInfinity(number))
        {
            return number > 0 ? "+Inf" : "-Inf";
        }

        var exponent = number == 0 ? 0 : (int)Math.Floor(Math.Log10(Math.Abs(number)));
        return exponent is < -4 or >= 21
            ? GoText.OfFloat(number)
            : number.ToString("0.###################################", CultureInfo.InvariantCulture) is var text
              && double.Parse(text, CultureInfo.InvariantCulture) == number
                ? text
                : ((decimal)number).ToString(CultureInfo.InvariantCulture);
    }
}
