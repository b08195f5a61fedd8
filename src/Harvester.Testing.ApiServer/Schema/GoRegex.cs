using System.Text;
using System.Text.RegularExpressions;

namespace Harvester.Testing.ApiServer.Schema;

/// <summary>
/// Go's regular expressions on .NET's engine without backtracking, which like Go's takes linear time whatever the pattern.
/// What differs is rewritten: <c>$</c> means the very end, the Perl classes are ASCII, a class has no subtraction.
/// </summary>
internal static class GoRegex
{
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    private static readonly Dictionary<char, string> PerlClasses = new()
    {
        ['d'] = "0-9",
        ['w'] = "0-9A-Za-z_",
        ['s'] = @"\t\n\f\r ",
    };

    private static readonly Dictionary<string, string> PosixClasses = new()
    {
        ["alnum"] = "0-9A-Za-z",
        ["alpha"] = "A-Za-z",
        ["ascii"] = @"\x00-\x7F",
        ["blank"] = @"\t ",
        ["cntrl"] = @"\x00-\x1F\x7F",
        ["digit"] = "0-9",
        ["graph"] = "!-~",
        ["lower"] = "a-z",
        ["print"] = " -~",
        ["punct"] = @"!-/:-@\[-`{-~",
        ["space"] = @"\t\n\v\f\r ",
        ["upper"] = "A-Z",
        ["word"] = "0-9A-Za-z_",
        ["xdigit"] = "0-9A-Fa-f",
    };

    private static readonly HashSet<string> Categories = new(StringComparer.Ordinal)
    {
        "Any", "C", "Cc", "Cf", "Co", "Cs", "L", "Ll", "Lm", "Lo", "Lt", "Lu", "M", "Mc", "Me", "Mn", "N", "Nd", "Nl", "No", "P", "Pc",
        "Pd", "Pe", "Pf", "Pi", "Po", "Ps", "S", "Sc", "Sk", "Sm", "So", "Z", "Zl", "Zp", "Zs",
    };

    // Go knows scripts where .NET knows blocks. These are the ranges of the commonest.
    private static readonly Dictionary<string, string> Scripts = new(StringComparer.Ordinal)
    {
        ["Arabic"] = @"\u0600-\u0604\u0606-\u060B\u060D-\u061A\u061C-\u061E\u0620-\u063F\u0641-\u064A\u0656-\u066F\u0671-\u06DC\u06DE-\u06FF\u0750-\u077F\u0870-\u088E\u0890-\u0891\u0897-\u08E1\u08E3-\u08FF\uFB50-\uFDFF\uFE70-\uFEFC",
        ["Cyrillic"] = @"\u0400-\u0484\u0487-\u052F\u1C80-\u1C8A\u1D2B\u1D78\u2DE0-\u2DFF\uA640-\uA69F\uFE2E-\uFE2F",
        ["Greek"] = @"\u0370-\u0373\u0375-\u0377\u037A-\u037D\u037F\u0384\u0386\u0388-\u038A\u038C\u038E-\u03A1\u03A3-\u03E1\u03F0-\u03FF\u1D26-\u1D2A\u1D5D-\u1D61\u1D66-\u1D6A\u1DBF\u1F00-\u1FFE\u2126\uAB65",
        ["Han"] = @"\u2E80-\u2E99\u2E9B-\u2EF3\u2F00-\u2FD5\u3005\u3007\u3021-\u3029\u3038-\u303B\u3400-\u4DBF\u4E00-\u9FFF\uF900-\uFA6D\uFA70-\uFAD9",
        ["Hangul"] = @"\u1100-\u11FF\u302E-\u302F\u3131-\u318E\u3200-\u321E\u3260-\u327E\uA960-\uA97C\uAC00-\uD7A3\uD7B0-\uD7FB\uFFA0-\uFFDC",
        ["Hebrew"] = @"\u0591-\u05C7\u05D0-\u05EA\u05EF-\u05F4\uFB1D-\uFB4F",
        ["Hiragana"] = @"\u3041-\u3096\u309D-\u309F",
        ["Katakana"] = @"\u30A1-\u30FA\u30FD-\u30FF\u31F0-\u31FF\u32D0-\u32FE\u3300-\u3357\uFF66-\uFF6F\uFF71-\uFF9D",
        ["Latin"] = @"A-Za-z\u00AA\u00BA\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02B8\u02E0-\u02E4\u1D00-\u1D25\u1D2C-\u1D5C\u1D62-\u1D65\u1D6B-\u1D77\u1D79-\u1DBE\u1E00-\u1EFF\u2071\u207F\u2090-\u209C\u212A-\u212B\u2132\u214E\u2160-\u2188\u2C60-\u2C7F\uA722-\uA787\uA78B-\uA7CD\uA7F2-\uA7FF\uAB30-\uAB5A\uAB5C-\uAB64\uFB00-\uFB06\uFF21-\uFF3A\uFF41-\uFF5A",
        ["Thai"] = @"\u0E01-\u0E3A\u0E40-\u0E5B",
    };

    /// <summary>True for a category or script that can follow <c>\p</c>.</summary>
    /// <param name="name">Its name.</param>
    public static bool IsUnicodeClass(string name) => Categories.Contains(name) || Scripts.ContainsKey(name);

