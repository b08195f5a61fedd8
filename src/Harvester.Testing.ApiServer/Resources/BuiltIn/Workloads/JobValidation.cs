using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn.Workloads;

/// <summary>What the spec of a job must satisfy, alone or inside a cron job.</summary>
internal static class JobValidation
{
    private static readonly string[] Counts =
        ["parallelism", "completions", "activeDeadlineSeconds", "backoffLimit", "ttlSecondsAfterFinished", "backoffLimitPerIndex", "maxFailedIndexes"];

    // What decides where a pod runs may change as long as none did.
    private static readonly string[] SchedulingFields = ["nodeSelector", "affinity", "tolerations", "schedulingGates"];

    private static readonly string[] Frozen =
        ["completionMode", "podFailurePolicy", "successPolicy", "backoffLimitPerIndex", "managedBy"];

    /// <summary>Checks everything but the selector.</summary>
    /// <param name="spec">The job's spec.</param>
    /// <param name="field">Its path.</param>
    /// <param name="errors">Receives the errors.</param>
    public static void CheckSpec(JsonValue? spec, string field, FieldErrors errors)
    {
        foreach (var name in Counts)
        {
            errors.NotNegative($"{field}.{name}", spec?[name]);
        }

        var mode = spec?["completionMode"]?.AsString;
        if (mode is not null)
        {
            errors.OneOf(field + ".completionMode", mode, "NonIndexed", "Indexed");
        }

        if (mode == "Indexed")
        {
            if (spec?["completions"] is null)
            {
                errors.Required(field + ".completions", "when completion mode is Indexed");
            }
        }
        else
        {
            foreach (var name in (ReadOnlySpan<string>)["backoffLimitPerIndex", "maxFailedIndexes", "successPolicy"])
            {
                if (spec?[name] is { IsNull: false } value)
                {
                    errors.Invalid($"{field}.{name}", value, "requires indexed completion mode");
                }
            }
        }

        if (spec?["maxFailedIndexes"] is not null && spec["backoffLimitPerIndex"] is null)
        {
            errors.Required(field + ".backoffLimitPerIndex", "when maxFailedIndexes is specified");
        }

        var hasPolicy = spec?["podFailurePolicy"] is JsonObject;
        if (spec?["podReplacementPolicy"]?.AsString is { } replacement)
        {
            if (hasPolicy)
            {
                errors.OneOf(field + ".podReplacementPolicy", replacement, "Failed");
            }
            else
            {
                errors.OneOf(field + ".podReplacementPolicy", replacement, "Failed", "TerminatingOrFailed");
            }
        }

        FailurePolicy(spec?["podFailurePolicy"], field + ".podFailurePolicy", errors);
        TemplateValidation.Check(spec?["template"], field + ".template", errors);
        var restarts = spec?.At("template", "spec", "restartPolicy")?.AsString ?? "";
        if (restarts is "Always" or "")
        {
            errors.Required(field + ".template.spec.restartPolicy", "valid values: \"OnFailure\", \"Never\"");
        }
        else if (hasPolicy && restarts != "Never")
        {
            errors.Invalid(
                field + ".template.spec.restartPolicy", restarts, "only \"Never\" is supported when podFailurePolicy is specified");
        }
    }

    /// <summary>Checks a change of a job's spec (B-14).</summary>
    /// <param name="value">The job.</param>
    /// <param name="old">The stored one.</param>
    /// <param name="errors">Receives the errors.</param>
    public static void CheckChange(JsonObject value, JsonObject old, FieldErrors errors)
    {
        var spec = value.Find("spec");
        var before = old.Find("spec");
        Completions(spec, before, errors);
        errors.Immutable("spec.selector", spec?["selector"], before?["selector"]);
        var template = before?["template"];
        if (before?["suspend"]?.AsBoolean == true && old.At("status", "startTime") is null)
        {
            template = WithScheduling(template as JsonObject ?? JsonObject.Empty, spec?["template"]);
        }

        if (!Equals(spec?["template"], template))
        {
            errors.Invalid("spec.template", spec?["template"], "field is immutable");
        }

        foreach (var name in Frozen)
        {
            errors.Immutable("spec." + name, spec?[name], before?[name]);
        }
    }

    private static void Completions(JsonValue? spec, JsonValue? before, FieldErrors errors)
    {
        var now = spec?["completions"];
        if (Equals(now, before?["completions"]))
        {
            return;
        }

        if (spec?["completionMode"]?.AsString != "Indexed" || now is null || before?["completions"] is null)
        {
            errors.Invalid("spec.completions", now, "field is immutable");
        }
        else if (!Equals(now, spec["parallelism"]))
        {
            errors.Invalid("spec.completions", now, "can only be modified in tandem with spec.parallelism");
        }
    }

    private static JsonObject WithScheduling(JsonObject template, JsonValue? wanted)
    {
        foreach (var name in (ReadOnlySpan<string>)["labels", "annotations"])
        {
            template = template.WithAt(["metadata", name], wanted?.At("metadata", name));
        }

        foreach (var name in SchedulingFields)
        {
            template = template.WithAt(["spec", name], wanted?.At("spec", name));
        }

        foreach (var list in (ReadOnlySpan<string>)["containers", "initContainers"])
        {
            var resources = (wanted?["spec"]).Items(list).ToLookup(Name);
            template = template.Edit("spec", spec => spec.EditItems(list, container =>
                resources[Name(container)].FirstOrDefault() is { } other ? container.With("resources", other.Find("resources")) : container));
        }

        return template;
    }

    private static string Name(JsonObject container) => container.Find("name")?.AsString ?? "";

    private static void FailurePolicy(JsonValue? policy, string field, FieldErrors errors)
    {
        var i = 0;
        foreach (var rule in policy.Items("rules"))
        {
            var at = FieldErrors.Item(field + ".rules", i++);
            errors.OneOf(at + ".action", rule.Find("action")?.AsString ?? "", "Count", "FailIndex", "FailJob", "Ignore");
            var codes = rule.Find("onExitCodes") as JsonObject;
            var conditions = rule.Find("onPodConditions") as JsonArray;
            if (codes is null && conditions is null)
            {
                errors.Invalid(at, null, "specifying one of OnExitCodes and OnPodConditions is required");
            }
            else if (codes is not null && conditions is not null)
            {
                errors.Invalid(at, null, "specifying both OnExitCodes and OnPodConditions is not supported");
            }

            if (codes is null)
            {
                continue;
            }

            errors.OneOf(at + ".onExitCodes.operator", codes.Find("operator")?.AsString ?? "", "In", "NotIn");
            var values = codes.Find("values") as JsonArray ?? JsonArray.Empty;
            if (values.Count == 0)
            {
                errors.Invalid(at + ".onExitCodes.values", values, "at least one value is required");
            }

            for (var j = 0; j < values.Count; j++)
            {
                if (values[j].AsInteger == 0 && codes.Find("operator")?.AsString == "In")
                {
                    errors.Invalid(
                        FieldErrors.Item(at + ".onExitCodes.values", j), values[j], "must not be 0 for the In operator");
                }
            }
        }
    }
}
