using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn.Core;

/// <summary>Where whoever keeps a namespace lets go of it (B-34).</summary>
internal sealed class FinalizeSubresource : Subresource
{
    /// <inheritdoc />
    public override IReadOnlyList<string> Verbs { get; } = ["update"];

    /// <inheritdoc />
    public override JsonObject PrepareForUpdate(RequestContext context, JsonObject value, JsonObject old) =>
        value.With("status", old.Find("status"));

    /// <inheritdoc />
    public override void ValidateUpdate(RequestContext context, JsonObject value, JsonObject old, List<Cause> causes) =>
        NamespaceStrategy.CheckFinalizers(value, new FieldErrors(causes));
}
