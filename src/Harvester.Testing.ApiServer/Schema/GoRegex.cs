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
        else if (c is 'p' or 'P' && at + 1 < pattern.Length && pattern[at + 1] != '{')
        {
            result.Append('\\').Append(c).Append('{').Append(pattern[++at]).Append('}');
        }
        else
        {
            result.Append('\\').Append(c);
        }

        return at;
    }

    private static (string Ranges, int Length)? Posix(string pattern, int at)
    {
        var end = pattern.IndexOf(":]", at, StringComparison.Ordinal);
        return end > at + 2 && pattern[at + 1] == ':' && PosixClasses.TryGetValue(pattern[(at + 2)..end], out var ranges)
            ? (ranges, end + 2 - at)
            : null;
    }
}
