using System.Text.Json.Serialization;
using k8s;
using k8s.Models;

namespace Harvester.Samples.UpgradeApi;

/// <summary>The collection of logs during one upgrade.</summary>
[KubernetesEntity(Group = "harvesterhci.io", ApiVersion = "v1beta1", Kind = "UpgradeLog", PluralName = "upgradelogs")]
public sealed class UpgradeLog : CustomResource, ISpec<UpgradeLogSpec>, IStatus<UpgradeLogStatus>
{
    public UpgradeLog()
        : base("harvesterhci.io/v1beta1", "UpgradeLog")
    {
    }

    [JsonPropertyName("spec")]
    public UpgradeLogSpec Spec { get; set; } = new();

    /// <summary>Never null: an object whose status is missing reads as one whose status is empty.</summary>
    [JsonPropertyName("status")]
    public UpgradeLogStatus Status { get; set; } = new();
}

public sealed class UpgradeLogSpec
{
    [JsonPropertyName("upgradeName")]
    public string? UpgradeName { get; set; }
}

public sealed class UpgradeLogStatus
{
    [JsonPropertyName("conditions")]
    public IList<Condition>? Conditions { get; set; }

    [JsonPropertyName("archives")]
    public IDictionary<string, LogArchive>? Archives { get; set; }
}

/// <summary>A package of collected logs, made on request.</summary>
public sealed class LogArchive
{
    [JsonPropertyName("size")]
    public long Size { get; set; }

    [JsonPropertyName("generatedTime")]
    public string? GeneratedTime { get; set; }

    [JsonPropertyName("ready")]
    public bool Ready { get; set; }

    [JsonPropertyName("reason")]
    public string? Reason { get; set; }
}
