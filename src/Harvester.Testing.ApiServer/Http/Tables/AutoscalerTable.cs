using System.Globalization;
using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Http.Tables;

/// <summary>What a horizontal pod autoscaler's row says, in either version.</summary>
internal static class AutoscalerTable
{
    private const int ShownMetrics = 2;

    public static IEnumerable<JsonValue> Cells(TableRow row)
    {
        var target = row.Object.At("spec", "scaleTargetRef");
        var lower = row.Object.At("spec", "minReplicas")?.AsInteger;
        return
        [
            row.Name,
            $"{target?["kind"]?.AsString}/{target?["name"]?.AsString}",
            Targets(row),
            lower is { } min ? min.ToString(CultureInfo.InvariantCulture) : TableRow.Unset,
            row.Number("spec", "maxReplicas"),
            row.Number("status", "currentReplicas"),
            row.Age,
        ];
    }

    private static string Targets(TableRow row)
    {
        if (row.Object.At("spec", "targetCPUUtilizationPercentage")?.AsInteger is { } percentage)
        {
            var current = row.Object.At("status", "currentCPUUtilizationPercentage")?.AsInteger;
            return $"cpu: {Percent(current)}/{Percent(percentage)}";
        }

        var metrics = row.Items("spec", "metrics");
        var statuses = row.Items("status", "currentMetrics");
        if (metrics.Count == 0)
        {
            return TableRow.None;
        }

        var shown = metrics.Take(ShownMetrics).Select((metric, i) => Metric(metric, i < statuses.Count ? statuses[i] : JsonValue.Null));
        var text = string.Join(", ", shown);
        return metrics.Count > ShownMetrics
            ? string.Create(CultureInfo.InvariantCulture, $"{text} + {metrics.Count - ShownMetrics} more...")
            : text;
    }

    private static string Metric(JsonValue metric, JsonValue status)
    {
        var type = metric["type"]?.AsString ?? "";
        var member = type switch
        {
            "External" => "external",
            "Pods" => "pods",
            "Object" => "object",
            "Resource" => "resource",
            "ContainerResource" => "containerResource",
            _ => "",
        };
        if (member.Length == 0)
        {
            return "<unknown type>";
        }

        var target = metric.At(member, "target");
        var current = status.At(member, "current");
        var label = type is "Resource" or "ContainerResource" ? $"{metric.At(member, "name")?.AsString}: " : "";
        if (target?["averageUtilization"]?.AsInteger is { } utilization)
        {
            return $"{label}{Percent(current?["averageUtilization"]?.AsInteger)}/{Percent(utilization)}";
        }

        if (target?["averageValue"]?.AsString is { } average)
        {
            var suffix = type is "External" or "Object" ? " (avg)" : "";
            return $"{label}{current?["averageValue"]?.AsString ?? "<unknown>"}/{average}{suffix}";
        }

        return $"{label}{current?["value"]?.AsString ?? "<unknown>"}/{target?["value"]?.AsString ?? "<auto>"}";
    }

    private static string Percent(long? number) =>
        number is { } known ? string.Create(CultureInfo.InvariantCulture, $"{known}%") : "<unknown>";
}
