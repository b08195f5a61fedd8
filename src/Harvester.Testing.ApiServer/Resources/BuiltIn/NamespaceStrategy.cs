using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn;

/// <summary>Namespaces.</summary>
internal sealed class NamespaceStrategy : KindStrategy
{
    private static readonly JsonArray Finalizers = JsonArray.Of("kubernetes");

    /// <inheritdoc />
    public override NameForm Names => NameForm.Label;

    /// <inheritdoc />
    public override JsonObject PrepareForCreate(RequestContext context, JsonObject value)
    {
        var name = ObjectMetadata.Name(value);
        value = value.WithAt(["spec", "finalizers"], Finalizers).With("status", JsonObject.Of(("phase", "Active")));
        return name.Length == 0 ? value : value.WithAt(["metadata", "labels", "kubernetes.io/metadata.name"], name);
    }

    /// <inheritdoc />
    public override JsonObject PrepareForUpdate(RequestContext context, JsonObject value, JsonObject old) =>
        // Only /finalize changes what keeps a namespace.
        value.With("spec", old.Find("spec")).WithAt(["metadata", "labels", "kubernetes.io/metadata.name"], context.Name);

    /// <inheritdoc />
    public override bool IsHeld(JsonObject value) => value.At("spec", "finalizers") is JsonArray { Count: > 0 };
}
