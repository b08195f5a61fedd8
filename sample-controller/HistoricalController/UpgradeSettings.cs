using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Harvester.Samples.UpgradeApi;
using k8s;

namespace Harvester.Samples.HistoricalController;

/// <summary>The cluster-wide settings, read live.</summary>
internal sealed class UpgradeSettings(IKubernetes client)
{
    private readonly GenericClient settings = new(client, "harvesterhci.io", "v1beta1", "settings", disposeClient: false);

    public Task<string> GetServerVersionAsync(CancellationToken cancellationToken) => GetAsync("server-version", cancellationToken);

    public async Task<UpgradeConfig> GetUpgradeConfigAsync(CancellationToken cancellationToken)
    {
        var text = await GetAsync("upgrade-config", cancellationToken);
        return (text.Length == 0 ? null : JsonSerializer.Deserialize<UpgradeConfig>(text)) ?? new UpgradeConfig();
    }

    private async Task<string> GetAsync(string name, CancellationToken cancellationToken)
    {
        var setting = await settings.ReadAsync<Setting>(name, cancellationToken);
        return (string.IsNullOrEmpty(setting.Value) ? setting.Default : setting.Value) ?? "";
    }
}

/// <summary>The setting <c>upgrade-config</c>.</summary>
internal sealed class UpgradeConfig
{
    [JsonPropertyName("imagePreloadOption")]
    public PreloadOption PreloadOption { get; set; } = new();

    [JsonPropertyName("logReadyTimeout")]
    public string? LogReadyTimeoutMinutes { get; set; }

    /// <summary>How long the logging infrastructure may take: 1 to 20 minutes, 5 when nothing sensible is set.</summary>
    [JsonIgnore]
    public TimeSpan LogReadyTimeout =>
        int.TryParse(LogReadyTimeoutMinutes, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) && minutes is >= 1 and <= 20
            ? TimeSpan.FromMinutes(minutes)
            : TimeSpan.FromMinutes(5);
}

internal sealed class PreloadOption
{
    [JsonPropertyName("strategy")]
    public PreloadStrategy Strategy { get; set; } = new();
}

internal sealed class PreloadStrategy
{
    public const string Skip = "skip";
    public const string Sequential = "sequential";
    public const string Parallel = "parallel";

    [JsonPropertyName("type")]
    public string Type { get; set; } = Sequential;

    [JsonPropertyName("concurrency")]
    public int Concurrency { get; set; }
}
