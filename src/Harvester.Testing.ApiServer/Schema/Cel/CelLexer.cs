using System.Text;

namespace Harvester.Testing.ApiServer.Schema.Cel;

/// <summary>Cuts an expression into tokens. What is none is reported and left out, so that the parser goes on behind it.</summary>
internal sealed class CelLexer
{
    private static readonly string[] Symbols =
    [
        "==", "!=", "<=", ">=", "&&", "||", "<", ">", "[", "]", "{", "}", "(", ")", ".", ",", "-", "!", "?", ":", "+", "*", "/", "%",
    ];

    private static readonly HashSet<string> Keywords = new(StringComparer.Ordinal) { "in", "true", "false", "null" };

    private readonly CelSource _source;
    private readonly Rune[] _text;
    private int _at;

    private CelLexer(CelSource source)
    {
        _source = source;
        _text = source.Runes;
    }

    /// <summary>All tokens of an expression; the last is its end.</summary>
    /// <param name="source">The expression.</param>
    public static List<CelToken> Read(CelSource source)
    {
        var lexer = new CelLexer(source);
        var tokens = new List<CelToken>();
        while (lexer.Next() is { } token)
        {
            tokens.Add(token);
        }

        tokens.Add(new CelToken(CelTokenKind.End, "<EOF>", lexer._text.Length, lexer._text.Length));
        return tokens;
    }

    private int Peek(int ahead = 0) => _at + ahead < _text.Length ? _text[_at + ahead].Value : -1;

    private CelToken? Next()
    {
        while (_at < _text.Length)
        {
            var c = Peek();
            if (c is ' ' or '\t' or '\r' or '\n' or '\f')
            {
                _at++;
                continue;
            }

            if (c == '/' && Peek(1) == '/')
            {
                while (_at < _text.Length && Peek() != '\n')
                {
                    _at++;
                }

                continue;
            }

            var start = _at;
            if (ReadText() is { } text)
            {
                return text;
            }

            if (_at > start)
            {
                continue;
            }

            if (IsDigit(c) || (c == '.' && IsDigit(Peek(1))))
            {
                return ReadNumber();
            }

            if (IsLetter(c))
            {
                return ReadIdentifier();
            }

            if (c == '`' && ReadEscaped() is { } escaped)
            {
                return escaped;
            }

            if (ReadSymbol() is { } symbol)
            {
                return symbol;
            }

            // Of a symbol of two characters with a wrong second one both are left out.
            var length = c is '=' or '&' or '|' && Peek(1) >= 0 ? 2 : 1;
            Unknown(start, start + length);
        }

        return null;
    }

    private void Unknown(int start, int end)
    {
        _source.Report(start, $"Syntax error: token recognition error at: '{Shown(_source.Slice(start, end))}'");
        _at = end;
    }

    private static string Shown(string text) => text.Replace("\n", "\\n").Replace("\r", "\\r").Replace("\t", "\\t");

    private CelToken? ReadSymbol()
    {
        foreach (var symbol in Symbols)
        {
            if (Peek() == symbol[0] && (symbol.Length == 1 || Peek(1) == symbol[1]))
            {
                var start = _at;
                _at += symbol.Length;
                return new CelToken(CelTokenKind.Symbol, symbol, start, _at);
            }
        }

        return null;
    }

    private CelToken ReadIdentifier()
    {
        var start = _at;
        while (IsLetter(Peek()) || IsDigit(Peek()))
        {
            _at++;
        }

        var text = _source.Slice(start, _at);
        return new CelToken(Keywords.Contains(text) ? CelTokenKind.Symbol : CelTokenKind.Identifier, text, start, _at);
    }

    private CelToken? ReadEscaped()
    {
        var end = _at + 1;
        while (end < _text.Length && (IsLetter(_text[end].Value) || IsDigit(_text[end].Value) || _text[end].Value is '.' or '-' or '/' or ' '))
        {
            end++;
        }

        if (end >= _text.Length || _text[end].Value != '`' || end == _at + 1)
        {
            return null;
        }

        var start = _at;
        _at = end + 1;
        return new CelToken(CelTokenKind.EscapedIdentifier, _source.Slice(start, _at), start, _at);
    }

