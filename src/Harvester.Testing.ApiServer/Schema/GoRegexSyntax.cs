using System.Text;

namespace Harvester.Testing.ApiServer.Schema;

/// <summary>
/// Whether text is a regular expression of Go's syntax, and if not, why, in the words of Go's parser. It reads once from left
/// to right and builds nothing.
/// </summary>
internal sealed class GoRegexSyntax
{
    private const int DepthLimit = 1000;
    private const int RepeatLimit = 1000;

    private static readonly HashSet<string> PosixNames = new(StringComparer.Ordinal)
    {
        "alnum", "alpha", "ascii", "blank", "cntrl", "digit", "graph", "lower", "print", "punct", "space", "upper", "word", "xdigit",
    };

    private readonly string _pattern;
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private int _at;

    private GoRegexSyntax(string pattern) => _pattern = pattern;

    private bool AtEnd => _at >= _pattern.Length;

    /// <summary>Why the text is no pattern, or null.</summary>
    /// <param name="pattern">The text.</param>
    public static string? ErrorOf(string pattern)
    {
        try
        {
            new GoRegexSyntax(pattern).Read();
            return null;
        }
        catch (FormatException failure)
        {
            return "error parsing regexp: " + failure.Message;
        }
    }

    private static FormatException Failure(string code, string text) => new($"{code}: `{text}`");

    private void Read()
    {
        var depth = 0;
        var hasOperand = false;
        var repeatedFrom = -1;
        while (!AtEnd)
        {
            var start = _at;
            var c = _pattern[_at];
            switch (c)
            {
                case '(':
                    if (++depth > DepthLimit)
                    {
                        throw Failure("expression nests too deeply", _pattern);
                    }

                    // A group of flags alone, such as (?i), is no operand and opens nothing.
                    depth -= OpenGroup() ? 0 : 1;
                    hasOperand = false;
                    repeatedFrom = -1;
                    continue;
                case ')':
                    if (--depth < 0)
                    {
                        throw Failure("unexpected )", _pattern);
                    }

                    _at++;
                    hasOperand = true;
                    break;
                case '|':
                    _at++;
                    hasOperand = false;
                    break;
                case '*' or '+' or '?':
                    _at++;
                    repeatedFrom = Repeated(start, hasOperand, repeatedFrom);
                    continue;
                case '{' when Braces() is { } end:
                    _at = end;
                    repeatedFrom = Repeated(start, hasOperand, repeatedFrom);
                    continue;
                case '[':
                    ReadClass();
                    hasOperand = true;
                    break;
                case '\\':
                    ReadEscape(inClass: false);
                    hasOperand = true;
                    break;
                default:
                    _at++;
                    hasOperand = true;
                    break;
            }

            repeatedFrom = -1;
        }

        if (depth > 0)
        {
            throw Failure("missing closing )", _pattern);
        }
    }

    private int Repeated(int start, bool hasOperand, int repeatedFrom)
    {
        if (!AtEnd && _pattern[_at] == '?')
        {
            _at++;
        }

        if (!hasOperand)
        {
            throw Failure("missing argument to repetition operator", _pattern[start..(start + (_pattern[start] == '{' ? _at - start : 1))]);
        }

        return repeatedFrom >= 0
            ? throw Failure("invalid nested repetition operator", _pattern[repeatedFrom.._at])
            : start;
    }

    // What looks like {2}, {2,} or {2,3} repeats; anything else in braces is text.
    private int? Braces()
    {
        var at = _at + 1;
        if (ReadNumber(ref at) is not { } least)
        {
            return null;
        }

        var most = least;
        if (at < _pattern.Length && _pattern[at] == ',')
        {
            at++;
            if (at < _pattern.Length && _pattern[at] != '}')
            {
                if (ReadNumber(ref at) is not { } limit)
                {
                    return null;
                }

                most = limit;
            }
            else
            {
                most = Math.Max(least, 0);
            }
        }

        if (at >= _pattern.Length || _pattern[at] != '}')
        {
            return null;
        }

        at++;
        return least > RepeatLimit || most > RepeatLimit || least > most
            ? throw Failure("invalid repeat count", _pattern[_at..at])
            : at;
    }

