using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources;

/// <summary>Who makes a request: what authentication found out, or whom an impersonator asked to be taken for.</summary>
internal sealed record UserInfo(string Name, string Uid, IReadOnlyList<string> Groups, IReadOnlyDictionary<string, IReadOnlyList<string>> Extra)
{
    public const string Masters = "system:masters";

    public const string Authenticated = "system:authenticated";

    public const string Unauthenticated = "system:unauthenticated";

    private const string AnonymousName = "system:anonymous";

    private const string AccountPrefix = "system:serviceaccount:";

    private static readonly IReadOnlyDictionary<string, IReadOnlyList<string>> NoExtra = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>The administrator: whoever says nothing else, where everybody is let in.</summary>
    public static UserInfo Administrator { get; } = Of("kubernetes-admin", [Masters]);

    public static UserInfo Anonymous { get; } = Of(AnonymousName, []);

    /// <summary>The server itself.</summary>
    public static UserInfo ApiServer { get; } = Of("system:apiserver", [Masters]);

    public bool IsMaster => Groups.Contains(Masters);

    /// <summary>The namespace and name of a service account, or null for another user.</summary>
    public (string Namespace, string Name)? Account =>
        Name.StartsWith(AccountPrefix, StringComparison.Ordinal) && Name[AccountPrefix.Length..].Split(':') is [{ Length: > 0 } ns, { Length: > 0 } name]
            ? (ns, name)
            : null;

    /// <summary>A user with the groups everybody of his sort is in (H-6).</summary>
    public static UserInfo Of(string name, IEnumerable<string> groups, string uid = "", IReadOnlyDictionary<string, IReadOnlyList<string>>? extra = null)
    {
        var user = new UserInfo(name, uid, [.. groups], extra ?? NoExtra);
        if (user.Groups.Count == 0 && user.Account is { } account)
        {
            user = user with { Groups = ["system:serviceaccounts", $"system:serviceaccounts:{account.Namespace}"] };
        }

        if (user.Groups.Contains(Authenticated) || user.Groups.Contains(Unauthenticated))
        {
            return user;
        }

        return user with { Groups = [.. user.Groups, name == AnonymousName ? Unauthenticated : Authenticated] };
    }

    public static UserInfo OfAccount(string ns, string name) => Of($"{AccountPrefix}{ns}:{name}", []);

    /// <summary>The user as reviews show it.</summary>
    public JsonObject ToJson() => JsonObject.Of(
        ("username", Name),
        ("uid", Uid.Length == 0 ? null : (JsonValue)Uid),
        ("groups", JsonArray.Of(Groups.Select(group => (JsonValue)group))),
        ("extra", Extra.Count == 0
            ? null
            : JsonObject.Of(Extra.Select(pair => (pair.Key, (JsonValue?)JsonArray.Of(pair.Value.Select(value => (JsonValue)value)))))));
}
