using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Access;

/// <summary>The roles and bindings a server brings along when roles decide, read once from the table beside this file.</summary>
internal static class DefaultPolicy
{
    private const string ApiVersion = RoleRules.Group + "/v1";

    private static readonly Lazy<IReadOnlyList<JsonObject>> Known = new(Read);

    /// <summary>The objects, roles before the bindings that refer to them.</summary>
    public static IReadOnlyList<JsonObject> Objects => Known.Value;

    /// <summary>Where an object of the policy is created.</summary>
    public static string PathOf(JsonObject value)
    {
        var plural = value.Find("kind")!.AsString!.ToLowerInvariant() + "s";
        var ns = value.At("metadata", "namespace")?.AsString;
        return ns is null ? $"/apis/{ApiVersion}/{plural}" : $"/apis/{ApiVersion}/namespaces/{ns}/{plural}";
    }

    private static List<JsonObject> Read()
    {
        using var stream = typeof(DefaultPolicy).Assembly.GetManifestResourceStream("Harvester.Testing.ApiServer.Access.default-policy.txt")!;
        using var reader = new StreamReader(stream);
        var roles = new List<JsonObject>();
        var bindings = new List<JsonObject>();
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            var words = line.Split(' ');
            switch (words[0])
            {
                case "role":
                    roles.Add(Role(words[1], NamespaceIn(words), words));
                    break;
                case "controller":
                    roles.Add(Role("system:controller:" + words[1], null, words));
                    bindings.Add(Binding("system:controller:" + words[1], null, ["account:kube-system/" + words[1]]));
                    break;
                case "bind":
                    bindings.Add(Binding(words[1], NamespaceIn(words), words.SkipWhile(word => word != "to").Skip(1)));
                    break;
                default:
                    var role = roles[^1];
                    roles[^1] = role.With("rules", JsonArray.Of([.. (JsonArray)role.Find("rules")!, Rule(words)]));
                    break;
            }
        }

        return [.. SumUp(roles), .. bindings];
    }

    private static string? NamespaceIn(string[] words) => words.Length > 3 && words[2] == "in" ? words[3] : null;

    private static JsonObject Role(string name, string? ns, string[] words)
    {
        var partOf = words.FirstOrDefault(word => word.StartsWith("part-of=", StringComparison.Ordinal))?["part-of=".Length..];
        var sumOf = words.FirstOrDefault(word => word.StartsWith("sum-of=", StringComparison.Ordinal))?["sum-of=".Length..];
        return JsonObject.Of(
            ("apiVersion", ApiVersion),
            ("kind", ns is null ? "ClusterRole" : "Role"),
            ("metadata", Metadata(name, ns, partOf is null ? null : AggregateTo(partOf))),
            ("rules", JsonArray.Empty),
            ("aggregationRule", sumOf is null
                ? null
                : JsonObject.Of(("clusterRoleSelectors", JsonArray.Of(JsonObject.Of(
                    ("matchLabels", JsonObject.Of((AggregateTo(sumOf), "true")))))))));
    }

    private static string AggregateTo(string role) => $"{RoleRules.Group}/aggregate-to-{role}";

    private static JsonObject Metadata(string name, string? ns, string? label)
    {
        var labels = JsonObject.Of(("kubernetes.io/bootstrapping", "rbac-defaults"));
        return JsonObject.Of(
            ("name", name),
            ("namespace", ns is null ? null : (JsonValue)ns),
            ("annotations", JsonObject.Of(("rbac.authorization.kubernetes.io/autoupdate", "true"))),
            ("labels", label is null ? labels : labels.With(label, "true")));
    }

    private static JsonObject Rule(string[] words)
    {
        var verbs = words[0] switch
        {
            "read" => "get,list,watch",
            "write" => "create,delete,deletecollection,patch,update",
            "all" => "create,delete,deletecollection,get,list,patch,update,watch",
            var listed => listed,
        };
        if (words[1] == "url")
        {
            return JsonObject.Of(("verbs", List(verbs)), ("nonResourceURLs", List(words[2])));
        }

        var names = words.FirstOrDefault(word => word.StartsWith("names=", StringComparison.Ordinal))?["names=".Length..];
        return JsonObject.Of(
            ("verbs", List(verbs)),
            ("apiGroups", JsonArray.Of(words[1].Split(',').Select(group => (JsonValue)(group == "core" ? "" : group)))),
            ("resources", List(words[2])),
            ("resourceNames", names is null ? null : List(names)));
    }

    private static JsonObject Binding(string name, string? ns, IEnumerable<string> subjects)
    {
        var role = name;
        var at = name.IndexOf('=', StringComparison.Ordinal);
        if (at >= 0)
        {
            (name, role) = (name[..at], name[(at + 1)..]);
        }

        var listed = subjects.Select(Subject).ToList();
        return JsonObject.Of(
            ("apiVersion", ApiVersion),
            ("kind", ns is null ? "ClusterRoleBinding" : "RoleBinding"),
            ("metadata", Metadata(name, ns, null)),
            ("roleRef", JsonObject.Of(
                ("apiGroup", RoleRules.Group), ("kind", ns is null ? "ClusterRole" : "Role"), ("name", role))),
            ("subjects", listed.Count == 0 ? null : JsonArray.Of(listed)));
    }

    private static JsonValue Subject(string text)
    {
        var at = text.IndexOf(':', StringComparison.Ordinal);
        var name = text[(at + 1)..];
        return text[..at] switch
        {
            "account" => JsonObject.Of(
                ("kind", "ServiceAccount"), ("namespace", name.Split('/')[0]), ("name", name.Split('/')[1])),
            "group" => JsonObject.Of(("kind", "Group"), ("apiGroup", RoleRules.Group), ("name", name)),
            _ => JsonObject.Of(("kind", "User"), ("apiGroup", RoleRules.Group), ("name", name)),
        };
    }

    // A cluster's controller would have summed up the aggregated roles long ago.
    private static List<JsonObject> SumUp(List<JsonObject> roles)
    {
        for (var i = roles.Count - 1; i >= 0; i--)
        {
            if (roles[i].At("aggregationRule", "clusterRoleSelectors") is not JsonArray { Count: > 0 })
            {
                continue;
            }

            var label = ((JsonObject)((JsonArray)roles[i].At("aggregationRule", "clusterRoleSelectors")!)[0]["matchLabels"]!).Names[0];
            var rules = roles
                .Where(role => role.At("metadata", "labels")?[label] is not null)
                .OrderBy(role => role.At("metadata", "name")?.AsString, StringComparer.Ordinal)
                .SelectMany(role => (JsonArray)role.Find("rules")!)
                .Distinct();
            roles[i] = roles[i].With("rules", JsonArray.Of(rules));
        }

        return roles;
    }

    private static JsonArray List(string text) => JsonArray.Of(text.Split(',').Select(item => (JsonValue)item));
}
