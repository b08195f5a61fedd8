using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn.Core;

/// <summary>Resource quotas.</summary>
internal sealed class ResourceQuotaStrategy : KindStrategy
{
    private static readonly string[] Scopes =
        ["BestEffort", "CrossNamespacePodAffinity", "NotBestEffort", "NotTerminating", "PriorityClass", "Terminating", "VolumeAttributesClass"];

    /// <inheritdoc />
    public override void Validate(RequestContext context, JsonObject value, List<Cause> causes)
    {
        var errors = new FieldErrors(causes);
        CheckAmounts(value.At("spec", "hard"), "spec.hard", errors);
        var scopes = value.At("spec", "scopes") as JsonArray ?? JsonArray.Empty;
        var names = scopes.Select(scope => scope.AsString ?? "").ToList();
        foreach (var name in names.Where(name => !Scopes.Contains(name)))
        {
            errors.Invalid("spec.scopes", scopes, "unsupported scope");
            _ = name;
        }

        if ((names.Contains("BestEffort") && names.Contains("NotBestEffort"))
            || (names.Contains("Terminating") && names.Contains("NotTerminating")))
        {
            errors.Invalid("spec.scopes", scopes, "conflicting scopes");
        }
    }

    /// <inheritdoc />
    public override void ValidateUpdate(RequestContext context, JsonObject value, JsonObject old, List<Cause> causes)
    {
        var errors = new FieldErrors(causes);
        errors.Immutable("spec.scopes", value.At("spec", "scopes"), old.At("spec", "scopes"));
    }

    /// <inheritdoc />
    public override void ValidateStatusUpdate(RequestContext context, JsonObject value, JsonObject old, List<Cause> causes)
    {
        var errors = new FieldErrors(causes);
        CheckAmounts(value.At("status", "hard"), "status.hard", errors);
        CheckAmounts(value.At("status", "used"), "status.used", errors);
    }

    private static void CheckAmounts(JsonValue? amounts, string field, FieldErrors errors)
    {
        foreach (var (resource, amount) in amounts as JsonObject ?? JsonObject.Empty)
        {
            var at = FieldErrors.Key(field, resource);
            if (ObjectMetadataRules.QualifiedNameError(resource) is { } bad)
            {
                errors.Invalid(at, resource, bad);
            }
            else if (!resource.Contains('/', StringComparison.Ordinal) && !resource.Contains('.', StringComparison.Ordinal) && !IsStandard(resource))
            {
                errors.Invalid(at, resource, "must be a standard resource for quota");
            }

            if (ValueForms.IsNegative(amount))
            {
                errors.Invalid(at, amount, "must be greater than or equal to 0");
            }
            else if (IsCount(resource) && ValueForms.Amount(amount) is { IsWhole: false })
            {
                errors.Invalid(at, amount, "must be an integer");
            }
        }
    }

    private static bool IsCount(string resource) => resource.StartsWith("count/", StringComparison.Ordinal)
        || resource is "pods" or "services" or "replicationcontrollers" or "resourcequotas" or "secrets" or "configmaps"
            or "persistentvolumeclaims" or "services.nodeports" or "services.loadbalancers";

    private static bool IsStandard(string resource) => IsCount(resource)
        || resource is "cpu" or "memory" or "storage" or "ephemeral-storage"
        || resource.StartsWith("hugepages-", StringComparison.Ordinal);
}
