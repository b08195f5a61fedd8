using System.IO.Compression;
using System.Text;
using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.Simulation.Children;

/// <summary>The logging operator: its chart is installed, and its resources become workloads that become ready.</summary>
public static class LoggingChildren
{
    private const string HarvesterSystem = "harvester-system";
    private const string UpgradeLogLabel = "harvesterhci.io/upgradeLog";

    /// <summary>All of them, in the order in which they are usually needed.</summary>
    public static IEnumerable<ChildSimulator> All => [ChartInstalled, FluentdAppears, FluentdReady, FluentbitAppears, FluentbitReady, FlowActive, OutputActive];

    /// <summary>The chart of an upgrade's log collection is installed: Helm leaves its release Secret, with the values in it.</summary>
    public static ChildSimulator ChartInstalled { get; } = new()
    {
        Name = "chart is installed",
        Kind = ClusterKinds.ManagedCharts,
        Switch = _ => "chart",
        When = chart => !chart.IsDeleting && chart.Label(UpgradeLogLabel) is not null && chart.Object.At("status", "summary", "ready") is null,
        Then = chart =>
        [
            ChildWrite.Create(ClusterKinds.Secrets, "cattle-logging-system", $$$"""
                {
                  "apiVersion": "v1", "kind": "Secret",
                  "metadata": {
                    "name": "sh.helm.release.v1.{{{chart.Name}}}.v1",
                    "namespace": "cattle-logging-system",
                    "labels": {"name": "{{{chart.Name}}}", "owner": "helm", "status": "deployed", "version": "1"}
                  },
                  "type": "helm.sh/release.v1",
                  "data": {"release": "{{{HelmRelease(chart.Name)}}}"}
                }
                """),
            ChildWrite.PatchStatus(ClusterKinds.ManagedCharts, chart, """{"summary": {"desiredReady": 1, "ready": 1}}"""),
        ],
    };

    /// <summary>A Logging becomes a claim for the archive and the aggregator's StatefulSet.</summary>
    public static ChildSimulator FluentdAppears { get; } = new()
    {
        Name = "aggregator appears",
        Kind = ClusterKinds.Loggings,
        Switch = _ => "logging",
        When = logging => !logging.IsDeleting && logging.Find(ClusterKinds.StatefulSets, HarvesterSystem, $"{logging.Name}-fluentd") is null,
        Then = logging =>
        {
            var metadata = Owned(logging, "Logging", "fluentd", logging.Object.At("spec", "fluentd", "labels"));
            return
            [
                ChildWrite.Create(ClusterKinds.PersistentVolumeClaims, HarvesterSystem, $$$"""
                    {
                      "apiVersion": "v1", "kind": "PersistentVolumeClaim",
                      "metadata": {"name": "{{{logging.Name}}}-log-archive", {{{metadata}}}},
                      "spec": {
                        "accessModes": ["ReadWriteOnce"],
                        "resources": {"requests": {"storage": "1Gi"}},
                        "volumeMode": "Filesystem"
                      }
                    }
                    """),
                ChildWrite.Create(ClusterKinds.StatefulSets, HarvesterSystem, Workload("StatefulSet", $"{logging.Name}-fluentd", metadata, "fluentd")),
            ];
        },
    };

    /// <summary>The aggregator becomes ready.</summary>
    public static ChildSimulator FluentdReady { get; } = new()
    {
        Name = "aggregator is ready",
        Kind = ClusterKinds.StatefulSets,
        Switch = _ => "logging",
        When = set => !set.IsDeleting && set.Label("app.kubernetes.io/name") == "fluentd" && (set.Object.At("status", "readyReplicas")?.AsInteger ?? 0) == 0,
        Then = set => [ChildWrite.PatchStatus(ClusterKinds.StatefulSets, set, """{"replicas": 1, "readyReplicas": 1}""")],
    };

    /// <summary>A FluentbitAgent becomes the shipper's DaemonSet.</summary>
    public static ChildSimulator FluentbitAppears { get; } = new()
    {
        Name = "shipper appears",
        Kind = ClusterKinds.FluentbitAgents,
        Switch = _ => "logging",
        When = agent => !agent.IsDeleting && agent.Find(ClusterKinds.DaemonSets, HarvesterSystem, $"{agent.Name}-fluentbit") is null,
        Then = agent =>
        [
            ChildWrite.Create(
                ClusterKinds.DaemonSets,
                HarvesterSystem,
                Workload("DaemonSet", $"{agent.Name}-fluentbit", Owned(agent, "FluentbitAgent", "fluentbit", agent.Object.At("spec", "labels")), "fluentbit")),
        ],
    };

