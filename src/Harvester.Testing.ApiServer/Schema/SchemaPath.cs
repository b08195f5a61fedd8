using System.Text;
using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Schema;

/// <summary>The paths of rules and of selectable fields, such as <c>.spec.ports['http']</c>, followed through a schema.</summary>
internal static class SchemaPath
{
    /// <summary>Follows a path.</summary>
    /// <param name="path">The path.</param>
    /// <param name="schema">The schema it starts at.</param>
    /// <param name="allowBrackets">False where only dots are allowed.</param>
    public static SchemaPathResult Resolve(string path, JsonObject schema, bool allowBrackets)
    {
        var current = schema;
        var normal = new StringBuilder();
        var at = 0;
        while (at < path.Length)
        {
            var token = Next(path, ref at);
            string name;
            if (token == "[")
            {
                if (!allowBrackets)
                {
                    return SchemaPathResult.Wrong("array notation is not allowed");
                }

                if (at >= path.Length)
                {
                    return SchemaPathResult.Wrong("unexpected end of JSON path");
                }

                token = Next(path, ref at);
                if (token.Length < 2 || token[0] != '\'' || token[^1] != '\'')
                {
                    return SchemaPathResult.Wrong("expected single quoted string but got " + token);
                }

                if (Unescape(token[1..^1]) is not { } unescaped)
                {
                    return SchemaPathResult.Wrong("invalid string literal: invalid escape char " + BadEscape(token));
                }

                name = unescaped;
            }
            else if (token == ".")
            {
                if (at >= path.Length)
                {
                    return SchemaPathResult.Wrong("unexpected end of JSON path");
                }

                name = Next(path, ref at);
            }
            else
            {
                return SchemaPathResult.Wrong("expected [ or . but got: " + token);
            }

            if (!Step(ref current, name, normal))
            {
                return SchemaPathResult.Wrong("does not refer to a valid field");
            }

            if (token != ".")
            {
                if (at >= path.Length)
                {
                    return SchemaPathResult.Wrong("unexpected end of JSON path");
                }

                token = Next(path, ref at);
                if (token != "]")
                {
                    return SchemaPathResult.Wrong("expected ] but got " + token);
                }
            }
        }

        return new SchemaPathResult(null, normal.ToString(), current);
    }

    private static bool Step(ref JsonObject current, string name, StringBuilder normal)
    {
        if (current.Properties().Count > 0)
        {
            normal.Append(normal.Length == 0 ? "" : ".").Append(name);
            if (!current.Properties().Has(name))
            {
                return false;
            }

            current = current.Properties().Find(name) as JsonObject ?? JsonObject.Empty;
            return true;
        }

        if (current.Given("additionalProperties") is null)
        {
            return false;
        }

        normal.Append('[').Append(name).Append(']');
        current = current.AdditionalSchema() ?? JsonObject.Empty;
        return true;
    }

    // Dots and brackets are words of their own, so is a quoted text with all that is in it.
    private static string Next(string path, ref int at)
    {
        var start = at;
        if (path[at] == '\'')
        {
            for (var i = at + 1; i < path.Length; i++)
            {
                if (path[i] == '\'' && path[i - 1] != '\\')
                {
                    at = i + 1;
                    return path[start..at];
                }
            }

            at = path.Length;
            return path[start..];
        }

        at++;
        if (path[start] is not ('.' or '[' or ']'))
        {
            while (at < path.Length && path[at] is not ('.' or '[' or ']'))
            {
                at++;
            }
        }

        return path[start..at];
    }

    private static string? Unescape(string text)
    {
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\' || i + 1 == text.Length)
            {
                result.Append(text[i]);
                continue;
            }

            if (Escaped(text[++i]) is not { } character)
            {
                return null;
            }

            result.Append(character);
        }

        return result.ToString();
    }

    private static string BadEscape(string text)
    {
        for (var i = 0; i + 1 < text.Length; i++)
        {
            if (text[i] == '\\' && Escaped(text[++i]) is null)
            {
                return text.Substring(i - 1, 2);
            }
        }

        return "";
    }

    private static char? Escaped(char c) => c switch
    {
        'a' => '\a',
        'b' => '\b',
        'f' => '\f',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'v' => '\v',
        '\'' => '\'',
        '\\' => '\\',
        _ => null,
    };
}

/// <summary>Where a path leads.</summary>
/// <param name="Error">Why nowhere, or null.</param>
/// <param name="Normal">The path as errors name it, without a leading dot.</param>
/// <param name="Schema">The schema it leads to.</param>
internal sealed record SchemaPathResult(string? Error, string Normal, JsonObject Schema)
{
    /// <summary>A path that leads nowhere.</summary>
    /// <param name="error">Why.</param>
    public static SchemaPathResult Wrong(string error) => new(error, "", JsonObject.Empty);
}
