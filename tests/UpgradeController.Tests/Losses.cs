using Harvester.Samples.UpgradeApi;
using Harvester.Samples.UpgradeController.Simulated;
using k8s;
using k8s.Models;

namespace Harvester.Samples.UpgradeController.Tests;

/// <summary>Ways to lose more than the status.</summary>
internal static class Losses
{
    public static Task DeleteAsync(SimulatedUpgrade cluster, string plural, string name) =>
        cluster.User.CustomObjects.DeleteNamespacedCustomObjectAsync("harvesterhci.io", "v1beta1", Namespaces.Harvester, plural, name);

    /// <summary>Deletes the object, lets everything of it go, and creates it again from a copy that kept name, spec and annotations.</summary>
    public static async Task<Upgrade> RecreateAsync(SimulatedUpgrade cluster, Upgrade original)
    {
        await DeleteAsync(cluster, "upgrades", original.Name());
        await cluster.RunUntilQuietAsync();
        return await cluster.CreateAsync(new Upgrade
        {
            Metadata = new V1ObjectMeta
            {
                Name = original.Name(),
                NamespaceProperty = original.Namespace(),
                Annotations = original.Annotations() is { } annotations ? new Dictionary<string, string>(annotations) : null,
            },
            Spec = original.Spec,
        });
    }

    /// <summary>Deletes the record and the children an upgrade leaves behind.</summary>
    public static async Task DeleteChildrenAsync(SimulatedUpgrade cluster, string upgrade)
    {
        await cluster.User.CoreV1.DeleteNamespacedConfigMapAsync(UpgradeNames.Record(upgrade), Namespaces.Harvester);
        var jobs = await cluster.User.BatchV1.ListNamespacedJobAsync(Namespaces.Harvester);
        foreach (var job in jobs.Items)
        {
            await cluster.User.BatchV1.DeleteNamespacedJobAsync(job.Name(), Namespaces.Harvester, propagationPolicy: "Background");
        }
    }
}
