using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Resources.BuiltIn.Pods;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn.Workloads;

/// <summary>Stateful sets.</summary>
internal sealed class StatefulSetStrategy : WorkloadStrategy
{
    /// <inheritdoc />
    protected override JsonObject CompleteSpec(JsonObject spec) => spec
        .Default("replicas", 1)
        .Default("podManagementPolicy", "OrderedReady")
        .Default("revisionHistoryLimit", 10)
        .Default("persistentVolumeClaimRetentionPolicy", JsonObject.Empty)
        .Edit("persistentVolumeClaimRetentionPolicy", policy => policy
            .Default("whenDeleted", "Retain")
            .Default("whenScaled", "Retain"))
        .Edit("updateStrategy", strategy =>
        {
            strategy = strategy.Default("type", "RollingUpdate");
            return strategy.Find("type")?.AsString == "RollingUpdate"
                ? strategy.Default("rollingUpdate", JsonObject.Empty).Edit("rollingUpdate", rolling => rolling
                    .Default("partition", 0)
                    .Default("maxUnavailable", 1))
                : strategy;
        })
        .EditItems("volumeClaimTemplates", template => template
            .With("kind", "PersistentVolumeClaim")
            .With("apiVersion", "v1")
            .Edit("spec", VolumeDefaults.Claim)
            .Edit("status", status => status.Default("phase", "Pending")));
}
