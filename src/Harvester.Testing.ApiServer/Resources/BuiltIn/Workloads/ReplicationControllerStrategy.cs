using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn.Workloads;

/// <summary>Replication controllers.</summary>
internal sealed class ReplicationControllerStrategy : WorkloadStrategy
{
    /// <inheritdoc />
    public override bool OrphansByDefault => true;

    /// <inheritdoc />
    public override void Validate(RequestContext context, JsonObject value, List<Cause> causes)
    {
        var spec = value.Find("spec");
        var errors = new FieldErrors(causes);
        errors.NotNegative("spec.minReadySeconds", spec?["minReadySeconds"]);
        var selector = spec?["selector"] as JsonObject;
        if (selector is null or { Count: 0 })
        {
            errors.Required("spec.selector");
        }

        errors.NotNegative("spec.replicas", spec?["replicas"]);
        if (spec?["template"] is not JsonObject template)
        {
            errors.Required("spec.template");
            return;
        }

        var labels = template.At("metadata", "labels") as JsonObject;
        if (selector is not null && selector.Any(pair => !Equals(labels?.Find(pair.Key), pair.Value)))
        {
            errors.Invalid("spec.template.metadata.labels", labels, "`selector` does not match template `labels`");
        }

        TemplateValidation.CheckLasting(template, "ReplicationController", errors);
    }

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
