using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn.Core;

/// <summary>Leases.</summary>
internal sealed class LeaseStrategy : KindStrategy
{
    /// <inheritdoc />
    public override void Validate(RequestContext context, JsonObject value, List<Cause> causes)
    {
        var errors = new FieldErrors(causes);
        if (value.At("spec", "leaseDurationSeconds")?.AsInteger is { } seconds and <= 0)
        {
            errors.Invalid("spec.leaseDurationSeconds", seconds, "must be greater than 0");
        }

        errors.NotNegative("spec.leaseTransitions", value.At("spec", "leaseTransitions"));
        if (value.At("spec", "strategy")?.AsString is { Length: > 0 } strategy
            && strategy != "OldestEmulationVersion" && !strategy.Contains('/', StringComparison.Ordinal))
        {
            errors.Invalid("spec.strategy", strategy, "must be a valid coordinated leader election strategy");
        }

        if (value.At("spec", "preferredHolder")?.AsString is { Length: > 0 } && value.At("spec", "strategy")?.AsString is null or "")
        {
            errors.Forbidden("spec.preferredHolder", "may only be specified if `strategy` is defined");
        }
    }
}
