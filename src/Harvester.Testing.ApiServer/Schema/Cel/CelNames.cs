using System.Text;

namespace Harvester.Testing.ApiServer.Schema.Cel;

/// <summary>How members whose names are no identifiers are written in rules: <c>a-b</c> as <c>a__dash__b</c>.</summary>
internal static class CelNames
{
    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal)
    {
        "true", "false", "null", "in", "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop",
        "package", "namespace", "return", "var", "void", "while",
    };

    /// <summary>The identifier of a member, or null when it cannot be written.</summary>
    /// <param name="name">The member's name.</param>
    public static string? Escape(string name)
    {
        if (name.Length == 0 || char.IsAsciiDigit(name[0]))
        {
            return null;
        }

        if (Reserved.Contains(name))
        {
            return $"__{name}__";
        }

        var result = new StringBuilder(name.Length);
        for (var i = 0; i < name.Length; i++)
        {
            switch (name[i])
            {
                case '_' when i + 1 < name.Length && name[i + 1] == '_':
                    result.Append("__underscores__");
                    i++;
                    break;
                case '.':
                    result.Append("__dot__");
                    break;
                case '-':
                    result.Append("__dash__");
                    break;
                case '/':
                    result.Append("__slash__");
                    break;
                case '_' or (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9'):
                    result.Append(name[i]);
                    break;
                default:
                    return null;
            }
        }

        return result.ToString();
    }

    /// <summary>The name of the member an identifier stands for.</summary>
    /// <param name="identifier">The identifier.</param>
    public static string Unescape(string identifier)
    {
        if (!identifier.Contains("__", StringComparison.Ordinal))
        {
            return identifier;
        }

        if (identifier.Length > 4 && identifier.StartsWith("__", StringComparison.Ordinal) && Reserved.Contains(identifier[2..^2]))
        {
            return identifier[2..^2];
        }

        return identifier
            .Replace("__dot__", ".")
            .Replace("__dash__", "-")
            .Replace("__slash__", "/")
            .Replace("__underscores__", "__");
    }
}
