using System.Text.Json.Nodes;
using Harvester.Samples.UpgradeApi;
using k8s.Models;

namespace Harvester.Samples.UpgradeController;

/// <summary>What collects logs during an upgrade.</summary>
public static class UpgradeLogObjects
{
    private const string LoggingRef = "harvester-upgradelog";

    public static ManagedChart Operator(UpgradeLog log) => new()
    {
        Metadata = Metadata(log, UpgradeNames.Operator(log.Name()), UpgradeLogComponents.Operator, Namespaces.FleetLocal, owned: false),
        Spec = new JsonObject
        {
            ["chart"] = "rancher-logging",
            ["releaseName"] = UpgradeNames.Operator(log.Name()),
            ["defaultNamespace"] = Namespaces.CattleLogging,
            ["repoName"] = "harvester-charts",
            ["targets"] = new JsonArray(new JsonObject { ["clusterName"] = "local" }),
        },
    };

    public static Logging Infra(UpgradeLog log) => new()
    {
        Metadata = Metadata(log, UpgradeNames.Infra(log.Name()), UpgradeLogComponents.Infra, null, owned: false),
        Spec = new JsonObject
        {
            ["loggingRef"] = LoggingRef,
            ["controlNamespace"] = log.Namespace(),
            ["flowConfigCheckDisabled"] = true,
            ["fluentd"] = new JsonObject
            {
                ["disablePvc"] = true,
                ["labels"] = LabelNode(log, UpgradeLogComponents.Aggregator),
                ["fluentOutLogrotate"] = new JsonObject { ["enabled"] = true, ["path"] = "/fluentd/log/out", ["age"] = "10", ["size"] = "10485760" },
                ["extraVolumes"] = new JsonArray(new JsonObject
                {
                    ["containerName"] = "fluentd",
                    ["path"] = "/archive",
                    ["volumeName"] = "log-archive",
                    ["volume"] = new JsonObject
                    {
                        ["pvc"] = new JsonObject
                        {
                            ["source"] = new JsonObject { ["claimName"] = "log-archive" },
                            ["spec"] = new JsonObject
                            {
                                ["accessModes"] = new JsonArray("ReadWriteOnce"),
                                ["resources"] = new JsonObject { ["requests"] = new JsonObject { ["storage"] = "1Gi" } },
                            },
                        },
                    },
                }),
            },
        },
    };

    public static FluentbitAgent Agent(UpgradeLog log) => new()
    {
        Metadata = Metadata(log, UpgradeNames.Agent(log.Name()), UpgradeLogComponents.Infra, null, owned: false),
        Spec = new JsonObject { ["loggingRef"] = LoggingRef, ["labels"] = LabelNode(log, UpgradeLogComponents.Shipper) },
    };

    public static ClusterOutput Output(UpgradeLog log) => new()
    {
        Metadata = Metadata(log, UpgradeNames.ClusterOutput(log.Name()), UpgradeLogComponents.ClusterOutput, log.Namespace(), owned: true),
        Spec = new JsonObject
        {
            ["loggingRef"] = LoggingRef,
            ["file"] = new JsonObject
            {
                ["path"] = "/archive/logs/${tag}",
                ["append"] = true,
                ["compress"] = "gzip",
                ["format"] = new JsonObject { ["type"] = "single_value" },
                ["buffer"] = new JsonObject { ["flush_mode"] = "immediate", ["flush_at_shutdown"] = true, ["timekey"] = "1d", ["timekey_wait"] = "0m" },
            },
        },
    };

    public static ClusterFlow Flow(UpgradeLog log) => new()
    {
        Metadata = Metadata(log, UpgradeNames.ClusterFlow(log.Name()), UpgradeLogComponents.ClusterFlow, log.Namespace(), owned: true),
        Spec = new JsonObject
        {
            ["loggingRef"] = LoggingRef,
            ["globalOutputRefs"] = new JsonArray(UpgradeNames.ClusterOutput(log.Name())),
            ["match"] = new JsonArray(Select("kube-system"), Select(Namespaces.Harvester), Select(Namespaces.Longhorn), Select(Namespaces.Cattle)),
        },
    };

    public static V1Deployment Downloader(UpgradeLog log)
    {
        var labels = Labels(log, UpgradeLogComponents.Downloader);
        return new V1Deployment
        {
            ApiVersion = "apps/v1",
            Kind = "Deployment",
            Metadata = Metadata(log, UpgradeNames.Downloader(log.Name()), UpgradeLogComponents.Downloader, log.Namespace(), owned: true),
            Spec = new V1DeploymentSpec
            {
                Replicas = 1,
                Selector = new V1LabelSelector { MatchLabels = labels },
                Template = new V1PodTemplateSpec
                {
                    Metadata = new V1ObjectMeta { Labels = labels },
                    Spec = new V1PodSpec
                    {
                        Volumes =
                        [
                            new V1Volume
                            {
                                Name = "log-archive",
                                PersistentVolumeClaim = new V1PersistentVolumeClaimVolumeSource { ClaimName = ArchiveClaim(log), ReadOnlyProperty = true },
                            },
                        ],
                        Containers =
                        [
                            new V1Container
                            {
                                Name = "downloader",
                                Image = "rancher/harvester-upgrade",
                                Command = ["nginx", "-g", "daemon off;"],
                                Ports = [new V1ContainerPort { ContainerPort = 80, Name = "http" }],
                                VolumeMounts = [new V1VolumeMount { Name = "log-archive", MountPath = "/srv/www/htdocs/" }],
                            },
                        ],
                    },
                },
            },
        };
    }

    public static V1Service DownloaderService(UpgradeLog log) => UpgradeObjects.Service(
        Metadata(log, log.Name(), UpgradeLogComponents.Downloader, log.Namespace(), owned: true), Labels(log, UpgradeLogComponents.Downloader));

    public static string ArchiveClaim(UpgradeLog log) => $"{UpgradeNames.Infra(log.Name())}-log-archive";

    private static JsonObject Select(string ns) => new() { ["select"] = new JsonObject { ["namespaces"] = new JsonArray(ns) } };

    private static JsonObject LabelNode(UpgradeLog log, string component) =>
        new() { [UpgradeLabels.UpgradeLog] = log.Name(), [UpgradeLabels.UpgradeLogComponent] = component };

    private static Dictionary<string, string> Labels(UpgradeLog log, string component) =>
        new() { [UpgradeLabels.UpgradeLog] = log.Name(), [UpgradeLabels.UpgradeLogComponent] = component };

    // A cluster-scoped object, or one in another namespace, cannot be owned by a namespaced one: those are deleted by code.
    private static V1ObjectMeta Metadata(UpgradeLog log, string name, string component, string? ns, bool owned) => new()
    {
        Name = name,
        NamespaceProperty = ns,
        Labels = Labels(log, component),
        Annotations = new Dictionary<string, string> { [AnnotationMarker.Key] = Ownership.Stamp(log) },
        OwnerReferences = owned ? [Ownership.Reference(log)] : null,
    };
}
