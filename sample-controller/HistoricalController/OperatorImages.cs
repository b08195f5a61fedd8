using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Harvester.Samples.UpgradeApi;
using k8s;
using k8s.Models;

namespace Harvester.Samples.HistoricalController;

/// <summary>The container images the installed logging chart was released with: an air-gapped cluster has these and no others.</summary>
internal sealed class OperatorImages(IKubernetes client)
{
    /// <summary>The chart's value <c>images</c>, or nothing when the release does not tell: then the operator uses its own.</summary>
    public async Task<JsonObject> ReadAsync(string release, CancellationToken cancellationToken)
    {
        var secrets = await client.CoreV1.ListNamespacedSecretAsync(
            Namespaces.CattleLogging,
            labelSelector: $"owner=helm,status=deployed,name={release}",
            cancellationToken: cancellationToken);
        var latest = secrets.Items
            .OrderByDescending(secret => int.TryParse(secret.GetLabel("version"), out var version) ? version : 0)
            .FirstOrDefault();
        return latest?.Data is { } data && data.TryGetValue("release", out var content)
            ? Images(Decode(content)) ?? []
            : [];
    }

    private static JsonObject? Images(JsonNode? release) =>
        (release?["config"]?["images"] ?? release?["chart"]?["values"]?["images"])?.DeepClone() as JsonObject;

    /// <summary>Helm stores a release as base64 of gzip of JSON.</summary>
    private static JsonNode? Decode(byte[] content)
    {
        try
        {
            using var packed = new MemoryStream(Convert.FromBase64String(Encoding.ASCII.GetString(content)));
            using var unpacked = new GZipStream(packed, CompressionMode.Decompress);
            return JsonNode.Parse(unpacked);
        }
        catch (Exception error) when (error is FormatException or InvalidDataException or JsonException)
        {
            return null;
        }
    }
}
