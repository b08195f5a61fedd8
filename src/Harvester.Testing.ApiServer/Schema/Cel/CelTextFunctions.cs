using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Harvester.Testing.ApiServer.Schema.Cel;

/// <summary>Functions on text. Positions count characters, and patterns run on the engine that does not backtrack.</summary>
internal static class CelTextFunctions
{
    private const int PatternLimit = 512;

    private static readonly Dictionary<string, Regex> Patterns = new(StringComparer.Ordinal);

    /// <summary>Calls a function on text; null when it is none.</summary>
    public static object? Call(string function, object[] arguments)
    {
        if (function == "strings.quote")
        {
            return arguments[0] is string quoted ? GoText.Quote(quoted) : CelFault.NoSuchOverload;
        }

        if (arguments is not [string text, .. var rest])
        {
            return null;
        }

        switch (function, rest)
        {
            case ("contains", [string part]):
                return text.Contains(part, StringComparison.Ordinal);
            case ("startsWith", [string start]):
                return text.StartsWith(start, StringComparison.Ordinal);
            case ("endsWith", [string end]):
                return text.EndsWith(end, StringComparison.Ordinal);
            case ("matches", [string pattern]):
                return Compile(pattern, out var regex) is { } wrong ? new CelFault(wrong) : regex!.IsMatch(text);
            case ("find", [string pattern]):
                return Compile(pattern, out var finder) is { } bad ? new CelFault("Illegal regex: " + bad) : finder!.Match(text).Value;
            case ("findAll", [string pattern]):
                return FindAll(text, pattern, -1);
            case ("findAll", [string pattern, long most]):
                return FindAll(text, pattern, most);
            case ("lowerAscii", []):
                return Map(text, c => c is >= 'A' and <= 'Z' ? (char)(c + 32) : c);
            case ("upperAscii", []):
                return Map(text, c => c is >= 'a' and <= 'z' ? (char)(c - 32) : c);
            case ("trim", []):
                return text.Trim();
            case ("format", [CelList values]):
                return CelFormatting.Format(text, values);
            case ("charAt", [long at]):
                var runes = Runes(text);
                return at < 0 || at > runes.Length ? OutOfRange(at) : at == runes.Length ? "" : runes[at].ToString();
            case ("substring", [long start]):
                return Substring(text, start, null);
            case ("substring", [long start, long end]):
                return Substring(text, start, end);
            case ("indexOf", [string part]):
                return IndexOf(text, part, 0);
            case ("indexOf", [string part, long start]):
                return IndexOf(text, part, start);
            case ("lastIndexOf", [string part]):
                return part.Length == 0 ? (long)CelValues.Length(text) : LastIndexOf(text, part, long.MaxValue);
            case ("lastIndexOf", [string part, long start]):
                return start < 0 || start >= CelValues.Length(text) ? OutOfRange(start) : LastIndexOf(text, part, start);
            case ("replace", [string old, string replacement]):
                return Replace(text, old, replacement, -1);
            case ("replace", [string old, string replacement, long most]):
                return Replace(text, old, replacement, most);
            case ("split", [string separator]):
                return Split(text, separator, -1);
            case ("split", [string separator, long most]):
                return Split(text, separator, most);
            default:
                return null;
        }
    }

    /// <summary>Compiles a pattern, or tells why it is none.</summary>
    public static string? Compile(string pattern, out Regex? regex)
    {
        lock (Patterns)
        {
            if (Patterns.TryGetValue(pattern, out regex))
            {
                return null;
            }
        }

        if (GoRegexSyntax.ErrorOf(pattern) is { } error)
        {
            return error;
        }

        try
        {
            regex = GoRegex.Compile(pattern);
        }
        catch (ArgumentException failure)
        {
            return failure.Message;
        }

        lock (Patterns)
        {
            if (Patterns.Count >= PatternLimit)
            {
                Patterns.Clear();
            }

            Patterns[pattern] = regex;
        }

        return null;
    }

    private static CelFault OutOfRange(long index) => new(string.Create(CultureInfo.InvariantCulture, $"index out of range: {index}"));

    private static Rune[] Runes(string text) => [.. text.EnumerateRunes()];