    private CelToken ReadNumber()
    {
        var start = _at;
        var kind = CelTokenKind.Int;
        if (Peek() == '0' && Peek(1) == 'x' && IsHex(Peek(2)))
        {
            _at += 2;
            while (IsHex(Peek()))
            {
                _at++;
            }
        }
        else
        {
            SkipDigits();
            if (Peek() == '.' && IsDigit(Peek(1)))
            {
                kind = CelTokenKind.Float;
                _at++;
                SkipDigits();
            }

            var sign = Peek(1) is '+' or '-' ? 1 : 0;
            if (Peek() is 'e' or 'E' && IsDigit(Peek(1 + sign)))
            {
                kind = CelTokenKind.Float;
                _at += 1 + sign;
                SkipDigits();
            }
        }

        if (kind == CelTokenKind.Int && Peek() is 'u' or 'U')
        {
            kind = CelTokenKind.Uint;
            _at++;
        }

        return new CelToken(kind, _source.Slice(start, _at), start, _at);
    }

    private void SkipDigits()
    {
        while (IsDigit(Peek()))
        {
            _at++;
        }
    }

    // Text, with the letters before it that make it raw or bytes.
    private CelToken? ReadText()
    {
        var prefix = 0;
        var raw = false;
        var bytes = false;
        while (prefix < 2 && Peek(prefix) is 'r' or 'R' or 'b' or 'B')
        {
            var isRaw = Peek(prefix) is 'r' or 'R';
            if (isRaw ? raw : bytes || raw)
            {
                return null;
            }

            raw |= isRaw;
            bytes |= !isRaw;
            prefix++;
        }

        var quote = Peek(prefix);
        if (quote is not ('"' or '\''))
        {
            return null;
        }

        var start = _at;
        var triple = Peek(prefix + 1) == quote && Peek(prefix + 2) == quote;
        var at = _at + prefix + (triple ? 3 : 1);
        for (; at < _text.Length; at++)
        {
            var c = _text[at].Value;
            if (c == quote && (!triple || (At(at + 1) == quote && At(at + 2) == quote)))
            {
                _at = at + (triple ? 3 : 1);
                return new CelToken(bytes ? CelTokenKind.Bytes : CelTokenKind.String, _source.Slice(start, _at), start, _at);
            }

            if (!triple && c is '\n' or '\r')
            {
                Unknown(start, at + 1);
                return null;
            }

            if (c == '\\' && !raw)
            {
                var length = EscapeLength(at + 1);
                if (length <= 0)
                {
                    Unknown(start, Math.Min(at + 2 - length, _text.Length));
                    return null;
                }

                at += length;
            }
        }

        Unknown(start, _text.Length);
        return null;
    }

    private int At(int at) => at < _text.Length ? _text[at].Value : -1;

    // How many characters follow the backslash; if not enough do, minus the number of those that fit.
    private int EscapeLength(int at)
    {
        var (count, isDigit) = At(at) switch
        {
            'a' or 'b' or 'f' or 'n' or 'r' or 't' or 'v' or '"' or '\'' or '\\' or '?' or '`' => (0, (Func<int, bool>)IsHex),
            'x' or 'X' => (2, IsHex),
            'u' => (4, IsHex),
            'U' => (8, IsHex),
            >= '0' and <= '3' => (2, c => c is >= '0' and <= '7'),
            _ => (-1, IsHex),
        };
        if (count < 0)
        {
            return 0;
        }

        for (var i = 1; i <= count; i++)
        {
            if (!isDigit(At(at + i)))
            {
                return -i;
            }
        }

        return count + 1;
    }

    private static bool IsDigit(int c) => c is >= '0' and <= '9';

    private static bool IsHex(int c) => c is (>= '0' and <= '9') or (>= 'a' and <= 'f') or (>= 'A' and <= 'F');

    private static bool IsLetter(int c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or '_';
}
