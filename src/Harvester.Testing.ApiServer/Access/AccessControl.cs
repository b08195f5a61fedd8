using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Resources;

namespace Harvester.Testing.ApiServer.Access;

/// <summary>
/// The gate in front of the pipeline: who is it (H-4), for whom does he want to be taken (H-6), and may that user do this.
/// All three are answered before anything is known of the object, the kind or the body.
/// </summary>
internal sealed class AccessControl : IAccessControl
{
    private readonly AccessPolicy _policy;
    private readonly TokenFile _tokens;
    private readonly ServiceAccountTokens _accounts;
    private readonly AccessReviews _reviews;

    public AccessControl(ServerCore server, bool rolesDecide, TokenFile tokens)
    {
        _policy = new AccessPolicy(server.Log, rolesDecide);
        _tokens = tokens;
        _accounts = new ServiceAccountTokens(server);
        _reviews = new AccessReviews(this, _policy);
    }

    /// <summary>Finds out who asks; the answer is the request of the user that counts.</summary>
    /// <exception cref="ApiFailure">401 or 403, or 400 for a senseless impersonation.</exception>
    public ApiRequest Identify(ApiRequest request)
    {
        var user = request.Identity;
        if (request.Authorization is { } header)
        {
            var parts = header.Split(' ', 2);
            if (parts.Length == 2 && parts[0].Equals("Bearer", StringComparison.OrdinalIgnoreCase) && parts[1].Trim().Length > 0)
            {
                user = Authenticate(parts[1].Trim()) ?? throw ApiFailure.Unauthorized();
            }
            else if (_policy.RolesDecide)
            {
                // An unknown scheme says nothing.
                user = UserInfo.Anonymous;
            }
        }

        if (request.Impersonation is { } wanted)
        {
            user = Impersonate(user, wanted);
        }

        return ReferenceEquals(user, request.Identity) ? request : request with { Identity = user };
    }

    /// <summary>Refuses what the request's user may not do.</summary>
    /// <exception cref="ApiFailure">403.</exception>
    public void Authorize(ApiRequest request)
    {
        if (_policy.RolesDecide && !request.Identity.IsMaster)
        {
            _policy.Require(request.Identity, RequestAttributes.Of(request));
        }
    }

    /// <summary>The user of a bearer token, or null.</summary>
    public UserInfo? Authenticate(string token) => _tokens.Find(token) ?? _accounts.Authenticate(token, ServiceAccountTokens.DefaultAudience);

    /// <summary>The user of a bearer token for one of some audiences, and which of them it is for; null when nobody knows it.</summary>
    public (UserInfo User, IReadOnlyList<string> Audiences)? Authenticate(string token, IReadOnlyList<string> audiences)
    {
        foreach (var audience in audiences)
        {
            var user = _accounts.Authenticate(token, audience)
                ?? (audience == ServiceAccountTokens.DefaultAudience ? _tokens.Find(token) : null);
            if (user is not null)
            {
                return (user, [audience]);
            }
        }

        return null;
    }

    public bool Allows(UserInfo user, AccessAttributes wanted) => _policy.Allows(user, wanted);

    public void Require(UserInfo user, AccessAttributes wanted) => _policy.Require(user, wanted);

    public void CheckGrant(RequestContext context, JsonObject value, JsonObject? old) => _policy.CheckGrant(context, value, old);

    public JsonObject Review(RequestContext context) => _reviews.Answer(context);

    public JsonObject IssueToken(RequestContext context) => _accounts.Issue(context);

    private UserInfo Impersonate(UserInfo user, Impersonation wanted)
    {
        if (wanted.User.Length == 0)
        {
            var groups = string.Join(", ", wanted.Groups.Select(group => $"\"{group}\""));
            var listed = wanted.Groups.Count == 0 ? "[]string(nil)" : $"[]string{{{groups}}}";
            var extra = wanted.Extra.Count == 0
                ? "map[string][]string(nil)"
                : "map[string][]string{" + string.Join(", ", wanted.Extra.OrderBy(pair => pair.Key, StringComparer.Ordinal)
                    .Select(pair => $"\"{pair.Key}\":[]string{{{string.Join(", ", pair.Value.Select(value => $"\"{value}\""))}}}")) + "}";
            throw ApiFailure.BadRequest(
                $"requested &user.DefaultInfo{{Name:\"\", UID:\"{wanted.Uid}\", Groups:{listed}, Extra:{extra}}} without impersonating a user name");
        }

        const string identities = "authentication.k8s.io";
        var target = UserInfo.Of(wanted.User, wanted.Groups, wanted.Uid, wanted.Extra);
        if (target.Account is { } account)
        {
            Require(user, Impersonating("", "serviceaccounts", "", account.Name) with { Namespace = account.Namespace });
        }
        else
        {
            Require(user, Impersonating("", "users", "", wanted.User));
        }

        foreach (var group in wanted.Groups)
        {
            Require(user, Impersonating("", "groups", "", group));
        }

        if (wanted.Uid.Length > 0)
        {
            Require(user, Impersonating(identities, "uids", "", wanted.Uid));
        }

        foreach (var (key, values) in wanted.Extra)
        {
            foreach (var value in values)
            {
                Require(user, Impersonating(identities, "userextras", key, value));
            }
        }

        return target;
    }

    private static AccessAttributes Impersonating(string group, string resource, string subresource, string name) => new()
    {
        Verb = "impersonate",
        Group = group,
        Version = "v1",
        Resource = resource,
        Subresource = subresource,
        Name = name,
    };
}
