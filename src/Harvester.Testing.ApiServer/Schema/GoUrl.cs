namespace Harvester.Testing.ApiServer.Schema;

/// <summary>A URL taken apart as Go's <c>net/url</c> does.</summary>
/// <param name="Error">Why it is none, or null.</param>
/// <param name="Scheme">The scheme, in lower case.</param>
/// <param name="User">The user information, or null.</param>
/// <param name="Host">The host with its port.</param>
/// <param name="Path">The path, unescaped.</param>
/// <param name="Query">The query without the question mark.</param>
/// <param name="Fragment">What follows the number sign.</param>
internal sealed record GoUrl(string? Error, string Scheme, string? User, string Host, string Path, string Query, string Fragment)
{
    /// <summary>The path as given.</summary>
    public string EscapedPath { get; private init; } = "";

    /// <summary>The host without its port, and without the brackets of an address.</summary>
    public string Hostname => Host.StartsWith('[') && Host.IndexOf(']') is > 0 and var end
        ? Host[1..end]
        : Host.LastIndexOf(':') is >= 0 and var colon ? Host[..colon] : Host;

    /// <summary>The port; empty when there is none.</summary>
    public string Port => Host.LastIndexOf(':') is >= 0 and var colon && Host.IndexOf(']') < colon ? Host[(colon + 1)..] : "";

    /// <summary>The query's values, by name.</summary>
    public Dictionary<string, List<string>> Values()
    {
        var values = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var pair in Query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var at = pair.IndexOf('=');
            var name = Uri.UnescapeDataString((at < 0 ? pair : pair[..at]).Replace('+', ' '));
            var value = at < 0 ? "" : Uri.UnescapeDataString(pair[(at + 1)..].Replace('+', ' '));
            if (!values.TryGetValue(name, out var known))
            {
                values[name] = known = [];
            }

            known.Add(value);
        }

        return values;
    }

    /// <summary>Takes a URL apart.</summary>
    /// <param name="url">The URL.</param>
    public static GoUrl Parse(string url)
    {
        try
        {
            return ParseParts(url);
        }
        catch (FormatException failure)
        {
            return new GoUrl($"parse {GoText.Quote(url)}: {failure.Message}", "", null, "", "", "", "");
        }
    }

    /// <summary>Takes a URL of a request apart: absolute, or a path from the root.</summary>
    /// <param name="url">The URL.</param>
    public static GoUrl ParseRequest(string url)
    {
        if (url.Length == 0)
        {
            return new GoUrl($"parse {GoText.Quote(url)}: empty url", "", null, "", "", "", "");
        }

        var parsed = Parse(url.Contains('#') ? url.Replace("#", "%23") : url);
        return parsed.Error is null && parsed.Scheme.Length == 0 && url[0] != '/'
            ? parsed with { Error = $"parse {GoText.Quote(url)}: invalid URI for request" }
            : parsed;
    }

    private static GoUrl ParseParts(string url)
    {
        if (url.Any(c => c < ' ' || c == '\x7f'))
        {
            throw new FormatException("net/url: invalid control character in URL");
        }

        var hash = url.IndexOf('#');
        var fragment = hash < 0 ? "" : Unescape(url[(hash + 1)..]);
        var rest = hash < 0 ? url : url[..hash];
        var scheme = ReadScheme(ref rest);
        var mark = rest.IndexOf('?');
        var query = mark < 0 ? "" : rest[(mark + 1)..];
        rest = mark < 0 ? rest : rest[..mark];
        string? user = null;
        var host = "";
        if (!rest.StartsWith('/'))
        {
            if (scheme.Length > 0)
            {
                // Opaque, such as mailto:a@b.
                return new GoUrl(null, scheme, null, "", "", query, fragment);
            }

            var colon = rest.IndexOf(':');
            if (colon >= 0 && rest.IndexOf('/') is var slash && (slash < 0 || colon < slash))
            {
                throw new FormatException("first path segment in URL cannot contain colon");
            }
        }
        else if (rest.StartsWith("//", StringComparison.Ordinal) && (scheme.Length > 0 || !rest.StartsWith("///", StringComparison.Ordinal)))
        {
            var end = rest.IndexOf('/', 2);
            var authority = end < 0 ? rest[2..] : rest[2..end];
            rest = end < 0 ? "" : rest[end..];
            var at = authority.LastIndexOf('@');
            user = at < 0 ? null : authority[..at];
            host = ReadHost(authority[(at + 1)..]);
        }

        return new GoUrl(null, scheme, user, host, Unescape(rest), query, fragment) { EscapedPath = rest };
    }

    private static string ReadScheme(ref string rest)
    {
        for (var i = 0; i < rest.Length; i++)
        {
            var c = rest[i];
            if (char.IsAsciiLetter(c))
            {
                continue;
            }

            if (c == ':' && i == 0)
            {
                throw new FormatException("missing protocol scheme");
            }

            if (c == ':')
            {
                var scheme = rest[..i].ToLowerInvariant();
                rest = rest[(i + 1)..];
                return scheme;
            }

            if (i == 0 || !(char.IsAsciiDigit(c) || c is '+' or '-' or '.'))
            {
                break;
            }
        }

        return "";
    }

    private static string ReadHost(string host)
    {
        var port = host;
        if (host.StartsWith('['))
        {
            var end = host.LastIndexOf(']');
            if (end < 0)
            {
                throw new FormatException("missing ']' in host");
            }

            port = host[(end + 1)..];
        }
        else
        {
            var colon = host.LastIndexOf(':');
            port = colon < 0 ? "" : host[colon..];
        }

        if (port.Length > 0 && (port[0] != ':' || !port[1..].All(char.IsAsciiDigit)))
        {
            throw new FormatException($"invalid port {GoText.Quote(port)} after host");
        }

        foreach (var c in host)
        {
            if (c is ' ' or '"' or '<' or '>' or '\\' or '^' or '`' or '{' or '|' or '}' && c is not ('"' or '<' or '>'))
            {
                throw new FormatException($"invalid character {GoText.Quote(c.ToString())} in host name");
            }
        }

        return Unescape(host);
    }

    private static string Unescape(string text)
    {
        var at = text.IndexOf('%');
        if (at < 0)
        {
            return text;
        }

        for (; at >= 0; at = text.IndexOf('%', at + 1))
        {
            if (at + 2 >= text.Length || !char.IsAsciiHexDigit(text[at + 1]) || !char.IsAsciiHexDigit(text[at + 2]))
            {
                throw new FormatException("invalid URL escape " + GoText.Quote(text[at..Math.Min(at + 3, text.Length)]));
            }
        }

        return Uri.UnescapeDataString(text);
    }
}
