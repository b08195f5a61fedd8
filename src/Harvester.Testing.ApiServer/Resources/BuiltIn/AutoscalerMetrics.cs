using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn;

/// <summary>
/// Metrics of autoscalers in the form of autoscaling/v1, which lays a metric's target out flat, and their text in
/// annotations: the members stand in the order of the Go types.
/// </summary>
internal static class AutoscalerMetrics
{
    /// <summary>The metric that version 1 has a member for.</summary>
    /// <param name="percentage">The share of the requested CPU.</param>
    public static JsonObject Utilization(JsonValue percentage) => JsonObject.Of(
        ("type", "Resource"),
        ("resource", JsonObject.Of(
            ("name", "cpu"),
            ("target", JsonObject.Of(("type", "Utilization"), ("averageUtilization", percentage))))));

    /// <summary>True for the metric that version 1 has a member for.</summary>
    /// <param name="metric">A metric of version 2.</param>
    public static bool IsUtilization(JsonObject metric) =>
        metric.Find("type")?.AsString == "Resource"
        && metric.At("resource", "name")?.AsString == "cpu"
        && metric.At("resource", "target", "averageUtilization") is JsonInteger;

    /// <summary>A metric of version 1 in the form of version 2.</summary>
    /// <param name="metric">What an annotation says.</param>
    public static JsonObject SpecFromVersion1(JsonObject metric)
    {
        var (member, source) = Source(metric);
        if (source is null)
        {
            return metric;
        }

        var average = source.Find("targetAverageValue") ?? source.Find("averageValue");
        var utilization = source.Find("targetAverageUtilization");
        var value = average is null ? source.Find("targetValue") : null;
        var target = JsonObject.Of(
            ("type", utilization is not null ? "Utilization" : average is not null ? "AverageValue" : "Value"),
            ("averageUtilization", utilization),
            ("averageValue", average),
            ("value", value));
        return metric.With(member, JsonObject.Of(
            ("name", source.Find("name")),
            ("container", source.Find("container")),
            ("describedObject", source.Find("target")),
            ("metric", source.Find("metricName") is { } name
                ? JsonObject.Of(("name", name), ("selector", source.Find("selector") ?? source.Find("metricSelector")))
                : null),
            ("target", target)));
    }

    /// <summary>A measured metric of version 1 in the form of version 2.</summary>
    /// <param name="metric">What an annotation says.</param>
    public static JsonObject StatusFromVersion1(JsonObject metric)
    {
        var (member, source) = Source(metric);
        if (source is null)
        {
            return metric;
        }

        var current = JsonObject.Of(
            ("averageUtilization", source.Find("currentAverageUtilization")),
            ("averageValue", source.Find("currentAverageValue") ?? source.Find("averageValue")),
            ("value", source.Find("currentValue") is JsonString { Value: "0" } ? null : source.Find("currentValue")));
        return metric.With(member, JsonObject.Of(
            ("name", source.Find("name")),
            ("container", source.Find("container")),
            ("describedObject", source.Find("target")),
            ("metric", source.Find("metricName") is { } name
                ? JsonObject.Of(("name", name), ("selector", source.Find("selector") ?? source.Find("metricSelector")))
                : null),
            ("current", current)));
    }

    /// <summary>A metric of version 2 as the text of version 1.</summary>
    /// <param name="metric">The metric.</param>
    public static string SpecText(JsonObject metric)
    {
        var (member, source) = Source(metric);
        var target = source?.Find("target");
        var name = source?.At("metric", "name");
        var selector = source?.At("metric", "selector");
        var text = member switch
        {
            "object" => Members(
                ("target", Reference(source?.Find("describedObject"))),
                ("metricName", Text(name)),
                ("targetValue", Text(target?["value"] ?? "0")),
                ("selector", Text(selector)),
                ("averageValue", Text(target?["averageValue"]))),
            "pods" => Members(
                ("metricName", Text(name)),
                ("targetAverageValue", Text(target?["averageValue"])),
                ("selector", Text(selector))),
            "external" => Members(
                ("metricName", Text(name)),
                ("metricSelector", Text(selector)),
                ("targetValue", Text(target?["value"])),
                ("targetAverageValue", Text(target?["averageValue"]))),
            _ => Members(
                ("name", Text(source?.Find("name"))),
                ("targetAverageUtilization", Text(target?["averageUtilization"])),
                ("targetAverageValue", Text(target?["averageValue"])),
                ("container", Text(source?.Find("container")))),
        };
        return Members(("type", Text(metric.Find("type"))), (member, text));
    }

