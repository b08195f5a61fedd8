using System.Globalization;
using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Http.Tables;

/// <summary>Tables of nodes, namespaces, events and of the objects that only hold data.</summary>
internal static class CoreTables
{
    private const string RolePrefix = "node-role.kubernetes.io/";

    private static readonly TablePrinter Events = new(
        "Last Seen, Type, Reason, Object, Subobject*, Source*, Message, First Seen*, Count*, Name*",
        Event);

    public static Dictionary<string, TablePrinter> Printers { get; } = new()
    {
        ["nodes"] = new(
            "Name, Status, Roles, Age, Version, Internal-IP*, External-IP*, OS-Image*, Kernel-Version*, Container-Runtime*",
            Node),
        ["namespaces"] = new("Name, Status, Age", row => [row.Name, row.Text("status", "phase"), row.Age]),
        ["configmaps"] = new("Name, Data, Age", row => [row.Name, row.Count("data") + row.Count("binaryData"), row.Age]),
        ["secrets"] = new("Name, Type, Data, Age", row => [row.Name, row.Text("type"), row.Count("data"), row.Age]),
        ["serviceaccounts"] = new("Name, Age", row => [row.Name, row.Age]),
        ["events"] = Events,
        ["events.events.k8s.io"] = Events,
        ["leases.coordination.k8s.io"] = new("Name, Holder, Age", row => [row.Name, row.Text("spec", "holderIdentity"), row.Age]),
        ["componentstatuses"] = new("Name, Status, Message, Error", ComponentStatus),
        ["resourcequotas"] = new("Name, Request, Limit, Age", ResourceQuota),
    };

    private static IEnumerable<JsonValue> Node(TableRow row)
    {
        var states = new List<string>();
        if (row.Condition("Ready") is { } ready)
        {
            states.Add(ready["status"]?.AsString == "True" ? "Ready" : "NotReady");
        }
        else
        {
            states.Add("Unknown");
        }

        if (row.Flag("spec", "unschedulable"))
        {
            states.Add("SchedulingDisabled");
        }

        var kernel = Known(row.Text("status", "nodeInfo", "kernelVersion"));
        var architecture = row.Text("status", "nodeInfo", "architecture");
        return
        [
            row.Name,
            string.Join(',', states),
            Roles(row),
            row.Age,
            row.Text("status", "nodeInfo", "kubeletVersion"),
            Address(row, "InternalIP"),
            Address(row, "ExternalIP"),
            Known(row.Text("status", "nodeInfo", "osImage")),
            architecture.Length == 0 ? kernel : $"{kernel} ({architecture})",
            Known(row.Text("status", "nodeInfo", "containerRuntimeVersion")),
        ];
    }

    private static string Roles(TableRow row)
    {
        var roles = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (label, value) in row.Object.At("metadata", "labels") as JsonObject ?? JsonObject.Empty)
        {
            if (label.StartsWith(RolePrefix, StringComparison.Ordinal) && label.Length > RolePrefix.Length)
            {
                roles.Add(label[RolePrefix.Length..]);
            }
            else if (label == "kubernetes.io/role" && value.AsString is { Length: > 0 } role)
            {
                roles.Add(role);
            }
        }

        return roles.Count == 0 ? TableRow.None : string.Join(',', roles);
    }

    private static string Address(TableRow row, string type) =>
        row.Items("status", "addresses").FirstOrDefault(address => address["type"]?.AsString == type)?["address"]?.AsString ?? TableRow.None;

    private static string Known(string text) => text.Length == 0 ? "<unknown>" : text;

    // Both groups show the same object; they only name its parts differently.
    private static IEnumerable<JsonValue> Event(TableRow row)
    {
        var regarding = row.Object.Find("regarding") ?? row.Object.Find("involvedObject");
        var source = row.Object.Find("deprecatedSource") ?? row.Object.Find("source");
        var first = row.Object.Find("deprecatedFirstTimestamp") ?? row.Object.Find("firstTimestamp");
        var last = row.Object.Find("deprecatedLastTimestamp") ?? row.Object.Find("lastTimestamp");
        var controller = row.Text("reportingController") is { Length: > 0 } named ? named : row.Text("reportingComponent");
        var firstSeen = row.Since(first is JsonString ? first : row.Object.Find("eventTime"));
        var lastSeen = row.Object.Find("series") is JsonObject series
            ? row.Since(series["lastObservedTime"])
            : last is JsonString ? row.Since(last) : firstSeen;
        var count = row.Object.At("series", "count")?.AsInteger
            ?? Math.Max(1, row.Object.Find("deprecatedCount")?.AsInteger ?? row.Number("count"));
        var kind = (regarding?["kind"]?.AsString ?? "").ToLowerInvariant();
        var name = regarding?["name"]?.AsString ?? "";
        return
        [
            lastSeen,
            row.Text("type"),
            row.Text("reason"),
            name.Length == 0 ? kind : $"{kind}/{name}",
            regarding?["fieldPath"]?.AsString ?? "",
            Source(source?["component"]?.AsString, source?["host"]?.AsString, controller, row.Text("reportingInstance")),
            (row.Object.Find("note")?.AsString ?? row.Text("message")).Trim(),
            firstSeen,
            count,
            row.Name,
        ];
    }

    private static string Source(string? component, string? host, string controller, string instance)
    {
        var who = string.IsNullOrEmpty(component) ? controller : component;
        var where = string.IsNullOrEmpty(host) ? instance : host;
        return where.Length == 0 ? who : $"{who}, {where}";
    }

    private static IEnumerable<JsonValue> ComponentStatus(TableRow row)
    {
        var healthy = row.Items("conditions").FirstOrDefault(condition => condition["type"]?.AsString == "Healthy");
        return
        [
            row.Name,
            healthy?["status"]?.AsString == "True" ? "Healthy" : "Unhealthy",
            healthy?["message"]?.AsString ?? "",
            healthy?["error"]?.AsString ?? "",
        ];
    }

    private static IEnumerable<JsonValue> ResourceQuota(TableRow row)
    {
        var requests = new List<string>();
        var limits = new List<string>();
        foreach (var (resource, hard) in row.Object.At("status", "hard") as JsonObject ?? JsonObject.Empty)
        {
            var used = TableRow.Shown(row.Object.At("status", "used", resource)) ?? "0";
            (resource.StartsWith("limits.", StringComparison.Ordinal) ? limits : requests)
                .Add(string.Create(CultureInfo.InvariantCulture, $"{resource}: {used}/{TableRow.Shown(hard)}"));
        }

        return [row.Name, string.Join(", ", requests), string.Join(", ", limits), row.Age];
    }
}
