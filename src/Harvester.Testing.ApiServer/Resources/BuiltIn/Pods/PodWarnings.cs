using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn.Pods;

/// <summary>What is allowed in a pod's spec but hardly meant (B-22a).</summary>
internal static class PodWarnings
{
    /// <summary>The warnings of a spec.</summary>
    /// <param name="spec">The spec, or null.</param>
    /// <param name="field">Its path.</param>
    public static IEnumerable<string> Of(JsonValue? spec, string field)
    {
        var i = 0;
        foreach (var constraint in spec.Items("topologySpreadConstraints"))
        {
            var at = FieldErrors.Item(field + ".topologySpreadConstraints", i++);
            if (constraint.Find("labelSelector") is null)
            {
                yield return $"{at}.labelSelector: a null labelSelector results in matching no pod";
            }
        }

        foreach (var list in (string[])["initContainers", "containers"])
        {
            i = 0;
            foreach (var container in spec.Items(list))
            {
                var at = FieldErrors.Item($"{field}.{list}", i++);
                var seen = new HashSet<string>(StringComparer.Ordinal);
                var j = 0;
                foreach (var variable in container.Items("env"))
                {
                    var name = variable.Find("name")?.AsString ?? "";
                    if (!seen.Add(name))
                    {
                        yield return $"{FieldErrors.Item(at + ".env", j)}: hides previous definition of \"{name}\", which may be dropped when using apply";
                    }

                    j++;
                }
            }
        }

        if (spec?["terminationGracePeriodSeconds"]?.AsInteger < 0)
        {
            yield return $"{field}.terminationGracePeriodSeconds: must be >= 0; negative values are invalid and will be treated as 1";
        }
    }
}
