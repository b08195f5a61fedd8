using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Resources;
using Harvester.Testing.ApiServer.Storage;

namespace Harvester.Testing.ApiServer.Access;

/// <summary>What became of a question about access.</summary>
/// <param name="Allowed">True when somebody allows it.</param>
/// <param name="Reason">Who allows it, or what went wrong on the way to nobody.</param>
/// <param name="Errors">Bindings that could not be followed.</param>
internal readonly record struct AccessDecision(bool Allowed, string Reason, string Errors);

/// <summary>Answers who may do what: everybody everything, or what the stored roles and bindings say.</summary>
internal sealed class AccessPolicy(RevisionLog log, bool rolesDecide)
{
    /// <summary>True when roles are asked, false when everybody is let in.</summary>
    public bool RolesDecide => rolesDecide;

    public bool Allows(UserInfo user, AccessAttributes wanted) => Decide(user, wanted).Allowed;

    public AccessDecision Decide(UserInfo user, AccessAttributes wanted)
    {
        if (!rolesDecide || user.IsMaster)
        {
            return new AccessDecision(true, "", "");
        }

        var errors = new List<string>();
        foreach (var granted in RoleRules.Of(log.State, user, wanted.IsResource ? wanted.Namespace : "", errors))
        {
            if (granted.Rule.Allows(wanted))
            {
                return new AccessDecision(true, granted.Reason(), "");
            }
        }

        if (errors.Count == 0)
        {
            return new AccessDecision(false, "", "");
        }

        var distinct = errors.Distinct().ToList();
        var text = distinct.Count == 1 ? distinct[0] : $"[{string.Join(", ", distinct)}]";
        return new AccessDecision(false, "RBAC: " + text, text);
    }

    public void Require(UserInfo user, AccessAttributes wanted)
    {
        var decision = Decide(user, wanted);
        if (!decision.Allowed)
        {
            throw Forbidden(user, wanted, decision.Reason);
        }
    }

    public void CheckGrant(RequestContext context, JsonObject value, JsonObject? old)
    {
        if (rolesDecide && context.Kind.Group == RoleRules.Group)
        {
            GrantCheck.Check(this, log.State, context, value, old);
        }
    }

    /// <summary>The rules a user has in a namespace.</summary>
    public IReadOnlyList<PolicyRule> RulesOf(UserInfo user, string ns, List<string> errors) => rolesDecide
        ? [.. RoleRules.Of(log.State, user, ns, errors).Select(granted => granted.Rule)]
        : [new PolicyRule(["*"], ["*"], ["*"], [], []), new PolicyRule(["*"], [], [], [], ["*"])];

    private static ApiFailure Forbidden(UserInfo user, AccessAttributes wanted, string reason)
    {
        var because = reason.Length == 0 ? "" : ": " + reason;
        if (!wanted.IsResource)
        {
            return ApiFailure.ForbiddenPath($"forbidden: User \"{user.Name}\" cannot {wanted.Verb} path \"{wanted.Path}\"{because}");
        }

        var where = wanted.Namespace.Length == 0 ? "at the cluster scope" : $"in the namespace \"{wanted.Namespace}\"";
        return ApiFailure.Forbidden(
            new GroupResource(wanted.Group, wanted.Resource),
            wanted.Name,
            $"User \"{user.Name}\" cannot {wanted.Verb} resource \"{wanted.ResourceAndSubresource}\" in API group \"{wanted.Group}\" {where}{because}");
    }
}
