namespace Harvester.Testing.ApiServer.Access;

/// <summary>Says the same with fewer rules.</summary>
internal static class RuleCompaction
{
    /// <summary>Rules of one group and one resource each that differ in their verbs alone become one; others stay as they are.</summary>
    public static IReadOnlyList<PolicyRule> Compact(IEnumerable<PolicyRule> rules)
    {
        var compact = new List<PolicyRule>();
        var places = new Dictionary<string, int>();
        foreach (var rule in rules)
        {
            if (rule.Groups.Count != 1 || rule.Resources.Count != 1 || rule.ResourceNames.Count > 1 || rule.Paths.Count > 0)
            {
                compact.Add(rule);
                continue;
            }

            var key = $"{rule.Groups[0]}\n{rule.Resources[0]}\n{rule.ResourceNames.FirstOrDefault() ?? "\n"}";
            if (places.TryGetValue(key, out var at))
            {
                compact[at] = compact[at] with { Verbs = [.. compact[at].Verbs, .. rule.Verbs.Where(verb => !compact[at].Verbs.Contains(verb))] };
            }
            else
            {
                places.Add(key, compact.Count);
                compact.Add(rule);
            }
        }

        return compact;
    }
}
