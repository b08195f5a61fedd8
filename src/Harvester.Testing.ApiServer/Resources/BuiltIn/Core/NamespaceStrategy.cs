using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn.Core;

/// <summary>Namespaces (B-34).</summary>
internal sealed class NamespaceStrategy : KindStrategy
{
    private const string NameLabel = "kubernetes.io/metadata.name";

    private static readonly JsonObject Active = JsonObject.Of(("phase", "Active"));

    /// <inheritdoc />
    public override NameForm Names => NameForm.Label;

    /// <inheritdoc />
    public override JsonObject ApplyDefaults(JsonObject value) => WithName(value);

    /// <inheritdoc />
    public override JsonObject PrepareForCreate(RequestContext context, JsonObject value)
    {
        var finalizers = Finalizers(value);
        if (!finalizers.Any(item => item.AsString == "kubernetes"))
        {
            value = value.WithAt(["spec", "finalizers"], JsonArray.Of([.. finalizers, "kubernetes"]));
        }

        return WithName(value.With("status", Active));
    }

    /// <inheritdoc />
    public override JsonObject PrepareForUpdate(RequestContext context, JsonObject value, JsonObject old) =>
        // Only /finalize changes what keeps a namespace.
        value.With("spec", old.Find("spec"));

    /// <inheritdoc />
    public override void Validate(RequestContext context, JsonObject value, List<Cause> causes) =>
        CheckFinalizers(value, new FieldErrors(causes));

    /// <inheritdoc />
    public override void ValidateStatusUpdate(RequestContext context, JsonObject value, JsonObject old, List<Cause> causes)
    {
        var errors = new FieldErrors(causes);
        var phase = value.At("status", "phase")?.AsString ?? "";
        if (ObjectMetadata.IsBeingDeleted(value))
        {
            if (phase != "Terminating")
            {
                errors.Invalid("status.Phase", phase, "may only be 'Terminating' if `deletionTimestamp` is not empty");
            }
        }
        else if (phase != "Active")
        {
            errors.Invalid("status.Phase", phase, "may only be 'Active' if `deletionTimestamp` is empty");
        }
    }

    /// <inheritdoc />
    public override bool IsHeld(JsonObject value) => Finalizers(value).Count > 0;

    /// <summary>Adds what is wrong with what keeps a namespace.</summary>
    internal static void CheckFinalizers(JsonObject value, FieldErrors errors)
    {
        foreach (var finalizer in Finalizers(value))
        {
            var name = finalizer.AsString ?? "";
            if (ObjectMetadataRules.QualifiedNameError(name) is { } bad)
            {
                errors.Invalid("spec.finalizers", name, bad);
            }
            else if (!name.Contains('/', StringComparison.Ordinal) && name is not ("kubernetes" or "orphan" or "foregroundDeletion"))
            {
                errors.Invalid("spec.finalizers", name, "name is neither a standard finalizer name nor is it fully qualified");
            }
        }
    }

    /// <summary>The label that names the namespace, whatever was sent.</summary>
    internal static JsonObject WithName(JsonObject value)
    {
        var name = ObjectMetadata.Name(value);
        return name.Length == 0 ? value : value.WithAt(["metadata", "labels", NameLabel], name);
    }

    private static JsonArray Finalizers(JsonObject value) => value.At("spec", "finalizers") as JsonArray ?? JsonArray.Empty;
}
