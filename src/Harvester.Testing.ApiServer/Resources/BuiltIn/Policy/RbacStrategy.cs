using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn.Policy;

/// <summary>Roles and their bindings. Whether the writer may grant what they grant is for the access control to say.</summary>
internal sealed class RbacStrategy : KindStrategy
{
    private const string Group = "rbac.authorization.k8s.io";

    /// <inheritdoc />
    public override NameForm Names => NameForm.PathSegment;

    /// <inheritdoc />
    public override JsonObject ApplyDefaults(JsonObject value) => value
        .Edit("roleRef", role => role.Find("apiGroup")?.AsString is null or "" ? role.With("apiGroup", Group) : role)
        .EditItems("subjects", subject =>
            subject.Find("kind")?.AsString is "User" or "Group" && subject.Find("apiGroup")?.AsString is null or ""
                ? subject.With("apiGroup", Group)
                : subject);

    /// <inheritdoc />
    public override JsonObject PrepareForCreate(RequestContext context, JsonObject value)
    {
        context.Server.Access.CheckGrant(context, value, null);
        return value;
    }

    /// <inheritdoc />
    public override JsonObject PrepareForUpdate(RequestContext context, JsonObject value, JsonObject old)
    {
        context.Server.Access.CheckGrant(context, value, old);
        return value;
    }

    /// <inheritdoc />
    public override void Validate(RequestContext context, JsonObject value, List<Cause> causes)
    {
        var errors = new FieldErrors(causes);
        var namespaced = context.Kind.Namespaced;
        if (context.Kind.Plural is "roles" or "clusterroles")
        {
            var rules = value.Find("rules") as JsonArray ?? JsonArray.Empty;
            for (var i = 0; i < rules.Count; i++)
            {
                CheckRule(rules[i], FieldErrors.Item("rules", i), namespaced, errors);
            }

            CheckAggregation(value, errors);
            return;
        }

        CheckRole(value.Find("roleRef"), namespaced, errors);
        var subjects = value.Find("subjects") as JsonArray ?? JsonArray.Empty;
        for (var i = 0; i < subjects.Count; i++)
        {
            CheckSubject(subjects[i], FieldErrors.Item("subjects", i), namespaced, errors);
        }
    }

    /// <inheritdoc />
    public override void ValidateUpdate(RequestContext context, JsonObject value, JsonObject old, List<Cause> causes)
    {
        if (value.Find("roleRef") is { } role && !role.Equals(old.Find("roleRef")))
        {
            new FieldErrors(causes).InvalidText(
                "roleRef",
                $"{{\"APIGroup\":\"{role["apiGroup"]?.AsString}\",\"Kind\":\"{role["kind"]?.AsString}\",\"Name\":\"{role["name"]?.AsString}\"}}",
                "field is immutable");
        }
    }

    private static void CheckRule(JsonValue rule, string at, bool namespaced, FieldErrors errors)
    {
        if (Count(rule, "verbs") == 0)
        {
            errors.Required(at + ".verbs");
        }

        if (rule["nonResourceURLs"] is JsonArray { Count: > 0 } paths)
        {
            if (namespaced)
            {
                errors.Invalid(at + ".nonResourceURLs", paths, "namespaced rules cannot apply to non-resource URLs");
            }

            if (Count(rule, "apiGroups") + Count(rule, "resources") + Count(rule, "resourceNames") > 0)
            {
                errors.Invalid(at + ".nonResourceURLs", paths, "rules cannot apply to both regular resources and non-resource URLs");
            }

            return;
        }

        if (Count(rule, "apiGroups") == 0)
        {
            errors.Required(at + ".apiGroups", "resource rules must supply at least one api group");
        }

        if (Count(rule, "resources") == 0)
        {
            errors.Required(at + ".resources", "resource rules must supply at least one resource");
        }
    }

    private static void CheckAggregation(JsonObject value, FieldErrors errors)
    {
        if (value.Find("aggregationRule") is not JsonObject aggregation)
        {
            return;
        }

        var selectors = aggregation.Find("clusterRoleSelectors") as JsonArray ?? JsonArray.Empty;
        if (selectors.Count == 0)
        {
            errors.Required("aggregationRule.clusterRoleSelectors", "at least one clusterRoleSelector required if aggregationRule is non-nil");
        }

        for (var i = 0; i < selectors.Count; i++)
        {
            ValueForms.CheckSelector(errors, FieldErrors.Item("aggregationRule.clusterRoleSelectors", i), selectors[i]);
        }
    }

    private static void CheckRole(JsonValue? role, bool namespaced, FieldErrors errors)
    {
        errors.OneOf("roleRef.apiGroup", role?["apiGroup"]?.AsString is { Length: > 0 } group ? group : Group, Group);
        var kind = role?["kind"]?.AsString ?? "";
        if (namespaced)
        {
            errors.OneOf("roleRef.kind", kind, "Role", "ClusterRole");
        }
        else
        {
            errors.OneOf("roleRef.kind", kind, "ClusterRole");
        }

        var name = role?["name"]?.AsString ?? "";
        if (name.Length == 0)
        {
            errors.Required("roleRef.name");
        }
        else
        {
            CheckName("roleRef.name", name, errors);
        }
    }

    private static void CheckSubject(JsonValue subject, string at, bool namespaced, FieldErrors errors)
    {
        var name = subject["name"]?.AsString ?? "";
        if (name.Length == 0)
        {
            errors.Required(at + ".name");
        }

        var group = subject["apiGroup"]?.AsString ?? "";
        switch (subject["kind"]?.AsString)
        {
            case "ServiceAccount":
                if (name.Length > 0 && ObjectMetadataRules.SubdomainError(name) is { } bad)
                {
                    errors.Invalid(at + ".name", name, bad);
                }

                if (group.Length > 0)
                {
                    errors.NotSupported(at + ".apiGroup", group, "");
                }

                if (!namespaced && subject["namespace"]?.AsString is null or "")
                {
                    errors.Required(at + ".namespace");
                }

                break;
            case "User" or "Group":
                errors.OneOf(at + ".apiGroup", group, Group);
                break;
            case var other:
                errors.NotSupported(at + ".kind", other ?? "", "ServiceAccount", "User", "Group");
                break;
        }
    }

    private static void CheckName(string field, string name, FieldErrors errors)
    {
        if (name is "." or "..")
        {
            errors.Invalid(field, name, $"may not be '{name}'");
        }
        else if (name.Contains('/', StringComparison.Ordinal))
        {
            errors.Invalid(field, name, "may not contain '/'");
        }
        else if (name.Contains('%', StringComparison.Ordinal))
        {
            errors.Invalid(field, name, "may not contain '%'");
        }
    }

    private static int Count(JsonValue rule, string member) => (rule[member] as JsonArray)?.Count ?? 0;
}