    /// <summary>A measured metric of version 2 as the text of version 1.</summary>
    /// <param name="metric">The metric.</param>
    public static string StatusText(JsonObject metric)
    {
        var (member, source) = Source(metric);
        var current = source?.Find("current");
        var name = source?.At("metric", "name");
        var selector = source?.At("metric", "selector");
        var text = member switch
        {
            "object" => Members(
                ("target", Reference(source?.Find("describedObject"))),
                ("metricName", Text(name)),
                ("currentValue", Text(current?["value"] ?? "0")),
                ("selector", Text(selector)),
                ("averageValue", Text(current?["averageValue"]))),
            "pods" => Members(
                ("metricName", Text(name)),
                ("currentAverageValue", Text(current?["averageValue"])),
                ("selector", Text(selector))),
            "external" => Members(
                ("metricName", Text(name)),
                ("metricSelector", Text(selector)),
                ("currentValue", Text(current?["value"] ?? "0")),
                ("currentAverageValue", Text(current?["averageValue"]))),
            _ => Members(
                ("name", Text(source?.Find("name"))),
                ("currentAverageUtilization", Text(current?["averageUtilization"])),
                ("currentAverageValue", Text(current?["averageValue"] ?? "0")),
                ("container", Text(source?.Find("container")))),
        };
        return Members(("type", Text(metric.Find("type"))), (member, text));
    }

    /// <summary>A condition as the text of version 1.</summary>
    /// <param name="condition">The condition.</param>
    public static string ConditionText(JsonObject condition) => Members(
        ("type", Text(condition.Find("type"))),
        ("status", Text(condition.Find("status"))),
        ("lastTransitionTime", Text(condition.Find("lastTransitionTime") ?? JsonValue.Null)),
        ("reason", Text(condition.Find("reason"))),
        ("message", Text(condition.Find("message"))));

    /// <summary>How an autoscaler reacts, as text: the names of the internal type, which begin with capitals.</summary>
    /// <param name="behavior">The behaviour.</param>
    public static string BehaviorText(JsonObject behavior) => Members(
        ("ScaleUp", RulesText(behavior.Find("scaleUp"))),
        ("ScaleDown", RulesText(behavior.Find("scaleDown"))));

    private static string RulesText(JsonValue? rules) => rules is not JsonObject
        ? "null"
        : Members(
            ("StabilizationWindowSeconds", Text(rules["stabilizationWindowSeconds"] ?? JsonValue.Null)),
            ("SelectPolicy", Text(rules["selectPolicy"] ?? JsonValue.Null)),
            ("Policies", rules["policies"] is JsonArray policies
                ? $"[{string.Join(',', policies.Select(policy => Members(
                    ("Type", Text(policy["type"])),
                    ("Value", Text(policy["value"])),
                    ("PeriodSeconds", Text(policy["periodSeconds"])))))}]"
                : "null"),
            ("Tolerance", Text(rules["tolerance"] ?? JsonValue.Null)));

    private static (string Member, JsonObject? Source) Source(JsonObject metric)
    {
        var type = metric.Find("type")?.AsString ?? "";
        var member = type.Length == 0 ? "" : char.ToLowerInvariant(type[0]) + type[1..];
        return (member, metric.Find(member) as JsonObject);
    }

    private static string? Reference(JsonValue? reference) => reference is null
        ? null
        : Members(
            ("kind", Text(reference["kind"])),
            ("name", Text(reference["name"])),
            ("apiVersion", Text(reference["apiVersion"])));

    private static string? Text(JsonValue? value) => value is null ? null : JsonText.Write(value);

    private static string Members(params ReadOnlySpan<(string Name, string? Text)> members)
    {
        var parts = new List<string>();
        foreach (var (name, text) in members)
        {
            if (text is not null)
            {
                parts.Add($"\"{name}\":{text}");
            }
        }

        return $"{{{string.Join(',', parts)}}}";
    }
}
