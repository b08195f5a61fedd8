using Harvester.ControllerRuntime;
using Harvester.Samples.UpgradeApi;
using k8s;
using k8s.Models;

namespace Harvester.Samples.UpgradeController;

/// <summary>Registers the two controllers and what wakes them. What woke them is not looked at: every pass reads for itself.</summary>
public static class UpgradeControllers
{
    public const string Upgrades = "upgrade";
    public const string UpgradeLogs = "upgradelog";

    public static void Register(ControllerSet set, UpgradeServices services)
    {
        var upgrades = new UpgradeReconciler(services);
        var logs = new UpgradeLogReconciler(services);
        set.OnChange<Upgrade>(Upgrades, (key, _, cancellationToken) => upgrades.ReconcileAsync(key, cancellationToken));
        set.OnChange<UpgradeLog>(UpgradeLogs, (key, _, cancellationToken) => logs.ReconcileAsync(key, cancellationToken));

        set.Watch<UpgradeLog>(Upgrades, Labelled);
        set.Watch<VirtualMachineImage>(Upgrades, Labelled);
        set.Watch<V1Deployment>(Upgrades, Labelled);
        set.Watch<V1Job>(Upgrades, Labelled);
        set.Watch<V1ConfigMap>(Upgrades, Labelled);
        set.Watch<Plan>(Upgrades, Labelled);
        set.Watch<V1Node>(Upgrades, _ => set.Cache<Upgrade>().List().Select(upgrade => ObjectKey.Of(upgrade)));

        set.Watch<V1ConfigMap>(UpgradeLogs, LogOfUpgrade);
        set.Watch<Upgrade>(UpgradeLogs, upgrade => [new ObjectKey(upgrade.Namespace(), UpgradeNames.Log(upgrade.Name()))]);
        set.Watch<ManagedChart>(UpgradeLogs, OfLog);
        set.Watch<V1StatefulSet>(UpgradeLogs, OfLog);
        set.Watch<V1DaemonSet>(UpgradeLogs, OfLog);
        set.Watch<V1PersistentVolumeClaim>(UpgradeLogs, OfLog);
        set.Watch<ClusterOutput>(UpgradeLogs, OfLog);
        set.Watch<ClusterFlow>(UpgradeLogs, OfLog);
        set.Watch<V1Deployment>(UpgradeLogs, OfLog);
    }

    private static IEnumerable<ObjectKey> Labelled(IMetadata<V1ObjectMeta> child) =>
        child.GetLabel(UpgradeLabels.Upgrade) is { } name ? [new ObjectKey(Namespaces.Harvester, name)] : [];

    private static IEnumerable<ObjectKey> LogOfUpgrade(IMetadata<V1ObjectMeta> record) =>
        record.GetLabel(UpgradeLabels.Upgrade) is { } name ? [new ObjectKey(Namespaces.Harvester, UpgradeNames.Log(name))] : [];

    private static IEnumerable<ObjectKey> OfLog(IMetadata<V1ObjectMeta> child) =>
        child.GetLabel(UpgradeLabels.UpgradeLog) is { } name ? [new ObjectKey(Namespaces.Harvester, name)] : [];
}
