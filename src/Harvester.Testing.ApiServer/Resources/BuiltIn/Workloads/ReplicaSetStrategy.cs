using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn.Workloads;

/// <summary>Replica sets.</summary>
internal sealed class ReplicaSetStrategy : WorkloadStrategy
{
    /// <inheritdoc />
    protected override JsonObject CompleteSpec(JsonObject spec) => spec.Default("replicas", 1);
}
