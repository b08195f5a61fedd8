using System.Globalization;
using System.Text;
using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Resources;

namespace Harvester.Testing.ApiServer.Http;

/// <summary>
/// Writes values as the YAML that kube-apiserver answers with: members in natural order, lists not indented, lines folded
/// behind 80 columns, quotes only where a YAML 1.1 reader would need them.
/// </summary>
internal sealed class YamlWriter
{
    private const int BestWidth = 80;
    private const int LongestSimpleKey = 128;

    private readonly StringBuilder _text = new();
    private int _column;

    public static byte[] WriteUtf8(JsonValue value)
    {
        var writer = new YamlWriter();
        writer.Root(value);
        return Encoding.UTF8.GetBytes(writer._text.ToString());
    }

    private void Root(JsonValue value)
    {
        switch (value)
        {
            case JsonObject { Count: > 0 } members:
                Members(members, 0, startsInLine: true);
                break;
            case JsonArray { Count: > 0 } items:
                Items(items, 0, startsInLine: true);
                break;
            default:
                Scalar(value, 2, isKey: false);
                Line(0);
                break;
        }
    }

    private void Members(JsonObject members, int indent, bool startsInLine)
    {
        var names = members.Names.ToArray();
        Array.Sort(names, YamlOrder.Compare);
        foreach (var name in names)
        {
            if (!startsInLine)
            {
                Spaces(indent);
            }

            startsInLine = false;
            var isSimple = name.Length <= LongestSimpleKey && !name.Contains('\n', StringComparison.Ordinal);
            if (!isSimple)
            {
                Write("? ");
            }

            Text(name, indent + 2, isKey: isSimple);
            if (!isSimple)
            {
                Line(indent);
            }

            Write(":");
            Value(members.Find(name)!, indent);
        }
    }

    private void Value(JsonValue value, int indent)
    {
        switch (value)
        {
            case JsonObject { Count: > 0 } members:
                Line(0);
                Members(members, indent + 2, startsInLine: false);
                break;
            case JsonArray { Count: > 0 } items:
                // A list in a mapping stands where its key does.
                Line(0);
                Items(items, indent, startsInLine: false);
                break;
            default:
                Write(" ");
                Scalar(value, indent + 2, isKey: false);
                Line(0);
                break;
        }
    }

    private void Items(JsonArray items, int indent, bool startsInLine)
    {
        foreach (var item in items)
        {
            if (!startsInLine)
            {
                Spaces(indent);
            }

            startsInLine = false;
            Write("- ");
            switch (item)
            {
                case JsonObject { Count: > 0 } members:
                    Members(members, indent + 2, startsInLine: true);
                    break;
                case JsonArray { Count: > 0 } inner:
                    Items(inner, indent + 2, startsInLine: true);
                    break;
                default:
                    Scalar(item, indent + 2, isKey: false);
                    Line(0);
                    break;
            }
        }
    }

    private void Scalar(JsonValue value, int indent, bool isKey)
    {
        switch (value)
        {
            case JsonString text:
                Text(text.Value, indent, isKey);
                break;
            case JsonObject:
                Write("{}");
                break;
            case JsonArray:
                Write("[]");
                break;
            case JsonFloat { Value: var number } when Math.Abs(number) is >= 1e21 or (> 0 and < 1e-4):
                // As Go writes it: 1e+21, 1e-05.
                Write(number.ToString("0.################e+00", CultureInfo.InvariantCulture));
                break;
            default:
                Write(value.ToString());
                break;
        }
    }

    private void Text(string text, int indent, bool isKey)
    {
        var form = YamlScalarForm.Of(text);
        if (text.Contains('\n', StringComparison.Ordinal))
        {
            if (form.BlockAllowed && !isKey)
            {
                Literal(text, indent);
            }
            else
            {
                DoubleQuoted(text, indent, isKey);
            }
        }
        else if (!YamlScalars.IsPlainText(text))
        {
            DoubleQuoted(text, indent, isKey);
        }
        else if (form.PlainAllowed)
        {
            Folded(text, indent, isKey, quote: false);
        }
        else if (form.SingleQuotedAllowed)
        {
            Write("'");
            Folded(text, indent, isKey, quote: true);
            Write("'");
        }
        else
        {
            DoubleQuoted(text, indent, isKey);
        }
    }

    // Both styles break a line at a single space once the line is long enough.
    private void Folded(string text, int indent, bool isKey, bool quote)
    {
        var afterSpace = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == ' ')
            {
                var mayBreak = !quote || (i > 0 && i < text.Length - 1);
                if (!isKey && !afterSpace && mayBreak && _column > BestWidth && (i + 1 >= text.Length || text[i + 1] != ' '))
                {
                    Line(indent);
                }
                else
                {
                    Put(' ');
                }

                afterSpace = true;
                continue;
            }

            afterSpace = false;
            if (quote && c == '\'')
            {
                Put('\'');
            }

