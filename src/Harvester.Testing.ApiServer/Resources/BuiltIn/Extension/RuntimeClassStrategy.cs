using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn.Extension;

/// <summary>Runtime classes.</summary>
internal sealed class RuntimeClassStrategy : KindStrategy
{
    /// <inheritdoc />
    public override void Validate(RequestContext context, JsonObject value, List<Cause> causes)
    {
        var errors = new FieldErrors(causes);
        var handler = value.Find("handler")?.AsString ?? "";
        if (ObjectMetadataRules.LabelError(handler) is { } bad)
        {
            errors.Invalid("handler", handler, bad);
        }

        foreach (var (resource, amount) in value.At("overhead", "podFixed") as JsonObject ?? JsonObject.Empty)
        {
            if (ValueForms.IsNegative(amount))
            {
                errors.Invalid(FieldErrors.Key("overhead.podFixed", resource), amount, "must be greater than or equal to 0");
            }
        }

        ValueForms.CheckLabels(errors, "scheduling.nodeSelector", value.At("scheduling", "nodeSelector"));
    }

    /// <inheritdoc />
    public override void ValidateUpdate(RequestContext context, JsonObject value, JsonObject old, List<Cause> causes) =>
        new FieldErrors(causes).Immutable("handler", value.Find("handler"), old.Find("handler"));
}
