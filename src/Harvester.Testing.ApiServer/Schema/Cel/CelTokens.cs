using System.Globalization;
using System.Text;

namespace Harvester.Testing.ApiServer.Schema.Cel;

/// <summary>What a token is.</summary>
internal enum CelTokenKind
{
    /// <summary>The end of the text.</summary>
    End,

    /// <summary>A name.</summary>
    Name,

    /// <summary>A number, text, true, false or null.</summary>
    Literal,

    /// <summary>An operator or a bracket.</summary>
    Symbol,
}

/// <summary>A token of a CEL expression.</summary>
internal readonly record struct CelToken(CelTokenKind Kind, string Text, object? Value, int At);

/// <summary>Cuts CEL text into tokens.</summary>
internal static class CelTokens
{
    private static readonly string[] Symbols =
        ["&&", "||", "==", "!=", "<=", ">=", "<", ">", "+", "-", "*", "/", "%", "!", "?", ":", ".", ",", "(", ")", "[", "]", "{", "}"];

    /// <summary>All tokens of a text, the end last.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="CelSyntaxException">A token is none.</exception>
    public static List<CelToken> Read(string text)
    {
        var tokens = new List<CelToken>();
        var at = 0;
        while (true)
        {
            while (at < text.Length && (char.IsWhiteSpace(text[at]) || (text[at] == '/' && at + 1 < text.Length && text[at + 1] == '/')))
            {
                // A comment ends with its line.
                at = text[at] == '/' ? EndOfLine(text, at) : at + 1;
            }

            if (at >= text.Length)
            {
                tokens.Add(new CelToken(CelTokenKind.End, "", null, at));
                return tokens;
            }

            tokens.Add(Next(text, ref at));
        }
    }

    private static int EndOfLine(string text, int at)
    {
        var end = text.IndexOf('\n', at);
        return end < 0 ? text.Length : end;
    }

    private static CelToken Next(string text, ref int at)
    {
        var start = at;
        var c = text[at];
        if (char.IsAsciiDigit(c) || (c == '.' && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1])))
        {
            return Number(text, ref at);
        }

        var raw = c is 'r' or 'R' && at + 1 < text.Length && text[at + 1] is '"' or '\'';
        if (c is '"' or '\'' || raw)
        {
            at += raw ? 1 : 0;
            return new CelToken(CelTokenKind.Literal, "", Quoted(text, ref at, raw), start);
        }

        if (char.IsAsciiLetter(c) || c == '_')
        {
            while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] == '_'))
            {
                at++;
            }

            var name = text[start..at];
            return name switch
            {
                "true" => new CelToken(CelTokenKind.Literal, name, true, start),
                "false" => new CelToken(CelTokenKind.Literal, name, false, start),
                "null" => new CelToken(CelTokenKind.Literal, name, null, start),
                "in" => new CelToken(CelTokenKind.Symbol, name, null, start),
                _ => new CelToken(CelTokenKind.Name, name, null, start),
            };
        }

        foreach (var symbol in Symbols)
        {
            if (string.CompareOrdinal(text, at, symbol, 0, symbol.Length) == 0)
            {
                at += symbol.Length;
                return new CelToken(CelTokenKind.Symbol, symbol, null, start);
            }
        }

        throw new CelSyntaxException($"Syntax error: token recognition error at: '{c}'");
    }

    private static CelToken Number(string text, ref int at)
    {
        var start = at;
        if (text[at] == '0' && at + 1 < text.Length && text[at + 1] is 'x' or 'X')
        {
            at += 2;
            while (at < text.Length && char.IsAsciiHexDigit(text[at]))
            {
                at++;
            }

            return long.TryParse(text[(start + 2)..at], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var hex)
                ? new CelToken(CelTokenKind.Literal, text[start..at], hex, start)
                : throw new CelSyntaxException("Syntax error: invalid int literal");
        }

        var isFloat = false;
        while (at < text.Length)
        {
            if (text[at] is 'e' or 'E')
            {
                isFloat = true;
                at += at + 1 < text.Length && text[at + 1] is '+' or '-' ? 2 : 1;
            }
            else if (char.IsAsciiDigit(text[at]))
            {
                at++;
            }
            else if (text[at] == '.' && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1]))
            {
                isFloat = true;
                at++;
            }
            else
            {
                break;
            }
        }

        if (at < text.Length && text[at] is 'u' or 'U')
        {
            throw new CelNotSupportedException("the type uint");
        }

        var digits = text[start..at];
        if (isFloat && double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            return new CelToken(CelTokenKind.Literal, digits, number, start);
        }

        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var integer)
            ? new CelToken(CelTokenKind.Literal, digits, integer, start)
            : throw new CelSyntaxException("Syntax error: invalid int literal");
    }

    private static string Quoted(string text, ref int at, bool raw)
    {
        var quote = text[at].ToString();
        quote = string.CompareOrdinal(text, at, new string(quote[0], 3), 0, 3) == 0 ? new string(quote[0], 3) : quote;
        at += quote.Length;
        var value = new StringBuilder();
        while (at < text.Length)
        {
            if (string.CompareOrdinal(text, at, quote, 0, quote.Length) == 0)
            {
                at += quote.Length;
                return value.ToString();
            }

            if (text[at] == '\\' && !raw && at + 1 < text.Length)
            {
                at++;
                Escape(text, ref at, value);
            }
            else
            {
                value.Append(text[at++]);
            }
        }

        throw new CelSyntaxException("Syntax error: token recognition error: text without end");
    }

    private static void Escape(string text, ref int at, StringBuilder value)
    {
        var c = text[at++];
        var digits = c switch { 'x' or 'X' => 2, 'u' => 4, 'U' => 8, _ => 0 };
        if (digits > 0)
        {
            if (at + digits > text.Length
                || !int.TryParse(text.AsSpan(at, digits), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var code)
                || !Rune.IsValid(code))
            {
                throw new CelSyntaxException("Syntax error: invalid escape sequence");
            }

            value.Append(new Rune(code));
            at += digits;
            return;
        }

        value.Append(c switch
        {
            'a' => '\a',
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'v' => '\v',
            '\\' or '\'' or '"' or '`' or '?' => c,
            _ => throw new CelSyntaxException("Syntax error: invalid escape sequence"),
        });
    }
}
