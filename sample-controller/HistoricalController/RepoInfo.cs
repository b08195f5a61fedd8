using k8s;

namespace Harvester.Samples.HistoricalController;

/// <summary>What is known about the release in the repository; kept as YAML in the status of the upgrade.</summary>
internal sealed class RepoInfo
{
    public HarvesterRelease Release { get; set; } = new();

    /// <summary>An empty text is an empty release.</summary>
    public static RepoInfo Load(string? yaml) =>
        string.IsNullOrEmpty(yaml) ? new RepoInfo() : KubernetesYaml.Deserialize<RepoInfo>(yaml);

    public string Marshal() => KubernetesYaml.Serialize(this).Replace("\r\n", "\n", StringComparison.Ordinal).TrimEnd('\n') + "\n";
}

/// <summary><c>harvester-release.yaml</c>.</summary>
internal sealed class HarvesterRelease
{
    public string Harvester { get; set; } = "";

    public string HarvesterChart { get; set; } = "";

    public string Os { get; set; } = "";

    public string Kubernetes { get; set; } = "";

    public string Rancher { get; set; } = "";

    public string MonitoringChart { get; set; } = "";

    public string MinUpgradableVersion { get; set; } = "";
}
