using System.Globalization;
using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn.Workloads;

/// <summary>Daemon sets.</summary>
internal sealed class DaemonSetStrategy : WorkloadStrategy
{
    private const string TemplateGeneration = "deprecated.daemonset.template.generation";

    /// <summary>The version shows the generation as an annotation, also of an object that has none yet.</summary>
    /// <inheritdoc />
    public override JsonObject ApplyDefaults(JsonObject value)
    {
        value = base.ApplyDefaults(value);
        return value.At("metadata", "annotations", TemplateGeneration) is null ? WithTemplateGeneration(value, 0) : value;
    }

    /// <inheritdoc />
    public override JsonObject PrepareForCreate(RequestContext context, JsonObject value) => WithTemplateGeneration(value, 1);

    /// <inheritdoc />
    public override JsonObject PrepareForUpdate(RequestContext context, JsonObject value, JsonObject old)
    {
        var before = old.At("metadata", "annotations", TemplateGeneration)?.AsString;
        _ = long.TryParse(before, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var generation);
        return WithTemplateGeneration(
            value,
            Equals(value.At("spec", "template"), old.At("spec", "template")) ? generation : generation + 1);
    }

    /// <inheritdoc />
    public override void Validate(RequestContext context, JsonObject value, List<Cause> causes)
    {
        var spec = value.Find("spec");
        var errors = new FieldErrors(causes);
        ValueForms.CheckSelector(errors, "spec.selector", spec?["selector"]);
        TemplateValidation.CheckMatch(spec, errors);
        if (spec?["selector"] is JsonObject { Count: 0 } selector)
        {
            errors.Invalid("spec.selector", selector, "empty selector is invalid for daemonset");
        }

        TemplateValidation.CheckLasting(spec?["template"], "DaemonSet", errors);
        errors.NotNegative("spec.minReadySeconds", spec?["minReadySeconds"]);
        UpdateStrategy(spec?["updateStrategy"], errors);
        errors.NotNegative("spec.revisionHistoryLimit", spec?["revisionHistoryLimit"]);
    }

    /// <inheritdoc />
    public override void ValidateUpdate(RequestContext context, JsonObject value, JsonObject old, List<Cause> causes) =>
        new FieldErrors(causes).Immutable("spec.selector", value.At("spec", "selector"), old.At("spec", "selector"));

    /// <inheritdoc />
    protected override JsonObject Complete(JsonObject value) =>
        // Whoever writes a daemon set writes the annotation, whatever its value.
        value.At("metadata", "annotations", TemplateGeneration) is null ? WithTemplateGeneration(value, 0) : value;

    /// <inheritdoc />
    protected override JsonObject CompleteSpec(JsonObject spec) => spec
        .Default("revisionHistoryLimit", 10)
        .Edit("updateStrategy", strategy =>
        {
            strategy = strategy.Default("type", "RollingUpdate");
            return strategy.Find("type")?.AsString == "RollingUpdate"
                ? strategy.Default("rollingUpdate", JsonObject.Empty).Edit("rollingUpdate", rolling => rolling
                    .Default("maxUnavailable", 1)
                    .Default("maxSurge", 0))
                : strategy;
        });

    private static JsonObject WithTemplateGeneration(JsonObject value, long generation) => value.WithAt(
        ["metadata", "annotations", TemplateGeneration],
        generation.ToString(CultureInfo.InvariantCulture));

    private static void UpdateStrategy(JsonValue? strategy, FieldErrors errors)
    {
        const string field = "spec.updateStrategy";
        switch (strategy?["type"]?.AsString)
        {
            case "OnDelete":
                break;
            case "RollingUpdate":
                var unavailable = strategy.At("rollingUpdate", "maxUnavailable");
                var surge = strategy.At("rollingUpdate", "maxSurge");
                RolloutValidation.CheckAmount(unavailable, field + ".rollingUpdate.maxUnavailable", errors);
                RolloutValidation.CheckAmount(surge, field + ".rollingUpdate.maxSurge", errors);
                if (!RolloutValidation.IsZero(unavailable) && !RolloutValidation.IsZero(surge))
                {
                    errors.Invalid(field + ".rollingUpdate.maxSurge", surge, "may not be set when maxUnavailable is non-zero");
                }
                else if (RolloutValidation.IsZero(unavailable) && RolloutValidation.IsZero(surge))
                {
                    errors.Invalid(field + ".rollingUpdate.maxUnavailable", unavailable, "cannot be 0 when maxSurge is 0");
                }

                RolloutValidation.CheckShare(unavailable, field + ".rollingUpdate.maxUnavailable", errors);
                RolloutValidation.CheckShare(surge, field + ".rollingUpdate.maxSurge", errors);
                break;
            case var other:
                errors.NotSupported(field + ".type", other ?? "", "RollingUpdate", "OnDelete");
                break;
        }
    }
}
