using System.Globalization;
using System.Text;
using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Http;

/// <summary>
/// The part of JSONPath that printer columns use: members (with escaped dots), quoted members, indexes, <c>[*]</c> and the
/// filter <c>[?(@.a=="b")]</c>.
/// </summary>
internal sealed class PrinterPath
{
    private readonly List<Func<JsonValue, IEnumerable<JsonValue>>> _steps;

    private PrinterPath(List<Func<JsonValue, IEnumerable<JsonValue>>> steps) => _steps = steps;

    /// <summary>Reads a path; what it cannot read finds nothing.</summary>
    public static PrinterPath Parse(string path)
    {
        var steps = new List<Func<JsonValue, IEnumerable<JsonValue>>>();
        var at = 0;
        while (at < path.Length)
        {
            if (path[at] == '.')
            {
                at++;
                var name = new StringBuilder();
                while (at < path.Length && path[at] is not ('.' or '['))
                {
                    if (path[at] == '\\' && at + 1 < path.Length)
                    {
                        at++;
                    }

                    name.Append(path[at++]);
                }

                if (name.Length > 0)
                {
                    var member = name.ToString();
                    steps.Add(member == "*" ? Children : value => Member(value, member));
                }
            }
            else if (path[at] == '[' && Close(path, at) is var end and > 0)
            {
                steps.Add(Bracket(path[(at + 1)..end].Trim()));
                at = end + 1;
            }
            else
            {
                return new PrinterPath([_ => []]);
            }
        }

        return new PrinterPath(steps);
    }

    public IReadOnlyList<JsonValue> Find(JsonValue value)
    {
        IEnumerable<JsonValue> found = [value];
        foreach (var step in _steps)
        {
            found = found.SelectMany(step);
        }

        return [.. found];
    }

    private static Func<JsonValue, IEnumerable<JsonValue>> Bracket(string text)
    {
        if (text == "*")
        {
            return Children;
        }

        if (text.Length > 1 && text[0] is '\'' or '"')
        {
            var name = text[1..^1];
            return value => Member(value, name);
        }

        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var index))
        {
            return value => value is JsonArray items && (index < 0 ? items.Count + index : index) is var i && i >= 0 && i < items.Count
                ? [items[i]]
                : [];
        }

        if (text.StartsWith("?(", StringComparison.Ordinal) && text.EndsWith(')'))
        {
            return Filter(text[2..^1]);
        }

        return _ => [];
    }

    private static Func<JsonValue, IEnumerable<JsonValue>> Filter(string test)
    {
        var negated = test.Contains("!=", StringComparison.Ordinal);
        var parts = test.Split(negated ? "!=" : "==", 2, StringSplitOptions.TrimEntries);
        if (!parts[0].StartsWith('@'))
        {
            return _ => [];
        }

        var path = Parse(parts[0][1..]);
        if (parts.Length == 1)
        {
            return value => Children(value).Where(item => path.Find(item).Count > 0);
        }

        var wanted = parts[1].Trim('\'', '"');
        return value => Children(value).Where(item =>
            path.Find(item) is [var found, ..] && ((found.AsString ?? found.ToString()) == wanted) != negated);
    }

    // The bracket's end; a filter may hold brackets and quoted text of its own.
    private static int Close(string path, int open)
    {
        var depth = 0;
        var quote = '\0';
        for (var i = open; i < path.Length; i++)
        {
            var c = path[i];
            if (quote != '\0')
            {
                quote = c == quote ? '\0' : quote;
            }
            else if (c is '\'' or '"')
            {
                quote = c;
            }
            else if (c == '[')
            {
                depth++;
            }
            else if (c == ']' && --depth == 0)
            {
                return i;
            }
        }

        return -1;
    }

    private static IEnumerable<JsonValue> Member(JsonValue value, string name) => value[name] is { } member ? [member] : [];

    private static IEnumerable<JsonValue> Children(JsonValue value) => value switch
    {
        JsonArray items => items,
        JsonObject members => members.Values.ToArray(),
        _ => [],
    };
}
