using System.Text.Json.Serialization;
using k8s;
using k8s.Models;

namespace Harvester.Samples.UpgradeApi;

/// <summary>A request to upgrade the cluster, and how far it came.</summary>
[KubernetesEntity(Group = "harvesterhci.io", ApiVersion = "v1beta1", Kind = "Upgrade", PluralName = "upgrades")]
public sealed class Upgrade : CustomResource, ISpec<UpgradeSpec>, IStatus<UpgradeStatus>
{
    public Upgrade()
        : base("harvesterhci.io/v1beta1", "Upgrade")
    {
    }

    [JsonPropertyName("spec")]
    public UpgradeSpec Spec { get; set; } = new();

    /// <summary>Never null: an object whose status is missing reads as one whose status is empty.</summary>
    [JsonPropertyName("status")]
    public UpgradeStatus Status { get; set; } = new();
}

public sealed class UpgradeSpec
{
    /// <summary>Name of the <see cref="HarvesterVersion"/> to upgrade to.</summary>
    [JsonPropertyName("version")]
    public string? Version { get; set; }

    /// <summary><c>namespace/name</c> of an uploaded image; wins over <see cref="Version"/>.</summary>
    [JsonPropertyName("image")]
    public string? Image { get; set; }

    [JsonPropertyName("logEnabled")]
    public bool LogEnabled { get; set; } = true;

    [JsonPropertyName("upgradeImage")]
    public string? UpgradeImage { get; set; }
}

public sealed class UpgradeStatus
{
    [JsonPropertyName("previousVersion")]
    public string? PreviousVersion { get; set; }

    /// <summary><c>namespace/name</c> of the image the repository serves.</summary>
    [JsonPropertyName("imageID")]
    public string? ImageID { get; set; }

    /// <summary>YAML of the release in the repository.</summary>
    [JsonPropertyName("repoInfo")]
    public string? RepoInfo { get; set; }

    /// <summary>Name of the node when there is only one, else absent.</summary>
    [JsonPropertyName("singleNode")]
    public string? SingleNode { get; set; }

    [JsonPropertyName("nodeStatuses")]
    public IDictionary<string, NodeUpgradeStatus>? NodeStatuses { get; set; }

    [JsonPropertyName("conditions")]
    public IList<Condition>? Conditions { get; set; }

    /// <summary>Name of the <see cref="UpgradeApi.UpgradeLog"/> of this upgrade.</summary>
    [JsonPropertyName("upgradeLog")]
    public string? UpgradeLog { get; set; }
}

public sealed class NodeUpgradeStatus
{
    [JsonPropertyName("state")]
    public string? State { get; set; }

    [JsonPropertyName("reason")]
    public string? Reason { get; set; }

    [JsonPropertyName("message")]
    public string? Message { get; set; }
}
