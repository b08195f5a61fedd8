using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn.Storage;

/// <summary>Storage classes.</summary>
internal sealed class StorageClassStrategy : KindStrategy
{
    private static readonly string[] Frozen = ["parameters", "provisioner", "reclaimPolicy", "volumeBindingMode"];

    /// <inheritdoc />
    public override JsonObject ApplyDefaults(JsonObject value) =>
        value.Default("reclaimPolicy", "Delete").Default("volumeBindingMode", "Immediate");

    /// <inheritdoc />
    public override void Validate(RequestContext context, JsonObject value, List<Cause> causes)
    {
        var errors = new FieldErrors(causes);
        var provisioner = value.Find("provisioner")?.AsString ?? "";
        if (provisioner.Length == 0)
        {
            errors.Required("provisioner");
        }
        else if (ObjectMetadataRules.QualifiedNameError(provisioner.ToLowerInvariant()) is { } bad)
        {
            errors.Invalid("provisioner", provisioner, bad);
        }

        if ((value.Find("parameters") as JsonObject)?.Has("") == true)
        {
            errors.Invalid("parameters", "", "field can not be empty.");
        }

        errors.OneOf("reclaimPolicy", value.Find("reclaimPolicy")?.AsString ?? "", "Delete", "Retain");
        errors.OneOf("volumeBindingMode", value.Find("volumeBindingMode")?.AsString ?? "", "Immediate", "WaitForFirstConsumer");
    }

    /// <inheritdoc />
    public override void ValidateUpdate(RequestContext context, JsonObject value, JsonObject old, List<Cause> causes)
    {
        var errors = new FieldErrors(causes);
        foreach (var member in Frozen)
        {
            if (!Equals(value.Find(member), old.Find(member)))
            {
                errors.Invalid(member, null, "field is immutable");
            }
        }
    }
}