    private int? ReadNumber(ref int at)
    {
        var start = at;
        var number = 0;
        while (at < _pattern.Length && char.IsAsciiDigit(_pattern[at]))
        {
            number = Math.Min(number * 10 + _pattern[at] - '0', RepeatLimit + 1);
            at++;
        }

        // A number does not start with a zero unless it is zero.
        return at == start || (at - start > 1 && _pattern[start] == '0') ? null : number;
    }

    // Returns false for flags that open no group.
    private bool OpenGroup()
    {
        var start = _at++;
        if (AtEnd || _pattern[_at] != '?')
        {
            return true;
        }

        var rest = _pattern[start..];
        var named = rest.StartsWith("(?P<", StringComparison.Ordinal) ? 4 : rest.StartsWith("(?<", StringComparison.Ordinal) ? 3 : 0;
        if (named > 0 && (named == 4 || rest.Length < 4 || rest[3] is not ('=' or '!')))
        {
            var end = rest.IndexOf('>', StringComparison.Ordinal);
            if (end < 0)
            {
                throw Failure("invalid named capture", rest);
            }

            var capture = rest[..(end + 1)];
            var name = rest[named..end];
            if (name.Length == 0 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
            {
                throw Failure("invalid named capture", capture);
            }

            if (!_names.Add(name))
            {
                throw Failure("duplicate capture group name", name);
            }

            _at = start + end + 1;
            return true;
        }

        var negated = false;
        var flagged = false;
        for (_at++; !AtEnd; _at++)
        {
            switch (_pattern[_at])
            {
                case 'i' or 'm' or 's' or 'U':
                    flagged = true;
                    continue;
                case '-' when !negated:
                    negated = true;
                    flagged = false;
                    continue;
                case ':' or ')' when !negated || flagged:
                    return _pattern[_at++] == ':';
                default:
                    _at++;
                    throw Failure("invalid or unsupported Perl syntax", _pattern[start.._at]);
            }
        }

        throw Failure("missing closing )", _pattern);
    }

    private void ReadClass()
    {
        var start = _at++;
        if (!AtEnd && _pattern[_at] == '^')
        {
            _at++;
        }

        for (var first = true; AtEnd || _pattern[_at] != ']' || first; first = false)
        {
            if (AtEnd)
            {
                throw Failure("missing closing ]", _pattern[start..]);
            }

            // A minus stands for itself only at either end of a class.
            if (_pattern[_at] == '-' && !first && !(_at + 1 < _pattern.Length && _pattern[_at + 1] == ']'))
            {
                var size = _at + 1 < _pattern.Length ? 2 : 1;
                throw Failure("invalid character class range", _pattern.Substring(_at, size));
            }

            if (_pattern[_at] == '[' && ReadPosix())
            {
                continue;
            }

            var from = _at;
            if (ReadCharacter(start) is not { } low)
            {
                continue;
            }

            if (_at + 1 < _pattern.Length && _pattern[_at] == '-' && _pattern[_at + 1] != ']')
            {
                _at++;
                if (ReadCharacter(start) is { } high && high < low)
                {
                    throw Failure("invalid character class range", _pattern[from.._at]);
                }
            }
        }

        _at++;
    }

    private bool ReadPosix()
    {
        var end = _at + 1 < _pattern.Length && _pattern[_at + 1] == ':'
            ? _pattern.IndexOf(":]", _at + 2, StringComparison.Ordinal)
            : -1;
        if (end < 0)
        {
            return false;
        }

        var text = _pattern[_at..(end + 2)];
        if (!PosixNames.Contains(_pattern[(_at + 2)..end].TrimStart('^')))
        {
            throw Failure("invalid character class range", text);
        }

        _at = end + 2;
        return true;
    }

    // A character of a class, or null for a whole class such as \d.
    private int? ReadCharacter(int classStart)
    {
        if (AtEnd)
        {
            throw Failure("missing closing ]", _pattern[classStart..]);
        }

        if (_pattern[_at] == '\\')
        {
            return ReadEscape(inClass: true);
        }

        var rune = Rune.TryGetRuneAt(_pattern, _at, out var found) ? found : Rune.ReplacementChar;
        _at += Rune.TryGetRuneAt(_pattern, _at, out _) ? rune.Utf16SequenceLength : 1;
        return rune.Value;
    }

    private int? ReadEscape(bool inClass)
    {
        var start = _at++;
        if (AtEnd)
        {
            throw Failure("trailing backslash at end of expression", "");
        }

        var c = _pattern[_at++];
        switch (c)
        {
            case 'd' or 'D' or 's' or 'S' or 'w' or 'W':
                return null;
            case 'A' or 'b' or 'B' or 'z' or 'C' when !inClass:
                return c == 'C' ? throw Failure("invalid escape sequence", "\\C") : null;
            case 'Q' when !inClass:
                var end = _pattern.IndexOf("\\E", _at, StringComparison.Ordinal);
                _at = end < 0 ? _pattern.Length : end + 2;
                return null;
            case 'p' or 'P':
                return ReadUnicodeClass(start);
            case 'a':
                return 7;
            case 'f' or 'n' or 'r' or 't' or 'v':
                return c switch { 'f' => 12, 'n' => 10, 'r' => 13, 't' => 9, _ => 11 };
            case 'x':
                return ReadHex(start);
            case '0':
                return ReadOctal(0);
            case >= '1' and <= '7' when !AtEnd && _pattern[_at] is >= '0' and <= '7':
                return ReadOctal(c - '0');
            case < '\x80' when !char.IsAsciiLetterOrDigit(c):
                return c;
            default:
                throw Failure("invalid escape sequence", _pattern[start.._at]);
        }
    }

    private int? ReadUnicodeClass(int start)
    {
        if (AtEnd)
        {
            throw Failure("invalid character class range", _pattern[start..]);
        }

        if (_pattern[_at++] == '{')
        {
            var end = _pattern.IndexOf('}', _at);
            if (end < 0)
            {
                throw Failure("invalid character class range", _pattern[start..]);
            }

            _at = end + 1;
        }

        if (!GoRegex.IsUnicodeClass(_pattern[(start + 2).._at].Trim('{', '}').TrimStart('^')))
        {
            throw Failure("invalid character class range", _pattern[start.._at]);
        }

        return null;
    }

    private int ReadOctal(int value)
    {
        for (var i = 0; i < 2 && !AtEnd && _pattern[_at] is >= '0' and <= '7'; i++)
        {
            value = value * 8 + _pattern[_at++] - '0';
        }

        return value;
    }

    private int ReadHex(int start)
    {
        var value = 0;
        if (!AtEnd && _pattern[_at] == '{')
        {
            var digits = 0;
            for (_at++; !AtEnd && char.IsAsciiHexDigit(_pattern[_at]); _at++, digits++)
            {
                value = value * 16 + Convert.ToInt32(_pattern[_at].ToString(), 16);
                if (value > 0x10FFFF)
                {
                    break;
                }
            }

            if (digits == 0 || value > 0x10FFFF || AtEnd || _pattern[_at] != '}')
            {
                throw Failure("invalid escape sequence", _pattern[start..Math.Min(_at + 1, _pattern.Length)]);
            }

            _at++;
            return value;
        }

        for (var i = 0; i < 2; i++, _at++)
        {
            if (AtEnd || !char.IsAsciiHexDigit(_pattern[_at]))
            {
                throw Failure("invalid escape sequence", _pattern[start..Math.Min(_at + 1, _pattern.Length)]);
            }

            value = value * 16 + Convert.ToInt32(_pattern[_at].ToString(), 16);
        }

        return value;
    }
}
