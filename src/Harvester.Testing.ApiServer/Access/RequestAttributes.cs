using Harvester.Testing.ApiServer.Resources;

namespace Harvester.Testing.ApiServer.Access;

/// <summary>What a request wants to do, read off its method and path alone, whether there is such a resource or not.</summary>
internal static class RequestAttributes
{
    public static AccessAttributes Of(ApiRequest request)
    {
        var parts = Uri.UnescapeDataString(request.Path).Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length < 3 || parts[0] is not ("api" or "apis") || (parts[0] == "apis" && parts.Length < 4))
        {
            return new AccessAttributes
            {
                Verb = request.Method.ToLowerInvariant(),
                Path = request.Path,
                IsResource = false,
            };
        }

        var group = parts[0] == "api" ? "" : parts[1];
        var version = parts[0] == "api" ? parts[1] : parts[2];
        var rest = parts.AsSpan(parts[0] == "api" ? 2 : 3);
        var isWatch = rest[0] == "watch" && rest.Length > 1;
        if (isWatch)
        {
            rest = rest[1..];
        }

        var ns = "";
        if (rest[0] == "namespaces" && rest.Length > 1)
        {
            // The namespace object itself is in its namespace, too.
            ns = rest[1];
            if (rest.Length > 2 && rest[2] is not ("status" or "finalize"))
            {
                rest = rest[2..];
            }
        }

        var name = rest.Length > 1 ? rest[1] : "";
        var verb = isWatch ? "watch" : VerbOf(request, name);
        if (name.Length == 0 && verb is "list" or "watch" or "deletecollection")
        {
            name = NameSelected(request.Query.Find("fieldSelector"));
        }

        return new AccessAttributes
        {
            Verb = verb,
            Group = group,
            Version = version,
            Resource = rest[0],
            Subresource = rest.Length > 2 ? rest[2] : "",
            Namespace = ns,
            Name = name,
        };
    }

    private static string VerbOf(ApiRequest request, string name) => request.Method switch
    {
        "GET" or "HEAD" when name.Length > 0 => "get",
        "GET" or "HEAD" => request.Query.Flag("watch") ? "watch" : "list",
        "POST" => "create",
        "PUT" => "update",
        "PATCH" => "patch",
        "DELETE" => name.Length > 0 ? "delete" : "deletecollection",
        _ => "",
    };

    // A list of one name is allowed to who may list that name.
    private static string NameSelected(string? selector)
    {
        foreach (var term in (selector ?? "").Split(','))
        {
            var at = term.IndexOf('=', StringComparison.Ordinal);
            if (at > 0 && term[..at] == "metadata.name")
            {
                return term[(at + 1)..].TrimStart('=');
            }
        }

        return "";
    }
}
