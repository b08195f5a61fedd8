using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn.Workloads;

/// <summary>Deployments.</summary>
internal sealed class DeploymentStrategy : WorkloadStrategy
{
    /// <inheritdoc />
    public override void Validate(RequestContext context, JsonObject value, List<Cause> causes)
    {
        var spec = value.Find("spec");
        var errors = new FieldErrors(causes);
        errors.NotNegative("spec.replicas", spec?["replicas"]);
        TemplateValidation.CheckSelector(spec, "deployment", errors);
        TemplateValidation.CheckLasting(spec?["template"], "ReplicaSet", errors);
        Strategy(spec?["strategy"], errors);
        errors.NotNegative("spec.minReadySeconds", spec?["minReadySeconds"]);
        errors.NotNegative("spec.revisionHistoryLimit", spec?["revisionHistoryLimit"]);
        errors.NotNegative("spec.progressDeadlineSeconds", spec?["progressDeadlineSeconds"]);
        if (spec?["progressDeadlineSeconds"]?.AsInteger is { } deadline && deadline <= (spec["minReadySeconds"]?.AsInteger ?? 0))
        {
            errors.Invalid("spec.progressDeadlineSeconds", deadline, "must be greater than minReadySeconds");
        }
    }

    /// <inheritdoc />
    public override void ValidateUpdate(RequestContext context, JsonObject value, JsonObject old, List<Cause> causes) =>
        new FieldErrors(causes).Immutable("spec.selector", value.At("spec", "selector"), old.At("spec", "selector"));

    /// <inheritdoc />
    protected override JsonObject CompleteSpec(JsonObject spec) => spec
        .Default("replicas", 1)
        .Default("revisionHistoryLimit", 10)
        .Default("progressDeadlineSeconds", 600)
        .Edit("strategy", strategy =>
        {
            strategy = strategy.Default("type", "RollingUpdate");
            return strategy.Find("type")?.AsString == "RollingUpdate"
                ? strategy.Default("rollingUpdate", JsonObject.Empty).Edit("rollingUpdate", rolling => rolling
                    .Default("maxUnavailable", "25%")
                    .Default("maxSurge", "25%"))
                : strategy;
        });

    /// <inheritdoc />
    public override JsonObject PrepareForStatusUpdate(RequestContext context, JsonObject value, JsonObject old) =>
        // Of the metadata all but the labels is taken.
        base.PrepareForStatusUpdate(context, ObjectMetadata.WithMeta(value, "labels", old.At("metadata", "labels")), old);

    private static void Strategy(JsonValue? strategy, FieldErrors errors)
    {
        const string field = "spec.strategy";
        var rolling = strategy?["rollingUpdate"] as JsonObject;
        switch (strategy?["type"]?.AsString)
        {
            case "Recreate":
                if (rolling is not null)
                {
                    errors.Forbidden(field + ".rollingUpdate", "may not be specified when strategy `type` is 'Recreate'");
                }

                break;
            case "RollingUpdate":
                if (rolling is null)
                {
                    errors.Required(field + ".rollingUpdate", "this should be defaulted and never be nil");
                    break;
                }

                var unavailable = rolling.Find("maxUnavailable");
                var surge = rolling.Find("maxSurge");
                RolloutValidation.CheckAmount(unavailable, field + ".rollingUpdate.maxUnavailable", errors);
                RolloutValidation.CheckAmount(surge, field + ".rollingUpdate.maxSurge", errors);
                if (RolloutValidation.IsZero(unavailable) && RolloutValidation.IsZero(surge))
                {
                    errors.Invalid(field + ".rollingUpdate.maxUnavailable", unavailable, "may not be 0 when `maxSurge` is 0");
                }

                RolloutValidation.CheckShare(unavailable, field + ".rollingUpdate.maxUnavailable", errors);
                break;
            case var other:
                errors.NotSupported(
                    field,
                    JsonObject.Of(("Type", other is null ? "" : (JsonValue)other), ("RollingUpdate", rolling ?? JsonValue.Null)),
                    "Recreate",
                    "RollingUpdate");
                break;
        }
    }
}
