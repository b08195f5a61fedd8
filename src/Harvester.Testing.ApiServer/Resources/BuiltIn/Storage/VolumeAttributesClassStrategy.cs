using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn.Storage;

/// <summary>Classes of volume attributes.</summary>
internal sealed class VolumeAttributesClassStrategy : KindStrategy
{
    /// <inheritdoc />
    public override void Validate(RequestContext context, JsonObject value, List<Cause> causes)
    {
        var errors = new FieldErrors(causes);
        if (value.Find("driverName")?.AsString is null or "")
        {
            errors.Required("driverName");
        }

        if (value.Find("parameters") is not JsonObject { Count: > 0 })
        {
            errors.Required("parameters", "must contain at least one key/value pair");
        }
    }

    /// <inheritdoc />
    public override void ValidateUpdate(RequestContext context, JsonObject value, JsonObject old, List<Cause> causes)
    {
        var errors = new FieldErrors(causes);
        if (!Equals(value.Find("driverName"), old.Find("driverName")))
        {
            errors.Forbidden("driverName", "updates to driverName are forbidden.");
        }

        if (!Equals(value.Find("parameters"), old.Find("parameters")))
        {
            errors.Forbidden("parameters", "updates to parameters are forbidden.");
        }
    }
}
