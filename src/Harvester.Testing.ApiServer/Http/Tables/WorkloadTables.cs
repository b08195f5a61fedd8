using System.Globalization;
using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Http.Tables;

/// <summary>Tables of pods and of what makes them.</summary>
internal static class WorkloadTables
{
    public static Dictionary<string, TablePrinter> Printers { get; } = new()
    {
        ["pods"] = new(
            "Name, Ready, Status, Restarts, Age, IP*, Node*, Nominated Node*, Readiness Gates*",
            PodTable.Cells,
            PodTable.Conditions),
        ["podtemplates"] = new("Name, Containers, Images, Pod Labels", row =>
        {
            var (names, images) = row.Containers("template", "spec");
            return [row.Name, names, images, row.Labels("template", "metadata", "labels")];
        }),
        ["deployments.apps"] = new(
            "Name, Ready, Up-to-date, Available, Age, Containers*, Images*, Selector*",
            row => [
                row.Name,
                Ratio(row.Number("status", "readyReplicas"), row.Number("spec", "replicas")),
                row.Number("status", "updatedReplicas"),
                row.Number("status", "availableReplicas"),
                row.Age,
                .. Template(row),
                row.Selector("spec", "selector")]),
        ["replicasets.apps"] = new(
            "Name, Desired:integer, Current:integer, Ready:integer, Age, Containers*, Images*, Selector*",
            row => [.. Replicas(row), row.Selector("spec", "selector")]),
        ["replicationcontrollers"] = new(
            "Name, Desired:integer, Current:integer, Ready:integer, Age, Containers*, Images*, Selector*",
            row => [.. Replicas(row), row.Labels("spec", "selector")]),
        ["statefulsets.apps"] = new(
            "Name, Ready, Age, Containers*, Images*",
            row => [row.Name, Ratio(row.Number("status", "readyReplicas"), row.Number("spec", "replicas")), row.Age, .. Template(row)]),
        ["daemonsets.apps"] = new(
            "Name, Desired:integer, Current:integer, Ready:integer, Up-to-date:integer, Available:integer, Node Selector, Age, Containers*, Images*, Selector*",
            row => [
                row.Name,
                row.Number("status", "desiredNumberScheduled"),
                row.Number("status", "currentNumberScheduled"),
                row.Number("status", "numberReady"),
                row.Number("status", "updatedNumberScheduled"),
                row.Number("status", "numberAvailable"),
                row.Labels("spec", "template", "spec", "nodeSelector"),
                row.Age,
                .. Template(row),
                row.Selector("spec", "selector")],
            hiddenAnnotation: "deprecated.daemonset.template.generation"),
        ["jobs.batch"] = new(
            "Name, Status, Completions, Duration, Age, Containers*, Images*, Selector*",
            row => [row.Name, JobStatus(row), Completions(row), Duration(row), row.Age, .. Template(row), row.Selector("spec", "selector")]),
        ["cronjobs.batch"] = new(
            "Name, Schedule, Timezone, Suspend:boolean, Active:integer, Last Schedule, Age, Containers*, Images*, Selector*",
            CronJob),
        ["controllerrevisions.apps"] = new(
            "Name, Controller, Revision, Age",
            row => [row.Name, Controller(row), row.Number("revision"), row.Age]),
        ["horizontalpodautoscalers.autoscaling"] = new(
            "Name, Reference, Targets, MinPods, MaxPods, Replicas, Age",
            AutoscalerTable.Cells),
    };

    public static string Ratio(long part, long whole) => string.Create(CultureInfo.InvariantCulture, $"{part}/{whole}");

    private static JsonValue[] Template(TableRow row)
    {
        var (names, images) = row.Containers("spec", "template", "spec");
        return [names, images];
    }

    private static JsonValue[] Replicas(TableRow row) =>
    [
        row.Name,
        row.Number("spec", "replicas"),
        row.Number("status", "replicas"),
        row.Number("status", "readyReplicas"),
        row.Age,
        .. Template(row),
    ];

    private static string JobStatus(TableRow row)
    {
        if (row.IsTrue("Complete"))
        {
            return "Complete";
        }

        if (row.IsTrue("Failed"))
        {
            return "Failed";
        }

        if (row.IsBeingDeleted)
        {
            return "Terminating";
        }

        if (row.IsTrue("Suspended"))
        {
            return "Suspended";
        }

        if (row.IsTrue("FailureTarget"))
        {
            return "FailureTarget";
        }

        return row.IsTrue("SuccessCriteriaMet") ? "SuccessCriteriaMet" : "Running";
    }

    private static string Completions(TableRow row)
    {
        var succeeded = row.Number("status", "succeeded");
        if (row.Object.At("spec", "completions")?.AsInteger is { } completions)
        {
            return Ratio(succeeded, completions);
        }

        var parallelism = row.Number("spec", "parallelism");
        return parallelism > 1
            ? string.Create(CultureInfo.InvariantCulture, $"{succeeded}/1 of {parallelism}")
            : Ratio(succeeded, 1);
    }

    private static string Duration(TableRow row)
    {
        if (TableRow.Time(row.Object.At("status", "startTime")) is not { } start)
        {
            return "";
        }

        return TableRow.Time(row.Object.At("status", "completionTime")) is { } end
            ? Ages.Short(end - start)
            : row.Since(row.Object.At("status", "startTime"));
    }

    private static IEnumerable<JsonValue> CronJob(TableRow row)
    {
        var (names, images) = row.Containers("spec", "jobTemplate", "spec", "template", "spec");
        return
        [
            row.Name,
            row.Text("spec", "schedule"),
            row.TextOrNone("spec", "timeZone"),
            TableRow.Truth(row.Object.At("spec", "suspend")),
            row.Count("status", "active"),
            row.Object.At("status", "lastScheduleTime") is JsonString last ? row.Since(last) : TableRow.None,
            row.Age,
            names,
            images,
            row.Selector("spec", "jobTemplate", "spec", "selector"),
        ];
    }

    private static string Controller(TableRow row)
    {
        var owner = row.Items("metadata", "ownerReferences").FirstOrDefault(item => item["controller"]?.AsBoolean == true);
        if (owner is null)
        {
            return TableRow.None;
        }

        var version = owner["apiVersion"]?.AsString ?? "";
        var slash = version.IndexOf('/', StringComparison.Ordinal);
        var kind = (owner["kind"]?.AsString ?? "").ToLowerInvariant();
        return $"{(slash < 0 ? kind : $"{kind}.{version[..slash]}")}/{owner["name"]?.AsString}";
    }
}
