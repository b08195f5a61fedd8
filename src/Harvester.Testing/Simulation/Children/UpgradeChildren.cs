namespace Harvester.Testing.Simulation.Children;

/// <summary>
/// Everything around an upgrade that makes progress by itself, as it was seen next to the real controllers. Switches:
/// <c>image</c>, <c>chart</c>, <c>logging</c>, <c>manifests</c>, <c>node</c>, <c>post-drain</c>, <c>plan-cleanup</c>.
/// </summary>
public static class UpgradeChildren
{
    /// <summary>All simulators.</summary>
    /// <param name="newVersion">The version the apply-manifests Job installs.</param>
    public static IEnumerable<ChildSimulator> All(string newVersion) =>
    [
        ImageChildren.Imported,
        .. LoggingChildren.All,
        WorkloadChildren.DeploymentReady,
        WorkloadChildren.JobStarts,
        WorkloadChildren.JobEnds(newVersion),
        PlanChildren.Starts,
        PlanChildren.Completes,
        NodeChildren.Reboots,
        StorageChildren.ClaimReleased,
    ];
}