            Put(c);
        }
    }

    private void DoubleQuoted(string text, int indent, bool isKey)
    {
        Put('"');
        var afterSpace = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == ' ')
            {
                if (!isKey && !afterSpace && _column > BestWidth && i > 0 && i < text.Length - 1)
                {
                    Line(indent);
                    if (text[i + 1] == ' ')
                    {
                        Put('\\');
                    }
                }
                else
                {
                    Put(' ');
                }

                afterSpace = true;
                continue;
            }

            afterSpace = false;
            if (c is '"' or '\\')
            {
                Put('\\');
                Put(c);
            }
            else if (char.IsHighSurrogate(c) && i + 1 < text.Length)
            {
                Put(c);
                _text.Append(text[++i]);
            }
            else if (YamlScalarForm.IsPrintable(c))
            {
                Put(c);
            }
            else
            {
                Write(Escape(c));
            }
        }

        Put('"');
    }

    private void Literal(string text, int indent)
    {
        Put('|');
        if (text[0] is ' ' or '\n')
        {
            Put('2');
        }

        if (!text.EndsWith('\n'))
        {
            Put('-');
        }
        else if (text.Length == 1 || text[^2] == '\n')
        {
            Put('+');
        }

        var lines = (text.EndsWith('\n') ? text[..^1] : text).Split('\n');
        foreach (var line in lines)
        {
            Line(0);
            if (line.Length > 0)
            {
                Spaces(indent);
                Write(line);
            }
        }
    }

    private static string Escape(char c) => c switch
    {
        '\0' => "\\0",
        '\a' => "\\a",
        '\b' => "\\b",
        '\t' => "\\t",
        '\n' => "\\n",
        '\v' => "\\v",
        '\f' => "\\f",
        '\r' => "\\r",
        '\x1b' => "\\e",
        '\x85' => "\\N",
        '\xa0' => "\\_",
        '\u2028' => "\\L",
        '\u2029' => "\\P",
        < '\x100' => string.Create(CultureInfo.InvariantCulture, $"\\x{(int)c:X2}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}"),
    };

    private void Line(int indent)
    {
        _text.Append('\n');
        _column = 0;
        Spaces(indent);
    }

    private void Spaces(int count)
    {
        _text.Append(' ', count);
        _column += count;
    }

    private void Write(string text)
    {
        _text.Append(text);
        _column += text.Length;
    }

    private void Put(char c)
    {
        _text.Append(c);
        _column++;
    }
}

/// <summary>Which of YAML's ways to write a text are open to it.</summary>
internal readonly record struct YamlScalarForm(bool PlainAllowed, bool SingleQuotedAllowed, bool BlockAllowed)
{
    public static YamlScalarForm Of(string text)
    {
        if (text.Length == 0)
        {
            return new YamlScalarForm(false, true, false);
        }

        var indicators = text.StartsWith("---", StringComparison.Ordinal) || text.StartsWith("...", StringComparison.Ordinal);
        var special = false;
        var tabs = false;
        var breaks = false;
        var spaceBeforeBreak = false;
        var breakBeforeSpace = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            var endsWord = i + 1 >= text.Length || text[i + 1] is ' ' or '\t' or '\n' or '\r';
            indicators |= i == 0
                ? c is '#' or ',' or '[' or ']' or '{' or '}' or '&' or '*' or '!' or '|' or '>' or '\'' or '"' or '%' or '@' or '`'
                  || (c is '?' or ':' or '-' && endsWord)
                : (c == ':' && endsWord) || (c == '#' && text[i - 1] is ' ' or '\t' or '\n');
            var isBreak = c is '\n' or '\r' or '\x85' or '\u2028' or '\u2029';
            breaks |= isBreak;
            tabs |= c == '\t';
            special |= c != '\t' && !isBreak && !char.IsSurrogate(c) && !IsPrintable(c);
            if (i > 0)
            {
                spaceBeforeBreak |= isBreak && text[i - 1] == ' ';
                breakBeforeSpace |= c == ' ' && text[i - 1] == '\n';
            }
        }

        var edges = text[0] is ' ' or '\n' || text[^1] is ' ' or '\n';
        var onlyDouble = spaceBeforeBreak || special || tabs;
        return new YamlScalarForm(
            PlainAllowed: !(indicators || edges || breaks || breakBeforeSpace || onlyDouble),
            SingleQuotedAllowed: !(breakBeforeSpace || onlyDouble),
            BlockAllowed: !(text[^1] == ' ' || spaceBeforeBreak || special));
    }

    public static bool IsPrintable(char c) =>
        c is (>= ' ' and <= '~') or (>= '\xa0' and <= '\ud7ff') or (>= '\ue000' and <= '\ufffd')
        && c is not ('\ufeff' or '\u2028' or '\u2029');
}

/// <summary>The order in which members are written: numbers in names by their worth, letters after everything else.</summary>
internal static class YamlOrder
{
    public static int Compare(string a, string b)
    {
        for (var i = 0; i < a.Length && i < b.Length; i++)
        {
            if (a[i] == b[i])
            {
                continue;
            }

            var letters = (char.IsLetter(a[i]), char.IsLetter(b[i]));
            if (letters is (true, true))
            {
                return a[i].CompareTo(b[i]);
            }

            if (letters is not (false, false))
            {
                return letters.Item2 ? -1 : 1;
            }

            return CompareNumbers(a, b, i);
        }

        return a.Length.CompareTo(b.Length);
    }

    private static int CompareNumbers(string a, string b, int at)
    {
        var start = 0L;
        if (a[at] == '0' || b[at] == '0')
        {
            for (var i = at - 1; i >= 0 && char.IsAsciiDigit(a[i]); i--)
            {
                if (a[i] != '0')
                {
                    start = 1;
                    break;
                }
            }
        }

        var (worthA, endA) = Number(a, at, start);
        var (worthB, endB) = Number(b, at, start);
        return worthA != worthB ? worthA.CompareTo(worthB) : endA != endB ? endA.CompareTo(endB) : a[at].CompareTo(b[at]);
    }

    private static (long Worth, int End) Number(string text, int from, long start)
    {
        while (from < text.Length && char.IsAsciiDigit(text[from]))
        {
            start = unchecked((start * 10) + (text[from++] - '0'));
        }

        return (start, from);
    }
}
