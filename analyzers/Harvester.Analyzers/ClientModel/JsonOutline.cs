using System.Text;

namespace Harvester.Analyzers.ClientModel;

/// <summary>
/// Just enough of JSON to see what a patch written as text touches: the members of an object, or the first segments of the paths of a
/// JSON patch. Text that is no JSON touches nothing.
/// </summary>
internal sealed class JsonOutline
{
    private const int MaxDepth = 200;

    private readonly string text;
    private readonly List<string> members = [];
    private readonly Dictionary<string, string> operation = new(StringComparer.Ordinal);
    private int at;
    private bool broken;

    private JsonOutline(string text)
    {
        this.text = text;
    }

    public static IReadOnlyList<string> TopLevelMembers(string text)
    {
        var outline = new JsonOutline(text);
        var isPatch = outline.Peek() == '[';
        outline.ReadValue(0, isPatch);
        return outline.broken || outline.Peek() != '\0' ? [] : outline.members;
    }

    private void ReadValue(int depth, bool isPatch)
    {
        switch (Peek())
        {
            case '{' when depth < MaxDepth:
                ReadSequence('}', () => ReadMember(depth, isPatch));
                if (isPatch && depth == 1)
                {
                    EndOperation();
                }

                break;
            case '[' when depth < MaxDepth:
                ReadSequence(']', () => ReadValue(depth + 1, isPatch));
                break;
            case '"':
                ReadString();
                break;
            case '\0' or '{' or '[' or '}' or ']' or ',' or ':':
                broken = true;
                break;
            default:
                while (at < text.Length && !char.IsWhiteSpace(text[at]) && ",]}:".IndexOf(text[at]) < 0)
                {
                    at++;
                }

                break;
        }
    }

    private void ReadMember(int depth, bool isPatch)
    {
        var name = ReadString();
        Take(':');
        if (isPatch && depth == 1 && name is "path" or "from" or "op" && Peek() == '"')
        {
            operation[name] = ReadString();
            return;
        }

        if (!isPatch && depth == 0)
        {
            members.Add(name);
        }

        ReadValue(depth + 1, isPatch);
    }

    /// <summary>A test changes nothing; a move also takes its source away.</summary>
    private void EndOperation()
    {
        operation.TryGetValue("op", out var op);
        foreach (var name in op == "test" ? [] : op == "move" ? new[] { "path", "from" } : ["path"])
        {
            if (operation.TryGetValue(name, out var path) && path.Split('/') is { Length: > 1 } segments)
            {
                members.Add(segments[1]);
            }
        }

        operation.Clear();
    }

    private void ReadSequence(char end, Action readOne)
    {
        at++;
        if (Peek() == end)
        {
            at++;
            return;
        }

        while (!broken)
        {
            readOne();
            if (Peek() == end)
            {
                at++;
                return;
            }

            Take(',');
        }
    }

    private string ReadString()
    {
        Take('"');
        var value = new StringBuilder();
        while (!broken)
        {
            if (at >= text.Length)
            {
                broken = true;
                break;
            }

            var c = text[at++];
            if (c == '"')
            {
                break;
            }

            if (c == '\\' && at < text.Length)
            {
                c = text[at++];
                if (c == 'u' && at + 4 <= text.Length && int.TryParse(text.Substring(at, 4), System.Globalization.NumberStyles.HexNumber, null, out var code))
                {
                    c = (char)code;
                    at += 4;
                }
            }

            value.Append(c);
        }

        return value.ToString();
    }

    private void Take(char expected)
    {
        if (Peek() == expected)
        {
            at++;
        }
        else
        {
            broken = true;
        }
    }

    /// <summary>The next character that is not white space; 0 at the end.</summary>
    private char Peek()
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
        {
            at++;
        }

        return at < text.Length ? text[at] : '\0';
    }
}
