namespace Harvester.Testing.ApiServer.Resources;

/// <summary>A request as both doors hand it to the pipeline.</summary>
internal sealed record ApiRequest
{
    public required string Method { get; init; }

    /// <summary>The path as sent, percent-encoding and all, without the query.</summary>
    public required string Path { get; init; }

    public required QueryParameters Query { get; init; }

    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The body as a value, when the caller has it; parts of it are kept, so servers share what they are given.</summary>
    public Json.JsonObject? Parsed { get; init; }

    public string? ContentType { get; init; }

    public string? Accept { get; init; }

    public string? IfNoneMatch { get; init; }

    public string? UserAgent { get; init; }

    /// <summary>Who asks: first whom the door takes the caller for, after authentication the user that counts.</summary>
    public required UserInfo Identity { get; init; }

    /// <summary>The header that says who asks, or null.</summary>
    public string? Authorization { get; init; }

    /// <summary>Whom the caller wants to be taken for, or null.</summary>
    public Impersonation? Impersonation { get; init; }

    public string User => Identity.Name;
}

/// <summary>The query of a request, decoded.</summary>
internal sealed class QueryParameters
{
    private readonly List<KeyValuePair<string, string>> _pairs = [];

    public static QueryParameters Parse(string? query)
    {
        var parsed = new QueryParameters();
        foreach (var part in (query ?? "").TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var at = part.IndexOf('=', StringComparison.Ordinal);
            var name = at < 0 ? part : part[..at];
            var value = at < 0 ? "" : part[(at + 1)..];
            parsed._pairs.Add(new(Decode(name), Decode(value)));
        }

        return parsed;
    }

    /// <summary>The first value of a parameter, or null when it is not there.</summary>
    public string? Find(string name)
    {
        foreach (var (key, value) in _pairs)
        {
            if (key == name)
            {
                return value;
            }
        }

        return null;
    }

    public IEnumerable<string> All(string name) => _pairs.Where(pair => pair.Key == name).Select(pair => pair.Value);

    /// <summary>True as kube-apiserver reads Booleans of a query: anything but a false word counts.</summary>
    public bool Flag(string name) => Find(name) is { } value && value.ToLowerInvariant() is not ("false" or "0");

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
