using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn.Pods;

/// <summary>What the resources of a container must satisfy.</summary>
internal static class ResourceValidation
{
    private static readonly string[] Standard = ["cpu", "memory", "ephemeral-storage"];

    /// <summary>Checks limits and requests.</summary>
    /// <param name="resources">The resources, or null.</param>
    /// <param name="field">Their path.</param>
    /// <param name="errors">Receives the errors.</param>
    public static void Check(JsonValue? resources, string field, FieldErrors errors)
    {
        var limits = resources?["limits"] as JsonObject ?? JsonObject.Empty;
        var requests = resources?["requests"] as JsonObject ?? JsonObject.Empty;
        foreach (var (name, amount) in limits)
        {
            CheckAmount(name, amount, field + ".limits", errors);
        }

        foreach (var (name, amount) in requests)
        {
            CheckAmount(name, amount, field + ".requests", errors);
            if (limits.Find(name) is not { } limit)
            {
                if (IsExtended(name))
                {
                    errors.Required(field + ".limits", "Limit must be set for non overcommitable resources");
                }

                continue;
            }

            if (ValueForms.Amount(amount) is not { } wanted || ValueForms.Amount(limit) is not { } most)
            {
                continue;
            }

            if (IsExtended(name) && wanted.CompareTo(most) != 0)
            {
                errors.Invalid(field + ".requests", amount, $"must be equal to {name} limit of {limit.AsString}");
            }
            else if (wanted.CompareTo(most) > 0)
            {
                errors.Invalid(field + ".requests", amount, $"must be less than or equal to {name} limit of {limit.AsString}");
            }
        }
    }

    private static bool IsExtended(string name) =>
        name.StartsWith("hugepages-", StringComparison.Ordinal)
        || (name.Contains('/', StringComparison.Ordinal) && !name.Contains("kubernetes.io/", StringComparison.Ordinal));

    private static void CheckAmount(string name, JsonValue amount, string list, FieldErrors errors)
    {
        var at = FieldErrors.Key(list, name);
        if (ObjectMetadataRules.QualifiedNameError(name) is { } wrong)
        {
            errors.Invalid(at, name, wrong);
        }

        if (!name.Contains('/', StringComparison.Ordinal) && !Standard.Contains(name) && !name.StartsWith("hugepages-", StringComparison.Ordinal))
        {
            errors.Invalid(at, name, "must be a standard resource type or fully qualified");
            errors.Invalid(at, name, "must be a standard resource for containers");
        }

        if (ValueForms.IsNegative(amount))
        {
            errors.Invalid(at, amount, "must be greater than or equal to 0");
        }
        else if (IsExtended(name) && ValueForms.Amount(amount) is { IsWhole: false })
        {
            errors.Invalid(at, amount, "must be an integer");
        }
    }
}
