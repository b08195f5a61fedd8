namespace Harvester.Testing.ApiServer.Resources.BuiltIn;

/// <summary>Nodes.</summary>
internal sealed class NodeStrategy : KindStrategy
{
    /// <inheritdoc />
    public override bool KeepsStatusOnCreate => true;
}
