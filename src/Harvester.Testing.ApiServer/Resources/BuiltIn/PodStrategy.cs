using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn;

/// <summary>Pods.</summary>
internal sealed class PodStrategy : KindStrategy
{
    /// <inheritdoc />
    public override JsonObject PrepareForCreate(RequestContext context, JsonObject value) =>
        value.With("status", JsonObject.Of(("phase", "Pending")));
}
