using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn.Workloads;

/// <summary>The defaults of a job's spec.</summary>
internal static class JobDefaults
{
    /// <summary>Fills in the spec of a job; not of one inside a cron job.</summary>
    /// <param name="spec">The spec.</param>
    public static JsonObject Apply(JsonObject spec)
    {
        if (!spec.Has("parallelism"))
        {
            spec = spec.Default("completions", 1).With("parallelism", 1);
        }

        return PodFailurePolicy(spec)
            .Default("backoffLimit", spec.Has("backoffLimitPerIndex") ? int.MaxValue : 6)
            .Default("completionMode", "NonIndexed")
            .Default("suspend", false)
            .Default("manualSelector", false)
            .Default("podReplacementPolicy", spec.Has("podFailurePolicy") ? "Failed" : "TerminatingOrFailed");
    }

    /// <summary>The defaults that a job inside a cron job gets too.</summary>
    /// <param name="spec">The job's spec.</param>
    public static JsonObject PodFailurePolicy(JsonObject spec) => spec.Edit(
        "podFailurePolicy",
        policy => policy.EditItems(
            "rules",
            rule => rule.EditItems("onPodConditions", pattern => pattern.Find("status")?.AsString is { Length: > 0 } ? pattern : pattern.With("status", "True"))));
}
