using System.Runtime.CompilerServices;
using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Resources;
using Harvester.Testing.ApiServer.Storage;

namespace Harvester.Testing.ApiServer.Access;

/// <summary>A rule somebody has, and the binding that gives it.</summary>
internal readonly record struct GrantedRule(PolicyRule Rule, Func<string> Reason);

/// <summary>
/// Reads roles and bindings out of the stored objects. Objects never change, so what was read of one is kept beside it.
/// </summary>
internal static class RoleRules
{
    public const string Group = "rbac.authorization.k8s.io";

    public static readonly GroupResource ClusterRoles = new(Group, "clusterroles");
    public static readonly GroupResource Roles = new(Group, "roles");
    public static readonly GroupResource ClusterBindings = new(Group, "clusterrolebindings");
    public static readonly GroupResource Bindings = new(Group, "rolebindings");

    private static readonly ConditionalWeakTable<JsonObject, IReadOnlyList<PolicyRule>> RulesOfRoles = [];
    private static readonly ConditionalWeakTable<object, ILookup<string, Binding>> BindingsOfStates = [];

    /// <summary>Every rule a user has in a namespace (or over the cluster), cluster-wide bindings first.</summary>
    /// <param name="state">The stored objects.</param>
    /// <param name="user">The user.</param>
    /// <param name="ns">The namespace; empty for the cluster.</param>
    /// <param name="errors">Filled with what is wrong with the user's bindings.</param>
    public static IEnumerable<GrantedRule> Of(ObjectState state, UserInfo user, string ns, List<string> errors)
    {
        foreach (var binding in BindingsIn(state.Of(ClusterBindings), ""))
        {
            foreach (var rule in Granted(state, binding, user, errors))
            {
                yield return rule;
            }
        }

        if (ns.Length == 0)
        {
            yield break;
        }

        foreach (var binding in BindingsIn(state.Of(Bindings), ns))
        {
            foreach (var rule in Granted(state, binding, user, errors))
            {
                yield return rule;
            }
        }
    }

    /// <summary>The rules of the role a binding refers to, or null when there is no such role.</summary>
    public static IReadOnlyList<PolicyRule>? OfReference(ObjectState state, string ns, string kind, string name)
    {
        if (kind == "ClusterRole")
        {
            return state.Find(ClusterRoles, null, name) is { } cluster ? OfClusterRole(state, cluster.Object) : null;
        }

        return state.Find(Roles, ns, name) is { } role ? OfRole(role.Object) : null;
    }

    /// <summary>The rules written in a role.</summary>
    public static IReadOnlyList<PolicyRule> OfRole(JsonObject role) => RulesOfRoles.GetValue(
        role,
        static role => [.. (role.Find("rules") as JsonArray ?? JsonArray.Empty).Select(PolicyRule.Read)]);

    // What a controller would write into an aggregated role is looked up instead: the stored role stays as its writer left it.
    private static IReadOnlyList<PolicyRule> OfClusterRole(ObjectState state, JsonObject role)
    {
        if (role.At("aggregationRule", "clusterRoleSelectors") is not JsonArray { Count: > 0 })
        {
            return OfRole(role);
        }

        var rules = new List<PolicyRule>();
        var seen = new HashSet<JsonObject>(ReferenceEqualityComparer.Instance);
        Collect(role);
        return rules;

        void Collect(JsonObject one)
        {
            if (!seen.Add(one))
            {
                return;
            }

            rules.AddRange(OfRole(one));
            foreach (var selector in one.At("aggregationRule", "clusterRoleSelectors") as JsonArray ?? JsonArray.Empty)
            {
                foreach (var other in state.Of(ClusterRoles).Values)
                {
                    if (Selects(selector, other.Object))
                    {
                        Collect(other.Object);
                    }
                }
            }
        }
    }

    private static bool Selects(JsonValue selector, JsonObject role)
    {
        var labels = role.At("metadata", "labels") as JsonObject ?? JsonObject.Empty;
        foreach (var (name, value) in selector["matchLabels"] as JsonObject ?? JsonObject.Empty)
        {
            if (labels.Find(name)?.AsString != value.AsString)
            {
                return false;
            }
        }

        foreach (var expression in selector["matchExpressions"] as JsonArray ?? JsonArray.Empty)
        {
            var label = labels.Find(expression["key"]?.AsString ?? "")?.AsString;
            var listed = (expression["values"] as JsonArray ?? JsonArray.Empty).Any(value => value.AsString == label);
            var matches = expression["operator"]?.AsString switch
            {
                "In" => label is not null && listed,
                "NotIn" => label is null || !listed,
                "Exists" => label is not null,
                "DoesNotExist" => label is null,
                _ => false,
            };
            if (!matches)
            {
                return false;
            }
        }

        return true;
    }

    private static IEnumerable<GrantedRule> Granted(ObjectState state, Binding binding, UserInfo user, List<string> errors)
    {
        if (binding.SubjectOf(user) is not { } subject)
        {
            yield break;
        }

        if (OfReference(state, binding.Namespace, binding.RoleKind, binding.RoleName) is not { } rules)
        {
            errors.Add($"{binding.RoleKind.ToLowerInvariant()}.{Group} \"{binding.RoleName}\" not found");
            yield break;
        }

        foreach (var rule in rules)
        {
            yield return new GrantedRule(rule, () => binding.Reason(subject));
        }
    }

    private static IEnumerable<Binding> BindingsIn(ObjectTree bindings, string ns) =>
        BindingsOfStates.GetValue(
            bindings,
            static all => ((ObjectTree)all).Values
                .Select(Binding.Read)
                .ToLookup(binding => binding.Namespace))[ns];

    private sealed record Binding(string Name, string Namespace, string RoleKind, string RoleName, IReadOnlyList<JsonObject> Subjects)
    {
        public static Binding Read(StoredRevision stored) => new(
            stored.Name,
            stored.Namespace ?? "",
            stored.Object.At("roleRef", "kind")?.AsString ?? "",
            stored.Object.At("roleRef", "name")?.AsString ?? "",
            [.. (stored.Object.Find("subjects") as JsonArray ?? JsonArray.Empty).OfType<JsonObject>()]);

        public JsonObject? SubjectOf(UserInfo user)
        {
            foreach (var subject in Subjects)
            {
                var name = subject.Find("name")?.AsString ?? "";
                var applies = subject.Find("kind")?.AsString switch
                {
                    "User" => user.Name == name,
                    "Group" => user.Groups.Contains(name),
                    "ServiceAccount" => NamespaceOf(subject) is { Length: > 0 } ns && user.Name == $"system:serviceaccount:{ns}:{name}",
                    _ => false,
                };
                if (applies)
                {
                    return subject;
                }
            }

            return null;
        }

        public string Reason(JsonObject subject)
        {
            var kind = subject.Find("kind")?.AsString;
            var name = subject.Find("name")?.AsString;
            var who = kind == "ServiceAccount" ? $"ServiceAccount \"{name}/{NamespaceOf(subject)}\"" : $"{kind} \"{name}\"";
            var what = Namespace.Length == 0 ? $"ClusterRoleBinding \"{Name}\"" : $"RoleBinding \"{Name}/{Namespace}\"";
            return $"RBAC: allowed by {what} of {RoleKind} \"{RoleName}\" to {who}";
        }

        private string NamespaceOf(JsonObject subject) =>
            subject.Find("namespace")?.AsString is { Length: > 0 } ns ? ns : Namespace;
    }
}
