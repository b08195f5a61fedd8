using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn.Pods;

/// <summary>The conditions of a pod that the server itself sets.</summary>
internal static class PodConditions
{
    /// <summary>The pod with a condition that is true.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="type">The condition's type.</param>
    /// <param name="now">Since when.</param>
    /// <param name="reason">Why, in one word; null for none.</param>
    /// <param name="message">Why; null for none.</param>
    public static JsonObject True(JsonObject pod, string type, DateTimeOffset now, string? reason = null, string? message = null)
    {
        var condition = JsonObject.Of(
            ("type", type),
            ("status", "True"),
            ("reason", reason is null ? null : (JsonValue)reason),
            ("message", message is null ? null : (JsonValue)message),
            ("lastProbeTime", JsonValue.Null),
            ("lastTransitionTime", ObjectMetadata.Timestamp(now)));
        var conditions = (pod.At("status", "conditions") as JsonArray ?? JsonArray.Empty).ToList();
        var at = conditions.FindIndex(item => item["type"]?.AsString == type);
        if (at >= 0)
        {
            conditions[at] = condition;
        }
        else
        {
            conditions.Add(condition);
        }

        return pod.WithAt(["status", "conditions"], JsonArray.Of(conditions));
    }

    /// <summary>True when a condition of a pod is.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="type">The condition's type.</param>
    public static bool IsTrue(JsonObject pod, string type) =>
        pod.Find("status").Items("conditions").Any(item => item.Find("type")?.AsString == type && item.Find("status")?.AsString == "True");
}
