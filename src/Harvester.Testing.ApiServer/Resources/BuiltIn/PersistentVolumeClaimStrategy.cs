using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn;

/// <summary>Claims of volumes.</summary>
internal sealed class PersistentVolumeClaimStrategy : KindStrategy
{
    /// <inheritdoc />
    public override JsonObject PrepareForCreate(RequestContext context, JsonObject value) =>
        value.With("status", JsonObject.Of(("phase", "Pending")));
}
