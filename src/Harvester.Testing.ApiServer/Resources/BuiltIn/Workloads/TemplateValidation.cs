using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Resources.BuiltIn.Pods;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn.Workloads;

/// <summary>What the pod template of a workload must satisfy, and the selector that finds its pods.</summary>
internal static class TemplateValidation
{
    private const string Mismatch = "`selector` does not match template `labels`";

    /// <summary>Checks labels, annotations and spec of a template.</summary>
    /// <param name="template">The template.</param>
    /// <param name="field">Its path.</param>
    /// <param name="errors">Receives the errors.</param>
    public static void Check(JsonValue? template, string field, FieldErrors errors)
    {
        // Of several labels with the same fault one is named.
        var causes = new List<Cause>();
        ValueForms.CheckLabels(new FieldErrors(causes), field + ".labels", template?.At("metadata", "labels"));
        errors.AddRange(causes.Distinct());
        foreach (var (key, _) in template?.At("metadata", "annotations") as JsonObject ?? JsonObject.Empty)
        {
            if (ObjectMetadataRules.QualifiedNameError(key.ToLowerInvariant()) is { } wrong)
            {
                errors.Invalid(field + ".annotations", key, wrong);
            }
        }

        PodSpecValidation.Check(template?["spec"], field + ".spec", errors);
    }

    /// <summary>Checks a template whose pods are to run for ever.</summary>
    /// <param name="template">The template.</param>
    /// <param name="owner">The kind's name in error texts.</param>
    /// <param name="errors">Receives the errors.</param>
    public static void CheckLasting(JsonValue? template, string owner, FieldErrors errors)
    {
        Check(template, "spec.template", errors);
        if (template?.At("spec", "restartPolicy")?.AsString is var policy && policy is not (null or "Always"))
        {
            if (policy is "OnFailure" or "Never")
            {
                errors.NotSupported("spec.template.spec.restartPolicy", policy, "Always");
            }
        }

        if (template?.At("spec", "activeDeadlineSeconds") is { IsNull: false })
        {
            errors.Forbidden("spec.template.spec.activeDeadlineSeconds", $"activeDeadlineSeconds in {owner} is not Supported");
        }
    }

    /// <summary>Checks a selector, and that it finds the pods of the template.</summary>
    /// <param name="spec">The workload's spec.</param>
    /// <param name="owner">The kind's name in error texts.</param>
    /// <param name="errors">Receives the errors.</param>
    public static void CheckSelector(JsonValue? spec, string owner, FieldErrors errors)
    {
        var selector = spec?["selector"] as JsonObject;
        if (selector is null)
        {
            errors.Required("spec.selector");
        }
        else
        {
            ValueForms.CheckSelector(errors, "spec.selector", selector);
            if (!selector.Has("matchLabels") && !selector.Has("matchExpressions"))
            {
                errors.Invalid("spec.selector", selector, $"empty selector is invalid for {owner}");
            }
        }

        if (selector is not null && !IsUsable(selector))
        {
            errors.Invalid("spec.selector", selector, "invalid label selector");
        }
        else
        {
            CheckMatch(spec, errors);
        }
    }

    /// <summary>Checks that the selector finds the pods of the template.</summary>
    /// <param name="spec">The workload's spec.</param>
    /// <param name="errors">Receives the errors.</param>
    public static void CheckMatch(JsonValue? spec, FieldErrors errors)
    {
        var labels = spec?.At("template", "metadata", "labels");
        if (!TemplateSelector.Matches(spec?["selector"], labels as JsonObject ?? JsonObject.Empty))
        {
            errors.Invalid("spec.template.metadata.labels", labels, Mismatch);
        }
    }

    /// <summary>False for a selector that cannot be read as one.</summary>
    private static bool IsUsable(JsonObject selector)
    {
        var trial = new List<Cause>();
        ValueForms.CheckSelector(new FieldErrors(trial), "", selector);
        return trial.Count == 0;
    }
}
