using System.Text.Json;
using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn;

/// <summary>
/// Horizontal pod autoscalers of autoscaling/v1: what version 1 has no members for stands in annotations, and comes back
/// from there.
/// </summary>
internal sealed class AutoscalerConversion : VersionConversion
{
    private const string Prefix = "autoscaling.alpha.kubernetes.io/";

    private const string Metrics = Prefix + "metrics";

    private const string Behavior = Prefix + "behavior";

    private const string CurrentMetrics = Prefix + "current-metrics";

    private const string Conditions = Prefix + "conditions";

    private const string Target = "targetCPUUtilizationPercentage";

    private static readonly string[] Annotations = [Metrics, Behavior, CurrentMetrics, Conditions];

    /// <inheritdoc />
    public override JsonObject ToStored(JsonObject value)
    {
        var annotations = value.At("metadata", "annotations") as JsonObject ?? JsonObject.Empty;
        var spec = new JsonObject.Builder(value.Find("spec") as JsonObject ?? JsonObject.Empty);
        var metrics = Parsed(annotations, Metrics) is JsonArray others
            ? others.OfType<JsonObject>().Select(metric => (JsonValue)AutoscalerMetrics.SpecFromVersion1(metric)).ToList()
            : [];
        if (spec[Target] is JsonInteger target)
        {
            metrics.Add(AutoscalerMetrics.Utilization(target));
        }

        spec[Target] = null;
        spec["metrics"] = metrics.Count == 0 ? null : JsonArray.Of(metrics);
        if (Parsed(annotations, Behavior) is JsonObject behavior)
        {
            spec["behavior"] = Cased(behavior, char.ToLowerInvariant);
        }

        var status = new JsonObject.Builder(value.Find("status") as JsonObject ?? JsonObject.Empty);
        status["currentCPUUtilizationPercentage"] = null;
        status["currentReplicas"] = status["currentReplicas"] is JsonInteger { Value: 0 } ? null : status["currentReplicas"];
        status["desiredReplicas"] ??= 0;
        status["currentMetrics"] = Parsed(annotations, CurrentMetrics) is JsonArray current
            ? JsonArray.Of(current.OfType<JsonObject>().Select(metric => (JsonValue)AutoscalerMetrics.StatusFromVersion1(metric)))
            : JsonValue.Null;
        status["conditions"] = Parsed(annotations, Conditions) as JsonArray;

        value = value.With("apiVersion", "autoscaling/v2").With("spec", spec.Build()).With("status", status.Build());
        return AutoscalerStrategy.WithDefaults(WithAnnotations(value, Without(annotations)));
    }

    /// <inheritdoc />
    public override JsonObject FromStored(JsonObject stored)
    {
        var annotations = Without(stored.At("metadata", "annotations") as JsonObject ?? JsonObject.Empty);
        var spec = new JsonObject.Builder(stored.Find("spec") as JsonObject ?? JsonObject.Empty);
        var others = new List<JsonObject>();
        foreach (var metric in (spec["metrics"] as JsonArray ?? JsonArray.Empty).OfType<JsonObject>())
        {
            if (AutoscalerMetrics.IsUtilization(metric))
            {
                spec[Target] = metric.At("resource", "target", "averageUtilization");
            }
            else
            {
                others.Add(metric);
            }
        }

        if (others.Count > 0)
        {
            annotations = annotations.With(Metrics, GoList(others, AutoscalerMetrics.SpecText));
        }

        if (spec["behavior"] is JsonObject behavior)
        {
            annotations = annotations.With(Behavior, AutoscalerMetrics.BehaviorText(behavior));
        }

        spec["metrics"] = null;
        spec["behavior"] = null;
        var status = new JsonObject.Builder(stored.Find("status") as JsonObject ?? JsonObject.Empty);
        if (status["currentMetrics"] is JsonArray { Count: > 0 } current)
        {
            status["currentCPUUtilizationPercentage"] = current
                .Where(metric => metric["type"]?.AsString == "Resource" && metric.At("resource", "name")?.AsString == "cpu")
                .Select(metric => metric.At("resource", "current", "averageUtilization"))
                .LastOrDefault();
            annotations = annotations.With(CurrentMetrics, GoList(current.OfType<JsonObject>(), AutoscalerMetrics.StatusText));
        }

        if (status["conditions"] is JsonArray { Count: > 0 } conditions)
        {
            annotations = annotations.With(Conditions, GoList(conditions.OfType<JsonObject>(), AutoscalerMetrics.ConditionText));
        }

        status["currentMetrics"] = null;
        status["conditions"] = null;
        status["currentReplicas"] ??= 0;
        status["desiredReplicas"] ??= 0;
        return WithAnnotations(
            stored.With("apiVersion", "autoscaling/v1").With("spec", spec.Build()).With("status", status.Build()),
            annotations);
    }

    /// <summary>An object whose member names begin with a letter of the other case.</summary>
    /// <param name="value">The object.</param>
    /// <param name="first">What becomes of a name's first letter.</param>
    private static JsonValue Cased(JsonValue value, Func<char, char> first) => value switch
    {
        JsonObject members => JsonObject.Of(members
            .Where(member => !member.Value.IsNull)
            .Select(member => (
                member.Key.Length == 0 ? "" : first(member.Key[0]) + member.Key[1..],
                (JsonValue?)Cased(member.Value, first)))),
        JsonArray items => JsonArray.Of(items.Select(item => Cased(item, first))),
        _ => value,
    };

    private static JsonValue? Parsed(JsonObject annotations, string name)
    {
        if (annotations.Find(name)?.AsString is not { } text)
        {
            return null;
        }

        try
        {
            return JsonText.Read(System.Text.Encoding.UTF8.GetBytes(text));
        }
        catch (JsonException)
        {
            // What cannot be read was not written by a conversion, and is dropped with the others.
            return null;
        }
    }

    private static string GoList(IEnumerable<JsonObject> items, Func<JsonObject, string> text) => $"[{string.Join(',', items.Select(text))}]";

    private static JsonObject Without(JsonObject annotations)
    {
        foreach (var name in Annotations)
        {
            annotations = annotations.Without(name);
        }

        return annotations;
    }

    private static JsonObject WithAnnotations(JsonObject value, JsonObject annotations) =>
        value.WithAt(["metadata", "annotations"], annotations.Count == 0 ? null : annotations);
}