    private static string Map(string text, Func<char, char> change) => string.Create(
        text.Length, (text, change), static (span, state) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = state.change(state.text[i]);
            }
        });

    private static object FindAll(string text, string pattern, long most)
    {
        if (Compile(pattern, out var regex) is { } wrong)
        {
            return new CelFault("Illegal regex: " + wrong);
        }

        var found = new List<object>();
        for (var match = regex!.Match(text); match.Success && (most < 0 || found.Count < most); match = match.NextMatch())
        {
            found.Add(match.Value);
        }

        return new CelItems(found);
    }

    private static object Substring(string text, long start, long? end)
    {
        var runes = Runes(text);
        var stop = end ?? runes.Length;
        if (end is not null && start > stop)
        {
            return new CelFault(string.Create(CultureInfo.InvariantCulture, $"invalid substring range. start: {start}, end: {stop}"));
        }

        if (start < 0 || start > runes.Length)
        {
            return OutOfRange(start);
        }

        return stop < 0 || stop > runes.Length ? OutOfRange(stop) : Join(runes, (int)start, (int)stop);
    }

    private static string Join(Rune[] runes, int start, int end)
    {
        var result = new StringBuilder();
        for (var i = start; i < end; i++)
        {
            result.Append(runes[i].ToString());
        }

        return result.ToString();
    }

    private static object IndexOf(string text, string part, long start)
    {
        var length = CelValues.Length(text);
        if (part.Length == 0)
        {
            return start;
        }

        if (start < 0 || start > length)
        {
            return OutOfRange(start);
        }

        var from = OffsetOf(text, start);
        var at = text.IndexOf(part, from, StringComparison.Ordinal);
        return at < 0 ? -1L : CelValues.Length(text[..at]);
    }

    private static object LastIndexOf(string text, string part, long start)
    {
        if (part.Length == 0)
        {
            return start;
        }

        for (var at = text.LastIndexOf(part, StringComparison.Ordinal); at >= 0;)
        {
            var index = (long)CelValues.Length(text[..at]);
            if (index <= start)
            {
                return index;
            }

            at = at == 0 ? -1 : text.LastIndexOf(part, at + part.Length - 2, StringComparison.Ordinal);
        }

        return -1L;
    }

    private static int OffsetOf(string text, long runes)
    {
        var offset = 0;
        for (var i = 0L; i < runes && offset < text.Length; i++)
        {
            offset += char.IsHighSurrogate(text[offset]) && offset + 1 < text.Length ? 2 : 1;
        }

        return offset;
    }

    private static string Replace(string text, string old, string replacement, long most)
    {
        if (most == 0 || old == replacement)
        {
            return text;
        }

        var result = new StringBuilder();
        var count = 0L;
        if (old.Length == 0)
        {
            // Nothing stands before every character and at the end.
            foreach (var rune in text.EnumerateRunes())
            {
                if (most < 0 || count < most)
                {
                    result.Append(replacement);
                    count++;
                }

                result.Append(rune.ToString());
            }

            return (most < 0 || count < most ? result.Append(replacement) : result).ToString();
        }

        var at = 0;
        while (most < 0 || count < most)
        {
            var next = text.IndexOf(old, at, StringComparison.Ordinal);
            if (next < 0)
            {
                break;
            }

            result.Append(text, at, next - at).Append(replacement);
            at = next + old.Length;
            count++;
        }

        return result.Append(text, at, text.Length - at).ToString();
    }

    private static object Split(string text, string separator, long most)
    {
        if (most == 0)
        {
            return new CelItems([]);
        }

        if (separator.Length > 0)
        {
            var count = (int)(most < 0 ? int.MaxValue : Math.Min(most, int.MaxValue));
            return new CelItems([.. text.Split(separator, count)]);
        }

        var runes = Runes(text);
        var parts = new List<object>();
        for (var i = 0; i < runes.Length; i++)
        {
            if (most > 0 && parts.Count == most - 1)
            {
                parts.Add(Join(runes, i, runes.Length));
                break;
            }

            parts.Add(runes[i].ToString());
        }

        return new CelItems(parts);
    }
}