    /// <summary>The shipper becomes ready.</summary>
    public static ChildSimulator FluentbitReady { get; } = new()
    {
        Name = "shipper is ready",
        Kind = ClusterKinds.DaemonSets,
        Switch = _ => "logging",
        When = set => !set.IsDeleting && set.Label("app.kubernetes.io/name") == "fluentbit" && (set.Object.At("status", "numberReady")?.AsInteger ?? 0) == 0,
        Then = set =>
        [
            ChildWrite.PatchStatus(
                ClusterKinds.DaemonSets, set, """{"currentNumberScheduled": 1, "desiredNumberScheduled": 1, "numberMisscheduled": 0, "numberReady": 1}"""),
        ],
    };

    /// <summary>A ClusterFlow becomes active.</summary>
    public static ChildSimulator FlowActive { get; } = Active("flow is active", ClusterKinds.ClusterFlows);

    /// <summary>A ClusterOutput becomes active.</summary>
    public static ChildSimulator OutputActive { get; } = Active("output is active", ClusterKinds.ClusterOutputs);

    private static ChildSimulator Active(string name, ChildKind kind) => new()
    {
        Name = name,
        Kind = kind,
        Switch = _ => "logging",
        When = value => !value.IsDeleting && value.Object.At("status", "active")?.AsBoolean != true,
        Then = value => [ChildWrite.PatchStatus(kind, value, """{"active": true}""")],
    };

    /// <summary>Namespace, labels and owner as members of a metadata object.</summary>
    private static string Owned(ChildView owner, string kind, string app, JsonValue? labels)
    {
        var all = (labels as JsonObject ?? JsonObject.Empty).With("app.kubernetes.io/name", app);
        return $$$"""
            "namespace": "{{{HarvesterSystem}}}",
            "labels": {{{all}}},
            "ownerReferences": [{
              "apiVersion": "{{{owner.Object["apiVersion"]?.AsString}}}", "kind": "{{{kind}}}", "name": "{{{owner.Name}}}",
              "uid": "{{{owner.Object.At("metadata", "uid")?.AsString}}}", "controller": true
            }]
            """;
    }

    private static string Workload(string kind, string name, string metadata, string app) => $$$"""
        {
          "apiVersion": "apps/v1", "kind": "{{{kind}}}",
          "metadata": {"name": "{{{name}}}", {{{metadata}}}},
          "spec": {
            {{{(kind == "StatefulSet" ? "\"serviceName\": \"" + name + "\"," : string.Empty)}}}
            "selector": {"matchLabels": {"app.kubernetes.io/name": "{{{app}}}", "app.kubernetes.io/instance": "{{{name}}}"}},
            "template": {
              "metadata": {"labels": {"app.kubernetes.io/name": "{{{app}}}", "app.kubernetes.io/instance": "{{{name}}}"}},
              "spec": {"containers": [{"name": "{{{app}}}", "image": "r/{{{app}}}:1"}]}
            }
          }
        }
        """;

    /// <summary>A release as Helm stores it: JSON, gzipped, in base64, and once more in base64 because a Secret's data is.</summary>
    private static string HelmRelease(string name)
    {
        var release = $$$"""
            {
              "name": "{{{name}}}", "namespace": "cattle-logging-system", "version": 1, "info": {"status": "deployed"},
              "chart": {
                "metadata": {"name": "rancher-logging", "version": "105.2.0+up4.10.0"},
                "values": {"images": {
                  "config_reloader": {"repository": "r/config-reloader", "tag": "1"},
                  "fluentbit": {"repository": "r/fluent-bit", "tag": "1"},
                  "fluentd": {"repository": "r/fluentd", "tag": "1"}
                }}
              },
              "config": {}
            }
            """;
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
        {
            gzip.Write(Encoding.UTF8.GetBytes(release));
        }

        return Convert.ToBase64String(Encoding.ASCII.GetBytes(Convert.ToBase64String(packed.ToArray())));
    }
}
