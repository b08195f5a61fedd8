using System.Text.Json.Nodes;

namespace Harvester.Samples.HistoricalController.Tests;

/// <summary>What exists at the end, in the form of the recordings.</summary>
internal static class FinalState
{
    public static IReadOnlyList<FinalKind> Kinds { get; } =
    [
        new("Upgrade", "/apis/harvesterhci.io/v1beta1", "harvester-system", "upgrades", WithConditions),
        new("UpgradeLog", "/apis/harvesterhci.io/v1beta1", "harvester-system", "upgradelogs", WithConditions),
        new("Version", "/apis/harvesterhci.io/v1beta1", "harvester-system", "versions"),
        new("VirtualMachineImage", "/apis/harvesterhci.io/v1beta1", "harvester-system", "virtualmachineimages"),
        new("Cluster", "/apis/provisioning.cattle.io/v1", "fleet-local", "clusters", item => item["spec"]!.DeepClone()),
        new("ClusterFlow", "/apis/logging.banzaicloud.io/v1beta1", "harvester-system", "clusterflows"),
        new("ClusterOutput", "/apis/logging.banzaicloud.io/v1beta1", "harvester-system", "clusteroutputs"),
        new("Logging", "/apis/logging.banzaicloud.io/v1beta1", null, "loggings"),
        new("FluentbitAgent", "/apis/logging.banzaicloud.io/v1beta1", null, "fluentbitagents"),
        new("ManagedChart", "/apis/management.cattle.io/v3", "fleet-local", "managedcharts"),
        new("Plan", "/apis/upgrade.cattle.io/v1", "cattle-system", "plans"),
        new("PersistentVolumeClaim", "/api/v1", "harvester-system", "persistentvolumeclaims"),
        new("Service", "/api/v1", "harvester-system", "services"),
        new("Deployment", "/apis/apps/v1", "harvester-system", "deployments"),
        new("DaemonSet", "/apis/apps/v1", "harvester-system", "daemonsets"),
        new("StatefulSet", "/apis/apps/v1", "harvester-system", "statefulsets"),
        new("Job", "/apis/batch/v1", "harvester-system", "jobs", OfJob),
        new("longhorn settings", "/apis/longhorn.io/v1beta2", "longhorn-system", "settings", item => item["value"]!.DeepClone()),
        new("Node", "/api/v1", null, "nodes", OfNode),
    ];

    public static async Task<JsonObject> ReadAsync(TraceRig rig, CancellationToken cancellationToken)
    {
        var state = new JsonObject();
        foreach (var kind in Kinds)
        {
            var items = await rig.ListAsync(kind.Path, cancellationToken);
            if (items.Count == 0)
            {
                continue;
            }

            state[kind.Title] = kind.Describe is null
                ? new JsonArray(items.Select(item => (JsonNode?)Name(item!)).ToArray())
                : new JsonObject(items.Select(item => KeyValuePair.Create(Name(item!), kind.Describe(item!))));
        }

        return state;
    }

    private static string Name(JsonNode item) => item["metadata"]!["name"]!.GetValue<string>();

    private static JsonNode? OfJob(JsonNode item)
    {
        var complete = item["status"]?["conditions"]?.AsArray()
            .Any(condition => condition!["type"]!.GetValue<string>() == "Complete" && condition["status"]!.GetValue<string>() == "True");
        return complete == true ? "Complete" : "not finished";
    }

    private static JsonNode? OfNode(JsonNode item) => new JsonObject
    {
        ["osImage"] = item["status"]!["nodeInfo"]!["osImage"]!.DeepClone(),
        ["annotations"] = item["metadata"]!["annotations"]?.DeepClone(),
    };

    private static JsonNode? WithConditions(JsonNode item)
    {
        var result = new JsonObject();
        foreach (var name in new[] { "labels", "annotations", "finalizers", "generation" })
        {
            if (item["metadata"]![name] is { } value)
            {
                result[name] = value.DeepClone();
            }
        }

        var conditions = new JsonObject();
        foreach (var condition in item["status"]?["conditions"]?.AsArray() ?? [])
        {
            var entry = new JsonObject { ["status"] = condition!["status"]!.DeepClone() };
            foreach (var name in new[] { "reason", "message" })
            {
                if (condition[name]?.GetValue<string>() is { Length: > 0 } text)
                {
                    entry[name] = text;
                }
            }

            if (condition["lastUpdateTime"] is not null)
            {
                entry["updated"] = true;
            }

            conditions[condition["type"]!.GetValue<string>()] = entry;
        }

        result["conditions"] = conditions;
        var status = item["status"]?.DeepClone().AsObject() ?? [];
        status.Remove("conditions");
        result["status"] = status;
        return result;
    }
}

/// <summary>A kind whose objects are compared at the end: by name, or by what <paramref name="Describe"/> makes of each.</summary>
internal sealed record FinalKind(string Title, string Root, string? Namespace, string Plural, Func<JsonNode, JsonNode?>? Describe = null)
{
    public string Path => Namespace is null ? $"{Root}/{Plural}" : $"{Root}/namespaces/{Namespace}/{Plural}";

    public string PathOf(string name) => $"{Path}/{name}";
}
