using System.Text.Json.Serialization;

namespace Harvester.Samples.UpgradeApi;

/// <summary>One entry of <c>status.conditions</c>. A type that is absent is a step that has not begun.</summary>
public sealed class Condition
{
    [JsonPropertyName("type")]
    public string Type { get; set; } = "";

    /// <summary><c>True</c>, <c>False</c> or <c>Unknown</c>.</summary>
    [JsonPropertyName("status")]
    public string Status { get; set; } = "";

    [JsonPropertyName("reason")]
    public string? Reason { get; set; }

    [JsonPropertyName("message")]
    public string? Message { get; set; }

    /// <summary>When the status, reason or message last moved, RFC 3339. Absent on conditions that were only ever Unknown.</summary>
    [JsonPropertyName("lastUpdateTime")]
    public string? LastUpdateTime { get; set; }
}
