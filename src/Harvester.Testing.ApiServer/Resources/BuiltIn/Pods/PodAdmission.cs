using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn.Pods;

/// <summary>What the admission plug-ins that are on by default set in a pod: tolerations of unready nodes, and a priority.</summary>
internal static class PodAdmission
{
    private const int TolerationSeconds = 300;

    private static readonly string[] NodeTroubles = ["node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"];

    /// <summary>Completes a pod.</summary>
    /// <param name="value">The pod.</param>
    /// <param name="old">The stored one; null for a create.</param>
    public static JsonObject Apply(JsonObject value, JsonObject? old) => value.Edit("spec", spec => Priority(Tolerations(spec), old?.Find("spec")));

    private static JsonObject Tolerations(JsonObject spec)
    {
        var tolerations = (spec.Find("tolerations") as JsonArray ?? JsonArray.Empty).ToList();
        var count = tolerations.Count;
        foreach (var trouble in NodeTroubles)
        {
            if (!tolerations.Take(count).Any(toleration => Tolerates(toleration, trouble)))
            {
                tolerations.Add(JsonObject.Of(
                    ("key", trouble),
                    ("operator", "Exists"),
                    ("effect", "NoExecute"),
                    ("tolerationSeconds", TolerationSeconds)));
            }
        }

        return tolerations.Count == count ? spec : spec.With("tolerations", JsonArray.Of(tolerations));
    }

    private static bool Tolerates(JsonValue toleration, string trouble) =>
        (toleration["key"]?.AsString ?? "") is var key && (key == trouble || key.Length == 0)
        && toleration["effect"]?.AsString is null or "NoExecute";

    private static JsonObject Priority(JsonObject spec, JsonValue? old)
    {
        if (old is not null)
        {
            spec = spec.Has("priority") ? spec : spec.With("priority", old["priority"]);
            return spec.Has("preemptionPolicy") ? spec : spec.With("preemptionPolicy", old["preemptionPolicy"]);
        }

        var priority = spec.Find("priorityClassName")?.AsString switch
        {
            "system-cluster-critical" => 2_000_000_000,
            "system-node-critical" => 2_000_001_000,
            _ => 0,
        };
        return spec.With("priority", priority).Default("preemptionPolicy", "PreemptLowerPriority");
    }
}
