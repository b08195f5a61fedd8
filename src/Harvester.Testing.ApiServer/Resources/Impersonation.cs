namespace Harvester.Testing.ApiServer.Resources;

/// <summary>The headers by which a caller asks to be taken for somebody else (H-6).</summary>
internal sealed record Impersonation(
    string User,
    string Uid,
    IReadOnlyList<string> Groups,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Extra)
{
    private const string Prefix = "Impersonate-";

    private const string ExtraPrefix = "Impersonate-Extra-";

    /// <summary>Reads the headers; null when there are none.</summary>
    /// <param name="headers">All headers of the request with their values.</param>
    public static Impersonation? Read(IEnumerable<KeyValuePair<string, IEnumerable<string>>> headers)
    {
        string user = "";
        string uid = "";
        var groups = new List<string>();
        var extra = new Dictionary<string, IReadOnlyList<string>>();
        var found = false;
        foreach (var (name, values) in headers)
        {
            if (!name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            var list = values.ToList();
            found = true;
            if (name.Equals("Impersonate-User", StringComparison.OrdinalIgnoreCase))
            {
                user = list.FirstOrDefault() ?? "";
            }
            else if (name.Equals("Impersonate-Uid", StringComparison.OrdinalIgnoreCase))
            {
                uid = list.FirstOrDefault() ?? "";
            }
            else if (name.Equals("Impersonate-Group", StringComparison.OrdinalIgnoreCase))
            {
                groups.AddRange(list);
            }
            else if (name.StartsWith(ExtraPrefix, StringComparison.OrdinalIgnoreCase))
            {
                extra[Uri.UnescapeDataString(name[ExtraPrefix.Length..]).ToLowerInvariant()] = list;
            }
        }

        return found && (user.Length > 0 || uid.Length > 0 || groups.Count > 0 || extra.Count > 0)
            ? new Impersonation(user, uid, groups, extra)
            : null;
    }
}
