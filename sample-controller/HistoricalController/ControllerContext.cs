using Harvester.ControllerRuntime;
using Harvester.Samples.UpgradeApi;
using k8s;
using Microsoft.Extensions.Logging;

namespace Harvester.Samples.HistoricalController;

/// <summary>What all handlers share: clients, caches, the clock.</summary>
internal sealed class ControllerContext(ControllerSet set, IKubernetes client, ILoggerFactory loggers, HistoricalControllerOptions options)
{
    public ControllerSet Set { get; } = set;

    public IKubernetes Client { get; } = client;

    public ILoggerFactory Loggers { get; } = loggers;

    public HistoricalControllerOptions Options { get; } = options;

    public TimeProvider Time => Set.Time;

    public GenericClient Upgrades { get; } = new(client, "harvesterhci.io", "v1beta1", "upgrades", disposeClient: false);

    public GenericClient UpgradeLogs { get; } = new(client, "harvesterhci.io", "v1beta1", "upgradelogs", disposeClient: false);

    public GenericClient Images { get; } = new(client, "harvesterhci.io", "v1beta1", "virtualmachineimages", disposeClient: false);

    public GenericClient Versions { get; } = new(client, "harvesterhci.io", "v1beta1", "versions", disposeClient: false);

    public GenericClient Addons { get; } = new(client, "harvesterhci.io", "v1beta1", "addons", disposeClient: false);

    public GenericClient Plans { get; } = new(client, "upgrade.cattle.io", "v1", "plans", disposeClient: false);

    public GenericClient Clusters { get; } = new(client, "provisioning.cattle.io", "v1", "clusters", disposeClient: false);

    public GenericClient LonghornSettings { get; } = new(client, "longhorn.io", "v1beta2", "settings", disposeClient: false);

    public GenericClient ManagedCharts { get; } = new(client, "management.cattle.io", "v3", "managedcharts", disposeClient: false);

    public GenericClient Loggings { get; } = new(client, "logging.banzaicloud.io", "v1beta1", "loggings", disposeClient: false);

    public GenericClient FluentbitAgents { get; } = new(client, "logging.banzaicloud.io", "v1beta1", "fluentbitagents", disposeClient: false);

    public GenericClient ClusterFlows { get; } = new(client, "logging.banzaicloud.io", "v1beta1", "clusterflows", disposeClient: false);

    public GenericClient ClusterOutputs { get; } = new(client, "logging.banzaicloud.io", "v1beta1", "clusteroutputs", disposeClient: false);

    public IObjectCache<Upgrade> UpgradeCache { get; } = set.Cache<Upgrade>();

    public IObjectCache<UpgradeLog> UpgradeLogCache { get; } = set.Cache<UpgradeLog>();

    public Task<Upgrade> ReplaceAsync(Upgrade upgrade, CancellationToken cancellationToken) =>
        Upgrades.ReplaceNamespacedAsync(upgrade, upgrade.Metadata.NamespaceProperty, upgrade.Metadata.Name, cancellationToken);

    public Task<UpgradeLog> ReplaceAsync(UpgradeLog upgradeLog, CancellationToken cancellationToken) =>
        UpgradeLogs.ReplaceNamespacedAsync(upgradeLog, upgradeLog.Metadata.NamespaceProperty, upgradeLog.Metadata.Name, cancellationToken);
}
