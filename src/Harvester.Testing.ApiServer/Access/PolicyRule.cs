using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Resources;

namespace Harvester.Testing.ApiServer.Access;

/// <summary>One rule of a role.</summary>
internal sealed record PolicyRule(
    IReadOnlyList<string> Verbs,
    IReadOnlyList<string> Groups,
    IReadOnlyList<string> Resources,
    IReadOnlyList<string> ResourceNames,
    IReadOnlyList<string> Paths)
{
    private const string Any = "*";

    public static PolicyRule Read(JsonValue rule) => new(
        Texts(rule["verbs"]),
        Texts(rule["apiGroups"]),
        Texts(rule["resources"]),
        Texts(rule["resourceNames"]),
        Texts(rule["nonResourceURLs"]));

    /// <summary>True when the rule lets a request through.</summary>
    public bool Allows(AccessAttributes wanted)
    {
        if (!Has(Verbs, wanted.Verb))
        {
            return false;
        }

        return wanted.IsResource
            ? Has(Groups, wanted.Group)
              && HasResource(wanted.Resource, wanted.Subresource)
              && (ResourceNames.Count == 0 || ResourceNames.Contains(wanted.Name))
            : HasPath(wanted.Path);
    }

    /// <summary>True when everything another rule of a single verb, group, resource, name or path gives is given by this one.</summary>
    public bool Covers(PolicyRule part)
    {
        if (!part.Verbs.All(verb => Has(Verbs, verb)))
        {
            return false;
        }

        if (part.Paths.Count > 0)
        {
            return part.Paths.All(HasPath);
        }

        return part.Groups.All(group => Has(Groups, group))
            && part.Resources.All(resource =>
            {
                var at = resource.IndexOf('/', StringComparison.Ordinal);
                return at < 0 ? HasResource(resource, "") : HasResource(resource[..at], resource[(at + 1)..]);
            })
            && (ResourceNames.Count == 0 || (part.ResourceNames.Count > 0 && part.ResourceNames.All(ResourceNames.Contains)));
    }

    /// <summary>The rule taken apart into rules of one verb, group, resource and name, or of one verb and path.</summary>
    public IEnumerable<PolicyRule> Parts()
    {
        foreach (var group in Groups)
        {
            foreach (var resource in Resources)
            {
                foreach (var verb in Verbs)
                {
                    if (ResourceNames.Count == 0)
                    {
                        yield return new PolicyRule([verb], [group], [resource], [], []);
                    }

                    foreach (var name in ResourceNames)
                    {
                        yield return new PolicyRule([verb], [group], [resource], [name], []);
                    }
                }
            }
        }

        foreach (var path in Paths)
        {
            foreach (var verb in Verbs)
            {
                yield return new PolicyRule([verb], [], [], [], [path]);
            }
        }
    }

    /// <summary>The rule as texts about grants write it.</summary>
    public override string ToString()
    {
        var parts = new List<string>();
        Add("APIGroups", Groups);
        Add("NonResourceURLs", Paths);
        Add("ResourceNames", ResourceNames);
        Add("Resources", Resources);
        Add("Verbs", Verbs);
        return "{" + string.Join(", ", parts) + "}";

        void Add(string name, IReadOnlyList<string> values)
        {
            if (values.Count > 0)
            {
                parts.Add($"{name}:[{string.Join(' ', values.Select(value => $"\"{value}\""))}]".Replace("\" \"", "\", \"", StringComparison.Ordinal));
            }
        }
    }

    private static bool Has(IReadOnlyList<string> values, string value) => values.Contains(value) || values.Contains(Any);

    private static IReadOnlyList<string> Texts(JsonValue? list) =>
        list is JsonArray array ? [.. array.Select(item => item.AsString ?? "")] : [];

    private bool HasResource(string resource, string subresource)
    {
        var combined = subresource.Length == 0 ? resource : $"{resource}/{subresource}";
        foreach (var own in Resources)
        {
            if (own == Any || own == combined
                || (subresource.Length > 0 && own.StartsWith("*/", StringComparison.Ordinal) && own[2..] == subresource))
            {
                return true;
            }
        }

        return false;
    }

    private bool HasPath(string path)
    {
        foreach (var own in Paths)
        {
            if (own == Any || own == path
                || (own.EndsWith('*') && path.StartsWith(own.TrimEnd('*'), StringComparison.Ordinal)))
            {
                return true;
            }
        }

        return false;
    }
}
