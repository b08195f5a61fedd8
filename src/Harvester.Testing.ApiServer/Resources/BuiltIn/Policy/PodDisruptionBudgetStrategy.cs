using System.Text.RegularExpressions;
using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn.Policy;

/// <summary>Disruption budgets of pods.</summary>
internal sealed partial class PodDisruptionBudgetStrategy : KindStrategy
{
    /// <inheritdoc />
    public override void Validate(RequestContext context, JsonObject value, List<Cause> causes)
    {
        var errors = new FieldErrors(causes);
        var least = value.At("spec", "minAvailable");
        var most = value.At("spec", "maxUnavailable");
        if (least is not null && most is not null)
        {
            errors.Invalid("spec", value.Find("spec"), "minAvailable and maxUnavailable cannot be both set");
        }

        CheckShare(errors, "spec.minAvailable", least);
        CheckShare(errors, "spec.maxUnavailable", most);
        ValueForms.CheckSelector(errors, "spec.selector", value.At("spec", "selector"));
        if (value.At("spec", "unhealthyPodEvictionPolicy")?.AsString is { } policy)
        {
            errors.OneOf("spec.unhealthyPodEvictionPolicy", policy, "AlwaysAllow", "IfHealthyBudget");
        }
    }

    /// <inheritdoc />
    public override void ValidateStatusUpdate(RequestContext context, JsonObject value, JsonObject old, List<Cause> causes)
    {
        var errors = new FieldErrors(causes);
        foreach (var member in (ReadOnlySpan<string>)["disruptionsAllowed", "currentHealthy", "desiredHealthy", "expectedPods"])
        {
            errors.NotNegative("status." + member, value.At("status", member));
        }
    }

    private static void CheckShare(FieldErrors errors, string field, JsonValue? share)
    {
        if (share is not JsonString { Value: var text })
        {
            errors.NotNegative(field, share);
        }
        else if (!Percent().IsMatch(text))
        {
            errors.Invalid(
                field,
                text,
                "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')");
        }
        else if (text.Length > 4 || int.Parse(text[..^1], System.Globalization.CultureInfo.InvariantCulture) > 100)
        {
            errors.Invalid(field, text, "must not be greater than 100%");
        }
    }

    [GeneratedRegex(@"\A[0-9]+%\z")]
    private static partial Regex Percent();
}
