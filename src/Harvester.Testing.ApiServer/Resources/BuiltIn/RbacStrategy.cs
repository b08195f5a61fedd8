namespace Harvester.Testing.ApiServer.Resources.BuiltIn;

/// <summary>Roles and their bindings.</summary>
internal sealed class RbacStrategy : KindStrategy
{
    /// <inheritdoc />
    public override NameForm Names => NameForm.PathSegment;
}
