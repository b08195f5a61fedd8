namespace Harvester.Testing.ApiServer.Http;

/// <summary>The order in which kube-apiserver lists groups: clients that look for a short name take the first that has it.</summary>
internal static class GroupOrder
{
    private static readonly string[] First =
    [
        "apiregistration.k8s.io", "apps", "events.k8s.io", "authentication.k8s.io", "authorization.k8s.io", "autoscaling", "batch",
        "certificates.k8s.io", "networking.k8s.io", "policy", "rbac.authorization.k8s.io", "storage.k8s.io",
        "admissionregistration.k8s.io", "apiextensions.k8s.io", "scheduling.k8s.io", "coordination.k8s.io", "node.k8s.io",
        "discovery.k8s.io", "resource.k8s.io", "flowcontrol.apiserver.k8s.io", "internal.apiserver.k8s.io", "storagemigration.k8s.io",
    ];

    /// <summary>The place of a group; those of custom kinds come last and share one.</summary>
    public static int Of(string group)
    {
        var index = Array.IndexOf(First, group);
        return index < 0 ? First.Length : index;
    }
}
