using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn;

/// <summary>Roles and their bindings.</summary>
internal sealed class RbacStrategy : KindStrategy
{
    /// <inheritdoc />
    public override NameForm Names => NameForm.PathSegment;

    /// <inheritdoc />
    public override JsonObject PrepareForCreate(RequestContext context, JsonObject value)
    {
        context.Server.Access.CheckGrant(context, value, null);
        return value;
    }

    /// <inheritdoc />
    public override JsonObject PrepareForUpdate(RequestContext context, JsonObject value, JsonObject old)
    {
        context.Server.Access.CheckGrant(context, value, old);
        return value;
    }
}
