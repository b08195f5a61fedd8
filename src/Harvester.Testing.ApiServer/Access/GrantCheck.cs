using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Resources;
using Harvester.Testing.ApiServer.Storage;

namespace Harvester.Testing.ApiServer.Access;

/// <summary>
/// Nobody hands out more than he has: who writes a role must hold its rules or the verb escalate, who writes a binding the
/// rules of its role or the verb bind.
/// </summary>
internal static class GrantCheck
{
    public static void Check(AccessPolicy policy, ObjectState state, RequestContext context, JsonObject value, JsonObject? old)
    {
        var user = context.Request.Identity;
        var isRole = context.Kind.Kind is "Role" or "ClusterRole";
        if (user.IsMaster || (old is not null && IsUnchanged(isRole, value, old)))
        {
            return;
        }

        IReadOnlyList<PolicyRule> wanted;
        AccessAttributes privilege;
        if (isRole)
        {
            wanted = RoleRules.OfRole(value);
            if (value.Find("aggregationRule") is JsonObject)
            {
                // What the role will sum up to is not known: only who has everything may write that.
                wanted = [.. wanted, new PolicyRule(["*"], ["*"], ["*"], [], []), new PolicyRule(["*"], [], [], [], ["*"])];
            }

            privilege = Privilege("escalate", context.Kind.Plural, context.Namespace, context.Name.Length > 0 ? context.Name : ObjectMetadata.Name(value));
        }
        else
        {
            var kind = value.At("roleRef", "kind")?.AsString ?? "";
            var name = value.At("roleRef", "name")?.AsString ?? "";
            privilege = Privilege("bind", kind == "ClusterRole" ? "clusterroles" : "roles", context.Namespace, name);
            if (policy.Allows(user, privilege))
            {
                return;
            }

            wanted = RoleRules.OfReference(state, context.Namespace, kind, name)
                ?? throw ApiFailure.NotFound(new GroupResource(RoleRules.Group, privilege.Resource), name);
        }

        if (policy.Allows(user, privilege))
        {
            return;
        }

        var errors = new List<string>();
        var own = policy.RulesOf(user, context.Namespace, errors);
        var missing = wanted.SelectMany(rule => rule.Parts()).Where(part => !own.Any(rule => rule.Covers(part))).ToList();
        if (missing.Count == 0)
        {
            return;
        }

        var groups = string.Join(' ', user.Groups.Select(group => $"\"{group}\"")).Replace("\" \"", "\", \"", StringComparison.Ordinal);
        var text = $"user \"{user.Name}\" (groups=[{groups}]) is attempting to grant RBAC permissions not currently held:\n"
            + string.Join('\n', RuleCompaction.Compact(missing).Select(rule => rule.ToString()).Order(StringComparer.Ordinal));
        throw ApiFailure.Forbidden(context.Kind.Resource, ObjectMetadata.Name(value), text);
    }

    private static bool IsUnchanged(bool isRole, JsonObject value, JsonObject old)
    {
        string[] members = isRole ? ["rules", "aggregationRule"] : ["roleRef", "subjects"];
        return members.All(member => Equals(value.Find(member), old.Find(member)));
    }

    private static AccessAttributes Privilege(string verb, string resource, string ns, string name) => new()
    {
        Verb = verb,
        Group = RoleRules.Group,
        Version = "v1",
        Resource = resource,
        Namespace = ns,
        Name = name,
    };
}
