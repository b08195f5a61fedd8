using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.Simulation.Children;

/// <summary>What the storage controllers of a cluster do.</summary>
public static class StorageChildren
{
    private const string ClaimProtection = "kubernetes.io/pvc-protection";

    /// <summary>
    /// The API server protects every claim by a finalizer; once a claim is being deleted and no pod uses it, a controller of the cluster
    /// takes the finalizer away. Nothing here runs pods that use claims.
    /// </summary>
    public static ChildSimulator ClaimReleased { get; } = new()
    {
        Name = "claim is released",
        Kind = ClusterKinds.PersistentVolumeClaims,
        When = claim => claim.IsDeleting && Finalizers(claim).Contains(ClaimProtection),
        Delay = TimeSpan.FromMilliseconds(50),
        Then = claim =>
        {
            var left = JsonArray.Of([.. Finalizers(claim).Where(name => name != ClaimProtection).Select(name => (JsonValue)name)]);
            return [ChildWrite.Patch(ClusterKinds.PersistentVolumeClaims, claim, $$$"""{"metadata": {"finalizers": {{{left}}}}}""")];
        },
    };

    private static IEnumerable<string> Finalizers(ChildView claim) =>
        (claim.Object.At("metadata", "finalizers") as JsonArray ?? JsonArray.Empty).Select(name => name.AsString ?? "");
}
