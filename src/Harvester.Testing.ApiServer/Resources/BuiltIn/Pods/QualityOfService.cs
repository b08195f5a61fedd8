using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Schema;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn.Pods;

/// <summary>The quality-of-service class a pod gets from the resources it asks for.</summary>
internal static class QualityOfService
{
    private static readonly string[] Compute = ["cpu", "memory"];

    /// <summary>Guaranteed, Burstable or BestEffort.</summary>
    /// <param name="spec">The pod's spec.</param>
    public static string Of(JsonValue? spec)
    {
        var any = false;
        var guaranteed = true;
        IEnumerable<JsonValue?> holders = spec?["resources"] is JsonObject { Count: > 0 }
            ? [spec]
            : [.. spec.Items("containers"), .. spec.Items("initContainers")];
        foreach (var holder in holders)
        {
            foreach (var name in Compute)
            {
                var limit = Amount(holder, "limits", name);
                var request = Amount(holder, "requests", name);
                any |= limit.Sign > 0 || request.Sign > 0;
                guaranteed &= limit.Sign > 0 && request.CompareTo(limit) == 0;
            }
        }

        return !any ? "BestEffort" : guaranteed ? "Guaranteed" : "Burstable";
    }

    private static Quantity Amount(JsonValue? holder, string list, string name) =>
        holder?.At("resources", list, name)?.AsString is { } text ? Quantity.TryParse(text) ?? Quantity.Zero : Quantity.Zero;
}
