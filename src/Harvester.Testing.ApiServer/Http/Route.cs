namespace Harvester.Testing.ApiServer.Http;

/// <summary>A path below <c>/api/v1</c> or <c>/apis/group/version</c>, taken apart.</summary>
internal sealed record Route(
    string Group,
    string Version,
    string Resource,
    string Namespace,
    string Name,
    string? Subresource,
    bool HasNamespaceSegment,
    bool IsWatchPath,
    bool GoesDeeper)
{
    /// <summary>Takes a path apart; null when it is none of a resource.</summary>
    public static Route? Parse(string path)
    {
        // A trailing slash is ignored; an empty namespace in the middle means all (H-1, H-2). An encoded slash is one.
        var decoded = path.Contains('%', StringComparison.Ordinal) ? Uri.UnescapeDataString(path) : path;
        var parts = decoded.TrimEnd('/').Split('/').Skip(1).ToList();
        string group;
        string version;
        if (parts.Count >= 3 && parts[0] == "api")
        {
            (group, version) = ("", parts[1]);
            parts.RemoveRange(0, 2);
        }
        else if (parts.Count >= 4 && parts[0] == "apis")
        {
            (group, version) = (parts[1], parts[2]);
            parts.RemoveRange(0, 3);
        }
        else
        {
            return null;
        }

        var isWatch = parts[0] == "watch" && parts.Count > 1;
        if (isWatch)
        {
            parts.RemoveAt(0);
        }

        var ns = "";
        var hasNamespace = false;
        if (parts[0] == "namespaces" && parts.Count > 2 && !(group.Length == 0 && parts.Count == 3 && parts[2] is "status" or "finalize"))
        {
            ns = parts[1];
            hasNamespace = true;
            parts.RemoveRange(0, 2);
        }

        return new Route(
            group,
            version,
            parts[0],
            ns,
            parts.ElementAtOrDefault(1) ?? "",
            parts.ElementAtOrDefault(2),
            hasNamespace,
            isWatch,
            GoesDeeper: parts.Count > 3);
    }
}
