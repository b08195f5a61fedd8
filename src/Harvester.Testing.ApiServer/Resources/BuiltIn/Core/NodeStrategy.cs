using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn.Core;

/// <summary>Nodes.</summary>
internal sealed class NodeStrategy : KindStrategy
{
    /// <inheritdoc />
    public override bool KeepsStatusOnCreate => true;

    /// <inheritdoc />
    public override JsonObject ApplyDefaults(JsonObject value)
    {
        if (value.Find("spec") is JsonObject spec)
        {
            value = value.With("spec", WithOneRange(spec));
        }

        if (value.Find("status") is JsonObject status && status.Find("capacity") is JsonObject capacity)
        {
            // A node that does not say what it can give away can give away all it has.
            var allocatable = new JsonObject.Builder(status.Find("allocatable") as JsonObject ?? JsonObject.Empty);
            if (allocatable.Count == 0)
            {
                value = value.WithAt(["status", "allocatable"], capacity);
            }
        }

        return value;
    }

    /// <inheritdoc />
    public override void Validate(RequestContext context, JsonObject value, List<Cause> causes)
    {
        var errors = new FieldErrors(causes);
        CheckTaints(value.At("spec", "taints") as JsonArray ?? JsonArray.Empty, errors);
        var ranges = value.At("spec", "podCIDRs") as JsonArray ?? JsonArray.Empty;
        for (var i = 0; i < ranges.Count; i++)
        {
            if (ValueForms.NetworkError(ranges[i].AsString ?? "") is { } bad)
            {
                errors.Invalid(FieldErrors.Item("spec.podCIDRs", i), ranges[i], bad);
            }
        }

        CheckStatus(value, errors);
    }

    /// <inheritdoc />
    public override void ValidateUpdate(RequestContext context, JsonObject value, JsonObject old, List<Cause> causes)
    {
        var errors = new FieldErrors(causes);
        if (old.At("spec", "podCIDRs") is JsonArray { Count: > 0 } before && !before.Equals(value.At("spec", "podCIDRs")))
        {
            errors.Forbidden("spec.podCIDRs", "node updates may not change podCIDR except from \"\" to valid");
        }

        if (old.At("spec", "providerID")?.AsString is { Length: > 0 } provider && value.At("spec", "providerID")?.AsString != provider)
        {
            errors.Forbidden("spec.providerID", "node updates may not change providerID except from \"\" to valid");
        }
    }

    /// <inheritdoc />
    public override void ValidateStatusUpdate(RequestContext context, JsonObject value, JsonObject old, List<Cause> causes) =>
        CheckStatus(value, new FieldErrors(causes));

    // B-12: podCIDR and the first of podCIDRs are one value; the single one wins.
    private static JsonObject WithOneRange(JsonObject spec)
    {
        var single = spec.Find("podCIDR")?.AsString;
        var all = spec.Find("podCIDRs") as JsonArray;
        if (string.IsNullOrEmpty(single))
        {
            return all is { Count: > 0 } ? spec.With("podCIDR", all[0]) : spec;
        }

        return all is { Count: > 0 } && all[0].AsString == single ? spec : spec.With("podCIDRs", JsonArray.Of(single));
    }

    private static void CheckTaints(JsonArray taints, FieldErrors errors)
    {
        var seen = new HashSet<(string, string)>();
        for (var i = 0; i < taints.Count; i++)
        {
            var at = FieldErrors.Item("spec.taints", i);
            var key = taints[i]["key"]?.AsString ?? "";
            var effect = taints[i]["effect"]?.AsString ?? "";
            if (ObjectMetadataRules.QualifiedNameError(key) is { } bad)
            {
                errors.Invalid(at + ".key", key, bad);
            }

            var text = taints[i]["value"]?.AsString ?? "";
            if (ObjectMetadataRules.LabelValueError(text) is { } wrong)
            {
                errors.Invalid(at + ".value", text, wrong);
            }

            if (effect.Length == 0)
            {
                errors.Required(at + ".effect");
            }
            else
            {
                errors.OneOf(at + ".effect", effect, "NoSchedule", "PreferNoSchedule", "NoExecute");
            }

            if (!seen.Add((key, effect)))
            {
                // The place is not a field but the taint: it stands in the path.
                errors.DuplicateText(
                    at,
                    $"{{\"Key\":\"{key}\",\"Value\":\"{text}\",\"Effect\":\"{effect}\",\"TimeAdded\":null}}");
            }
        }
    }

    private static void CheckStatus(JsonObject value, FieldErrors errors)
    {
        foreach (var list in (ReadOnlySpan<string>)["capacity", "allocatable"])
        {
            foreach (var (resource, amount) in value.At("status", list) as JsonObject ?? JsonObject.Empty)
            {
                if (ValueForms.IsNegative(amount))
                {
                    errors.Invalid(FieldErrors.Key("status." + list, resource), amount, "must be greater than or equal to 0");
                }
            }
        }

        var seen = new HashSet<(string?, string?)>();
        var addresses = value.At("status", "addresses") as JsonArray ?? JsonArray.Empty;
        for (var i = 0; i < addresses.Count; i++)
        {
            if (!seen.Add((addresses[i]["type"]?.AsString, addresses[i]["address"]?.AsString)))
            {
                errors.DuplicateText(
                    FieldErrors.Item("status.addresses", i),
                    $"{{\"Type\":\"{addresses[i]["type"]?.AsString}\",\"Address\":\"{addresses[i]["address"]?.AsString}\"}}");
            }
        }
    }
}
