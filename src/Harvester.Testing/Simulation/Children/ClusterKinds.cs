namespace Harvester.Testing.Simulation.Children;

/// <summary>The kinds that stand around an upgrade.</summary>
public static class ClusterKinds
{
    /// <summary>core Namespace.</summary>
    public static ChildKind Namespaces { get; } = new(string.Empty, "v1", "namespaces");

    /// <summary>core Node.</summary>
    public static ChildKind Nodes { get; } = new(string.Empty, "v1", "nodes");

    /// <summary>core Secret.</summary>
    public static ChildKind Secrets { get; } = new(string.Empty, "v1", "secrets");

    /// <summary>core PersistentVolumeClaim.</summary>
    public static ChildKind PersistentVolumeClaims { get; } = new(string.Empty, "v1", "persistentvolumeclaims");

    /// <summary>apps Deployment.</summary>
    public static ChildKind Deployments { get; } = new("apps", "v1", "deployments");

    /// <summary>apps StatefulSet.</summary>
    public static ChildKind StatefulSets { get; } = new("apps", "v1", "statefulsets");

    /// <summary>apps DaemonSet.</summary>
    public static ChildKind DaemonSets { get; } = new("apps", "v1", "daemonsets");

    /// <summary>batch Job.</summary>
    public static ChildKind Jobs { get; } = new("batch", "v1", "jobs");

    /// <summary>Harvester's VirtualMachineImage.</summary>
    public static ChildKind Images { get; } = new("harvesterhci.io", "v1beta1", "virtualmachineimages");

    /// <summary>Harvester's Setting.</summary>
    public static ChildKind Settings { get; } = new("harvesterhci.io", "v1beta1", "settings");

    /// <summary>Harvester's Version.</summary>
    public static ChildKind Versions { get; } = new("harvesterhci.io", "v1beta1", "versions");

    /// <summary>Longhorn's Setting.</summary>
    public static ChildKind LonghornSettings { get; } = new("longhorn.io", "v1beta2", "settings");

    /// <summary>Fleet's ManagedChart.</summary>
    public static ChildKind ManagedCharts { get; } = new("management.cattle.io", "v3", "managedcharts");

    /// <summary>The logging operator's Logging.</summary>
    public static ChildKind Loggings { get; } = new("logging.banzaicloud.io", "v1beta1", "loggings");

    /// <summary>The logging operator's FluentbitAgent.</summary>
    public static ChildKind FluentbitAgents { get; } = new("logging.banzaicloud.io", "v1beta1", "fluentbitagents");

    /// <summary>The logging operator's ClusterFlow.</summary>
    public static ChildKind ClusterFlows { get; } = new("logging.banzaicloud.io", "v1beta1", "clusterflows");

    /// <summary>The logging operator's ClusterOutput.</summary>
    public static ChildKind ClusterOutputs { get; } = new("logging.banzaicloud.io", "v1beta1", "clusteroutputs");

    /// <summary>The system upgrade controller's Plan.</summary>
    public static ChildKind Plans { get; } = new("upgrade.cattle.io", "v1", "plans");

    /// <summary>Rancher's provisioning Cluster.</summary>
    public static ChildKind Clusters { get; } = new("provisioning.cattle.io", "v1", "clusters");

    /// <summary>Cluster API's Machine.</summary>
    public static ChildKind Machines { get; } = new("cluster.x-k8s.io", "v1beta1", "machines");
}
