using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn.Extension;

/// <summary>Revisions that controllers keep of their templates.</summary>
internal sealed class ControllerRevisionStrategy : KindStrategy
{
    /// <inheritdoc />
    public override void Validate(RequestContext context, JsonObject value, List<Cause> causes)
    {
        var errors = new FieldErrors(causes);
        if (value.Find("data") is null or JsonNull)
        {
            errors.Required("data", "data is mandatory");
        }

        errors.NotNegative("revision", value.Find("revision"));
    }

    /// <inheritdoc />
    public override void ValidateUpdate(RequestContext context, JsonObject value, JsonObject old, List<Cause> causes) =>
        new FieldErrors(causes).Immutable("data", value.Find("data"), old.Find("data"));
}
