using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Resources.BuiltIn.Pods;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn.Workloads;

/// <summary>Cron jobs.</summary>
internal sealed class CronJobStrategy : KindStrategy
{
    /// <inheritdoc />
    public override JsonObject ApplyDefaults(JsonObject value) => value.Edit("spec", spec => spec
        .Default("concurrencyPolicy", "Allow")
        .Default("suspend", false)
        .Default("successfulJobsHistoryLimit", 3)
        .Default("failedJobsHistoryLimit", 1)
        .Edit("jobTemplate", job => job.Edit("spec", inner => JobDefaults.PodFailurePolicy(inner)
            .Edit("template", PodSpecDefaults.ApplyToTemplate))));
}
