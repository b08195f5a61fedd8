using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Resources.BuiltIn.Pods;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn.Workloads;

/// <summary>Stateful sets.</summary>
internal sealed class StatefulSetStrategy : WorkloadStrategy
{
    private static readonly string[] Frozen = ["selector", "serviceName", "podManagementPolicy", "volumeClaimTemplates"];

    /// <inheritdoc />
    public override void Validate(RequestContext context, JsonObject value, List<Cause> causes)
    {
        var spec = value.Find("spec");
        var errors = new FieldErrors(causes);
        if (spec?["podManagementPolicy"]?.AsString is not ("OrderedReady" or "Parallel"))
        {
            errors.Invalid("spec.podManagementPolicy", spec?["podManagementPolicy"], "must be 'OrderedReady' or 'Parallel'");
        }

        UpdateStrategy(spec?["updateStrategy"], errors);
        foreach (var name in (ReadOnlySpan<string>)["whenDeleted", "whenScaled"])
        {
            errors.OneOf(
                $"spec.persistentVolumeClaimRetentionPolicy.{name}",
                spec?.At("persistentVolumeClaimRetentionPolicy", name)?.AsString ?? "Retain",
                "Delete",
                "Retain");
        }

        errors.NotNegative("spec.replicas", spec?["replicas"]);
        errors.NotNegative("spec.minReadySeconds", spec?["minReadySeconds"]);
        errors.NotNegative("spec.ordinals.start", spec?.At("ordinals", "start"));
        TemplateValidation.CheckSelector(spec, "statefulset", errors);
        TemplateValidation.CheckLasting(spec?["template"], "StatefulSet", errors);
    }

    /// <inheritdoc />
    public override void ValidateUpdate(RequestContext context, JsonObject value, JsonObject old, List<Cause> causes)
    {
        foreach (var name in Frozen)
        {
            new FieldErrors(causes).Immutable("spec." + name, value.At("spec", name), old.At("spec", name));
        }
    }

    /// <inheritdoc />
    protected override JsonObject CompleteSpec(JsonObject spec) => spec
        .Default("replicas", 1)
        .Default("podManagementPolicy", "OrderedReady")
        .Default("revisionHistoryLimit", 10)
        .Default("persistentVolumeClaimRetentionPolicy", JsonObject.Empty)
        .Edit("persistentVolumeClaimRetentionPolicy", policy => policy
            .Default("whenDeleted", "Retain")
            .Default("whenScaled", "Retain"))
        .Edit("updateStrategy", strategy =>
        {
            strategy = strategy.Default("type", "RollingUpdate");
            return strategy.Find("type")?.AsString == "RollingUpdate"
                ? strategy.Default("rollingUpdate", JsonObject.Empty).Edit("rollingUpdate", rolling => rolling
                    .Default("partition", 0)
                    .Default("maxUnavailable", 1))
                : strategy;
        })
        .EditItems("volumeClaimTemplates", template => template
            .With("kind", "PersistentVolumeClaim")
            .With("apiVersion", "v1")
            .Edit("spec", VolumeDefaults.Claim)
            .Edit("status", status => status.Default("phase", "Pending")));

    private static void UpdateStrategy(JsonValue? strategy, FieldErrors errors)
    {
        const string field = "spec.updateStrategy";
        var rolling = strategy?["rollingUpdate"];
        switch (strategy?["type"]?.AsString)
        {
            case "OnDelete":
                if (rolling is not null)
                {
                    errors.Invalid(field + ".rollingUpdate", rolling, "only allowed for updateStrategy 'RollingUpdate'");
                }

                break;
            case "RollingUpdate":
                errors.NotNegative(field + ".rollingUpdate.partition", rolling?["partition"]);
                var unavailable = rolling?["maxUnavailable"];
                RolloutValidation.CheckAmount(unavailable, field + ".rollingUpdate.maxUnavailable", errors);
                if (RolloutValidation.IsZero(unavailable))
                {
                    errors.Invalid(field + ".rollingUpdate.maxUnavailable", unavailable, "cannot be 0");
                }

                RolloutValidation.CheckShare(unavailable, field + ".rollingUpdate.maxUnavailable", errors);
                break;
            case var other:
                errors.Invalid(
                    field,
                    JsonObject.Of(("Type", other is null ? "" : (JsonValue)other), ("RollingUpdate", rolling ?? JsonValue.Null)),
                    "must be 'RollingUpdate' or 'OnDelete'");
                break;
        }
    }
}
