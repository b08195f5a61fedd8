using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn.Policy;

/// <summary>Flow schemas.</summary>
internal sealed class FlowSchemaStrategy : KindStrategy
{
    /// <inheritdoc />
    public override JsonObject ApplyDefaults(JsonObject value) => value.Edit("spec", spec =>
        spec.Find("matchingPrecedence") is null or JsonInteger { Value: 0 } ? spec.With("matchingPrecedence", 1000) : spec);

    /// <inheritdoc />
    public override void Validate(RequestContext context, JsonObject value, List<Cause> causes)
    {
        var errors = new FieldErrors(causes);
        var precedence = value.At("spec", "matchingPrecedence")?.AsInteger ?? 0;
        if (precedence <= 0)
        {
            errors.Invalid("spec.matchingPrecedence", precedence, "must be a positive value");
        }
        else if (precedence > 10000)
        {
            errors.Invalid("spec.matchingPrecedence", precedence, "must not be greater than 10000");
        }

        if (value.At("spec", "priorityLevelConfiguration", "name")?.AsString is null or "")
        {
            errors.Required("spec.priorityLevelConfiguration.name", "must reference a priority level");
        }

        if (value.At("spec", "distinguisherMethod", "type")?.AsString is { } method)
        {
            errors.OneOf("spec.distinguisherMethod", method, "ByNamespace", "ByUser");
        }
    }
}

/// <summary>Priority levels of requests.</summary>
internal sealed class PriorityLevelStrategy : KindStrategy
{
    /// <inheritdoc />
    public override JsonObject ApplyDefaults(JsonObject value) => value.Edit("spec", spec => spec
        .Edit("exempt", exempt => exempt.Default("nominalConcurrencyShares", 0).Default("lendablePercent", 0))
        .Edit("limited", limited => limited
            .Default("nominalConcurrencyShares", 30)
            .Default("lendablePercent", 0)
            .Edit("limitResponse", response => response.Edit("queuing", queuing => NotZero(NotZero(NotZero(queuing, "queues", 64), "handSize", 8), "queueLengthLimit", 50)))));

    /// <inheritdoc />
    public override void Validate(RequestContext context, JsonObject value, List<Cause> causes)
    {
        var errors = new FieldErrors(causes);
        var type = value.At("spec", "type")?.AsString ?? "";
        if (!errors.OneOf("spec.type", type, "Exempt", "Limited"))
        {
            return;
        }

        var (wanted, other) = type == "Limited" ? ("limited", "exempt") : ("exempt", "limited");
        if (value.At("spec", other) is not null)
        {
            errors.Forbidden("spec." + other, $"must be nil if the type is {type}");
        }

        if (type == "Limited" && value.At("spec", wanted) is null)
        {
            errors.Required("spec.limited", "must not be empty when type is Limited");
        }
    }

    private static JsonObject NotZero(JsonObject value, string member, long filled) =>
        value.Find(member) is null or JsonInteger { Value: 0 } ? value.With(member, filled) : value;
}