    /// <summary>Compiles a pattern.</summary>
    /// <param name="pattern">The pattern in Go's syntax.</param>
    /// <exception cref="ArgumentException">The pattern is none, or uses what has no counterpart here.</exception>
    public static Regex Compile(string pattern)
    {
        try
        {
            return new Regex(Translate(pattern), Options);
        }
        catch (NotSupportedException unsupported)
        {
            throw new ArgumentException(unsupported.Message, nameof(pattern), unsupported);
        }
    }

    private static string Translate(string pattern)
    {
        var result = new StringBuilder(pattern.Length);
        var inClass = false;
        var multiline = false;
        for (var i = 0; i < pattern.Length; i++)
        {
            var c = pattern[i];
            if (c == '\\' && i + 1 < pattern.Length)
            {
                i = Escape(pattern, i + 1, inClass, result);
            }
            else if (inClass)
            {
                if (c == '[' && Posix(pattern, i) is { } posix)
                {
                    result.Append(posix.Ranges);
                    i += posix.Length - 1;
                }
                else
                {
                    result.Append(c == '[' ? @"\[" : c.ToString());
                    inClass = c != ']';
                }
            }
            else if (c == '[')
            {
                inClass = true;
                result.Append(c);
                if (i + 1 < pattern.Length && pattern[i + 1] == '^')
                {
                    result.Append(pattern[++i]);
                }

                // A closing bracket that comes first stands for itself.
                if (i + 1 < pattern.Length && pattern[i + 1] == ']')
                {
                    i++;
                    result.Append(@"\]");
                }
            }
            else if (c == '$')
            {
                result.Append(multiline ? "$" : @"\z");
            }
            else if (c == '(' && string.CompareOrdinal(pattern, i, "(?P<", 0, 4) == 0)
            {
                result.Append("(?<");
                i += 3;
            }
            else
            {
                if (c == '(' && i + 1 < pattern.Length && pattern[i + 1] == '?')
                {
                    var flags = pattern[(i + 2)..].TakeWhile(f => char.IsAsciiLetter(f)).ToArray();
                    multiline |= flags.Contains('m');
                }

                result.Append(c);
            }
        }

        return result.ToString();
    }

    private static int Escape(string pattern, int at, bool inClass, StringBuilder result)
    {
        var c = pattern[at];
        if (PerlClasses.TryGetValue(c, out var ranges))
        {
            result.Append(inClass ? ranges : $"[{ranges}]");
        }
        else if (!inClass && PerlClasses.TryGetValue(char.ToLowerInvariant(c), out ranges))
        {
            result.Append($"[^{ranges}]");
        }
        else if (c is 'p' or 'P' && at + 1 < pattern.Length)
        {
            return UnicodeClass(pattern, at, inClass, result);
        }
        else if (c == 'x' && at + 1 < pattern.Length && pattern[at + 1] == '{' && pattern.IndexOf('}', at) is var end && end > 0)
        {
            AppendRune(Convert.ToInt32(pattern[(at + 2)..end], 16), result);
            return end;
        }
        else if (c is >= '0' and <= '7')
        {
            var value = 0;
            for (var i = 0; i < 3 && at < pattern.Length && pattern[at] is >= '0' and <= '7'; i++, at++)
            {
                value = value * 8 + pattern[at] - '0';
            }

            AppendRune(value, result);
            return at - 1;
        }
        else if (c == 'Q' && !inClass)
        {
            var stop = pattern.IndexOf("\\E", at, StringComparison.Ordinal);
            result.Append(Regex.Escape(stop < 0 ? pattern[(at + 1)..] : pattern[(at + 1)..stop]).Replace("}", @"\}"));
            return stop < 0 ? pattern.Length : stop + 1;
        }
        else
        {
            result.Append('\\').Append(c);
        }

        return at;
    }

    private static int UnicodeClass(string pattern, int at, bool inClass, StringBuilder result)
    {
        var negated = pattern[at] == 'P';
        var end = pattern[at + 1] == '{' ? pattern.IndexOf('}', at) : at + 1;
        var name = pattern[(at + 1)..(end + 1)].Trim('{', '}');
        if (name.StartsWith('^'))
        {
            negated = !negated;
            name = name[1..];
        }

        if (!Scripts.TryGetValue(name, out var ranges))
        {
            result.Append(name == "Any" ? @"[\s\S]" : $@"\{(negated ? 'P' : 'p')}{{{name}}}");
            return end;
        }

        if (inClass && negated)
        {
            throw new ArgumentException($"the negated script {name} inside a character class", nameof(pattern));
        }

        result.Append(inClass ? ranges : $"[{(negated ? "^" : "")}{ranges}]");
        return end;
    }

    private static void AppendRune(int value, StringBuilder result)
    {
        foreach (var c in char.ConvertFromUtf32(value))
        {
            result.Append($"\\u{(int)c:X4}");
        }
    }

    private static (string Ranges, int Length)? Posix(string pattern, int at)
    {
        var end = pattern.IndexOf(":]", at, StringComparison.Ordinal);
        return end > at + 2 && pattern[at + 1] == ':' && PosixClasses.TryGetValue(pattern[(at + 2)..end], out var ranges)
            ? (ranges, end + 2 - at)
            : null;
    }
}
