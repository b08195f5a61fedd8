using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn;

/// <summary>Deployments, stateful sets and replica sets.</summary>
internal class WorkloadStrategy : KindStrategy
{
    /// <inheritdoc />
    public override JsonObject ApplyDefaults(JsonObject value) =>
        value.At("spec", "replicas") is null && value.Find("spec") is JsonObject ? value.WithAt(["spec", "replicas"], 1) : value;

    /// <inheritdoc />
    public override JsonObject PrepareForCreate(RequestContext context, JsonObject value) => value.With("status", JsonObject.Empty);
}

/// <summary>Replication controllers.</summary>
internal sealed class ReplicationControllerStrategy : WorkloadStrategy
{
    /// <inheritdoc />
    public override bool OrphansByDefault => true;
}

/// <summary>Jobs.</summary>
internal sealed class JobStrategy : KindStrategy
{
    /// <inheritdoc />
    public override bool OrphansByDefault => true;

    /// <inheritdoc />
    public override JsonObject PrepareForCreate(RequestContext context, JsonObject value) => value.With("status", JsonObject.Empty);
}
