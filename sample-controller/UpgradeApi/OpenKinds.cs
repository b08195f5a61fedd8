using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using k8s;
using k8s.Models;

namespace Harvester.Samples.UpgradeApi;

/// <summary>
/// A kind of another project of which this API knows a few fields only: spec and status are kept as JSON, so that an object that is read and
/// written back loses nothing.
/// </summary>
public abstract class OpenResource : CustomResource, ISpec<JsonObject>, IStatus<JsonObject?>
{
    protected OpenResource(string apiVersion, string kind)
        : base(apiVersion, kind)
    {
    }

    [JsonPropertyName("spec")]
    public JsonObject Spec { get; set; } = [];

    [JsonPropertyName("status")]
    public JsonObject? Status { get; set; }
}

/// <summary>Fleet's Helm release of a chart (Rancher).</summary>
[KubernetesEntity(Group = "management.cattle.io", ApiVersion = "v3", Kind = "ManagedChart", PluralName = "managedcharts")]
public sealed class ManagedChart() : OpenResource("management.cattle.io/v3", "ManagedChart");

/// <summary>Logging infrastructure of the logging operator; cluster-scoped.</summary>
[KubernetesEntity(Group = "logging.banzaicloud.io", ApiVersion = "v1beta1", Kind = "Logging", PluralName = "loggings")]
public sealed class Logging() : OpenResource("logging.banzaicloud.io/v1beta1", "Logging");

/// <summary>The log shipper on every node; cluster-scoped.</summary>
[KubernetesEntity(Group = "logging.banzaicloud.io", ApiVersion = "v1beta1", Kind = "FluentbitAgent", PluralName = "fluentbitagents")]
public sealed class FluentbitAgent() : OpenResource("logging.banzaicloud.io/v1beta1", "FluentbitAgent");

/// <summary>Which logs are collected.</summary>
[KubernetesEntity(Group = "logging.banzaicloud.io", ApiVersion = "v1beta1", Kind = "ClusterFlow", PluralName = "clusterflows")]
public sealed class ClusterFlow() : OpenResource("logging.banzaicloud.io/v1beta1", "ClusterFlow");

/// <summary>Where collected logs go.</summary>
[KubernetesEntity(Group = "logging.banzaicloud.io", ApiVersion = "v1beta1", Kind = "ClusterOutput", PluralName = "clusteroutputs")]
public sealed class ClusterOutput() : OpenResource("logging.banzaicloud.io/v1beta1", "ClusterOutput");

/// <summary>A command that the system-upgrade-controller runs once on every selected node.</summary>
[KubernetesEntity(Group = "upgrade.cattle.io", ApiVersion = "v1", Kind = "Plan", PluralName = "plans")]
public sealed class Plan() : OpenResource("upgrade.cattle.io/v1", "Plan");

/// <summary>An installed Helm chart, as Rancher's catalog sees it.</summary>
[KubernetesEntity(Group = "catalog.cattle.io", ApiVersion = "v1", Kind = "App", PluralName = "apps")]
public sealed class App() : OpenResource("catalog.cattle.io/v1", "App");

/// <summary>Rancher's description of the cluster itself (kind <c>Cluster</c>).</summary>
[KubernetesEntity(Group = "provisioning.cattle.io", ApiVersion = "v1", Kind = "Cluster", PluralName = "clusters")]
public sealed class ProvisioningCluster() : OpenResource("provisioning.cattle.io/v1", "Cluster");

/// <summary>Cluster API's view of one node.</summary>
[KubernetesEntity(Group = "cluster.x-k8s.io", ApiVersion = "v1beta1", Kind = "Machine", PluralName = "machines")]
public sealed class Machine() : OpenResource("cluster.x-k8s.io/v1beta1", "Machine");

/// <summary>A setting of Longhorn (kind <c>Setting</c>): the value stands at the top.</summary>
[KubernetesEntity(Group = "longhorn.io", ApiVersion = "v1beta2", Kind = "Setting", PluralName = "settings")]
public sealed class LonghornSetting() : CustomResource("longhorn.io/v1beta2", "Setting")
{
    [JsonPropertyName("value")]
    public string? Value { get; set; }

    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Other { get; set; }
}
