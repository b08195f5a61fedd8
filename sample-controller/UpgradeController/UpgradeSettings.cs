using System.Text.Json.Nodes;
using Harvester.Samples.UpgradeApi;
using k8s;

namespace Harvester.Samples.UpgradeController;

/// <summary>The settings an upgrade depends on, read when they are needed.</summary>
internal static class UpgradeSettings
{
    private static readonly TimeSpan DefaultLogTimeout = TimeSpan.FromMinutes(5);

    public static Task<string?> ServerVersionAsync(IKubernetes client, CancellationToken cancellationToken) =>
        ReadAsync(client, "server-version", cancellationToken);

    public static async Task<string> PreloadStrategyAsync(IKubernetes client, CancellationToken cancellationToken) =>
        (string?)(await ConfigAsync(client, cancellationToken))?["imagePreloadOption"]?["strategy"]?["type"] ?? "sequential";

    /// <summary>How long the logging infrastructure may take: 1 to 20 minutes.</summary>
    public static async Task<TimeSpan> LogReadyTimeoutAsync(IKubernetes client, CancellationToken cancellationToken)
    {
        var text = (await ConfigAsync(client, cancellationToken))?["logReadyTimeout"]?.ToString();
        return int.TryParse(text, out var minutes) && minutes is >= 1 and <= 20 ? TimeSpan.FromMinutes(minutes) : DefaultLogTimeout;
    }

    private static async Task<JsonNode?> ConfigAsync(IKubernetes client, CancellationToken cancellationToken)
    {
        var value = await ReadAsync(client, "upgrade-config", cancellationToken);
        return string.IsNullOrEmpty(value) ? null : JsonNode.Parse(value);
    }

    private static async Task<string?> ReadAsync(IKubernetes client, string name, CancellationToken cancellationToken)
    {
        var setting = await client.FindAsync<Setting>(null, name, cancellationToken);
        return string.IsNullOrEmpty(setting?.Value) ? setting?.Default : setting.Value;
    }
}
