using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn.Workloads;

/// <summary>Replication controllers.</summary>
internal sealed class ReplicationControllerStrategy : WorkloadStrategy
{
    /// <inheritdoc />
    public override bool OrphansByDefault => true;

    /// <inheritdoc />
    protected override JsonObject CompleteSpec(JsonObject spec)
    {
        spec = spec.Default("replicas", 1);
        return spec.At("template", "metadata", "labels") is { } labels ? spec.Default("selector", labels) : spec;
    }

    /// <inheritdoc />
    protected override JsonObject Complete(JsonObject value) =>
        value.At("metadata", "labels") is null && value.At("spec", "template", "metadata", "labels") is { } labels
            ? ObjectMetadata.WithMeta(value, "labels", labels)
            : value;
}
