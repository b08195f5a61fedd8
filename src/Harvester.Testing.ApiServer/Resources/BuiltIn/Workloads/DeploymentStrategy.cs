using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn.Workloads;

/// <summary>Deployments.</summary>
internal sealed class DeploymentStrategy : WorkloadStrategy
{
    /// <inheritdoc />
    protected override JsonObject CompleteSpec(JsonObject spec) => spec
        .Default("replicas", 1)
        .Default("revisionHistoryLimit", 10)
        .Default("progressDeadlineSeconds", 600)
        .Edit("strategy", strategy =>
        {
            strategy = strategy.Default("type", "RollingUpdate");
            return strategy.Find("type")?.AsString == "RollingUpdate"
                ? strategy.Default("rollingUpdate", JsonObject.Empty).Edit("rollingUpdate", rolling => rolling
                    .Default("maxUnavailable", "25%")
                    .Default("maxSurge", "25%"))
                : strategy;
        });
}
