using System.Text.Json.Serialization;
using k8s;
using k8s.Models;

namespace Harvester.Samples.UpgradeApi;

/// <summary>A release one can upgrade to (kind <c>Version</c>).</summary>
[KubernetesEntity(Group = "harvesterhci.io", ApiVersion = "v1beta1", Kind = "Version", PluralName = "versions")]
public sealed class HarvesterVersion : CustomResource, ISpec<HarvesterVersionSpec>
{
    public HarvesterVersion()
        : base("harvesterhci.io/v1beta1", "Version")
    {
    }

    [JsonPropertyName("spec")]
    public HarvesterVersionSpec Spec { get; set; } = new();
}

public sealed class HarvesterVersionSpec
{
    [JsonPropertyName("isoURL")]
    public string? IsoUrl { get; set; }

    [JsonPropertyName("isoChecksum")]
    public string? IsoChecksum { get; set; }

    [JsonPropertyName("minUpgradableVersion")]
    public string? MinUpgradableVersion { get; set; }

    [JsonPropertyName("releaseDate")]
    public string? ReleaseDate { get; set; }
}

/// <summary>A disk image that Harvester downloads or receives.</summary>
[KubernetesEntity(Group = "harvesterhci.io", ApiVersion = "v1beta1", Kind = "VirtualMachineImage", PluralName = "virtualmachineimages")]
public sealed class VirtualMachineImage : CustomResource, ISpec<VirtualMachineImageSpec>, IStatus<VirtualMachineImageStatus>
{
    public VirtualMachineImage()
        : base("harvesterhci.io/v1beta1", "VirtualMachineImage")
    {
    }

    [JsonPropertyName("spec")]
    public VirtualMachineImageSpec Spec { get; set; } = new();

    [JsonPropertyName("status")]
    public VirtualMachineImageStatus Status { get; set; } = new();
}

public sealed class VirtualMachineImageSpec
{
    [JsonPropertyName("backend")]
    public string? Backend { get; set; }

    [JsonPropertyName("checksum")]
    public string? Checksum { get; set; }

    [JsonPropertyName("displayName")]
    public string? DisplayName { get; set; }

    [JsonPropertyName("pvcName")]
    public string? PvcName { get; set; }

    [JsonPropertyName("pvcNamespace")]
    public string? PvcNamespace { get; set; }

    [JsonPropertyName("retry")]
    public int? Retry { get; set; }

    [JsonPropertyName("sourceType")]
    public string? SourceType { get; set; }

    [JsonPropertyName("targetStorageClassName")]
    public string? TargetStorageClassName { get; set; }

    [JsonPropertyName("url")]
    public string? Url { get; set; }
}

public sealed class VirtualMachineImageStatus
{
    [JsonPropertyName("appliedUrl")]
    public string? AppliedUrl { get; set; }

    [JsonPropertyName("progress")]
    public int? Progress { get; set; }

    [JsonPropertyName("size")]
    public long? Size { get; set; }

    [JsonPropertyName("storageClassName")]
    public string? StorageClassName { get; set; }

    [JsonPropertyName("conditions")]
    public IList<Condition>? Conditions { get; set; }
}

/// <summary>A cluster-wide setting: no spec, the value stands at the top.</summary>
[KubernetesEntity(Group = "harvesterhci.io", ApiVersion = "v1beta1", Kind = "Setting", PluralName = "settings")]
public sealed class Setting : CustomResource
{
    public Setting()
        : base("harvesterhci.io/v1beta1", "Setting")
    {
    }

    [JsonPropertyName("default")]
    public string? Default { get; set; }

    [JsonPropertyName("value")]
    public string? Value { get; set; }
}

/// <summary>An optional part of Harvester, on or off.</summary>
[KubernetesEntity(Group = "harvesterhci.io", ApiVersion = "v1beta1", Kind = "Addon", PluralName = "addons")]
public sealed class Addon : CustomResource, ISpec<AddonSpec>
{
    public Addon()
        : base("harvesterhci.io/v1beta1", "Addon")
    {
    }

    [JsonPropertyName("spec")]
    public AddonSpec Spec { get; set; } = new();

    [JsonPropertyName("status")]
    public AddonStatus? Status { get; set; }
}

public sealed class AddonSpec
{
    [JsonPropertyName("repo")]
    public string? Repo { get; set; }

    [JsonPropertyName("version")]
    public string? Version { get; set; }

    [JsonPropertyName("chart")]
    public string? Chart { get; set; }

    [JsonPropertyName("enabled")]
    public bool Enabled { get; set; }

    [JsonPropertyName("valuesContent")]
    public string? ValuesContent { get; set; }
}

public sealed class AddonStatus
{
    [JsonPropertyName("status")]
    public string? Status { get; set; }

    [JsonPropertyName("conditions")]
    public IList<Condition>? Conditions { get; set; }
}
