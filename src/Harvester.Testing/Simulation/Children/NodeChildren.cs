namespace Harvester.Testing.Simulation.Children;

/// <summary>Nodes boot what they were told to boot.</summary>
public static class NodeChildren
{
    private const string Pending = "harvesterhci.io/pendingOSImage";

    /// <summary>A node with another OS image pending comes back with it.</summary>
    public static ChildSimulator Reboots { get; } = new()
    {
        Name = "node reboots",
        Kind = ClusterKinds.Nodes,
        When = node => node.Annotation(Pending) is { Length: > 0 } image && node.Object.At("status", "nodeInfo", "osImage")?.AsString != image,
        Then = node => [ChildWrite.PatchStatus(ClusterKinds.Nodes, node, $$$"""{"nodeInfo": {"osImage": "{{{node.Annotation(Pending)}}}"}}""")],
    };
}
