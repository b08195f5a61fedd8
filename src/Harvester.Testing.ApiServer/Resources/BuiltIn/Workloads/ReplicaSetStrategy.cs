using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn.Workloads;

/// <summary>Replica sets.</summary>
internal sealed class ReplicaSetStrategy : WorkloadStrategy
{
    /// <inheritdoc />
    public override void Validate(RequestContext context, JsonObject value, List<Cause> causes)
    {
        var spec = value.Find("spec");
        var errors = new FieldErrors(causes);
        errors.NotNegative("spec.replicas", spec?["replicas"]);
        errors.NotNegative("spec.minReadySeconds", spec?["minReadySeconds"]);
        TemplateValidation.CheckSelector(spec, "deployment", errors);
        TemplateValidation.CheckLasting(spec?["template"], "ReplicaSet", errors);
    }

    /// <inheritdoc />
    public override void ValidateUpdate(RequestContext context, JsonObject value, JsonObject old, List<Cause> causes) =>
        new FieldErrors(causes).Immutable("spec.selector", value.At("spec", "selector"), old.At("spec", "selector"));

    /// <inheritdoc />
    protected override JsonObject CompleteSpec(JsonObject spec) => spec.Default("replicas", 1);
}
