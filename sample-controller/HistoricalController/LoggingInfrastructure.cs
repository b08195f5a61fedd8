using System.Text.Json.Nodes;
using Harvester.Samples.UpgradeApi;
using k8s;
using k8s.Models;
using Microsoft.Extensions.Logging;

namespace Harvester.Samples.HistoricalController;

/// <summary>What collects the logs of an upgrade: made piece by piece, torn down at once.</summary>
internal sealed class LoggingInfrastructure(ControllerContext context)
{
    public const string AddonName = "rancher-logging";
    private const string LoggingRef = "harvester-upgradelog";

    private readonly ILogger<LoggingInfrastructure> logger = context.Loggers.CreateLogger<LoggingInfrastructure>();
    private readonly OperatorImages images = new(context.Client);

    public static ManagedChart OperatorChart(UpgradeLog upgradeLog)
    {
        var name = Name(upgradeLog, "operator");
        return new ManagedChart
        {
            Metadata = new V1ObjectMeta
            {
                Name = name,
                NamespaceProperty = Namespaces.FleetLocal,
                Labels = Labels(upgradeLog, UpgradeLogComponents.Operator),
            },
            Spec = new JsonObject
            {
                ["chart"] = "rancher-logging",
                ["defaultNamespace"] = Namespaces.CattleLogging,
                ["releaseName"] = name,
                ["repoName"] = "harvester-charts",
                ["targets"] = new JsonArray(new JsonObject
                {
                    ["clusterName"] = "local",
                    ["clusterSelector"] = new JsonObject
                    {
                        ["matchExpressions"] = new JsonArray(new JsonObject
                        {
                            ["key"] = "provisioning.cattle.io/unmanaged-system-agent",
                            ["operator"] = "DoesNotExist",
                        }),
                    },
                }),
            },
        };
    }

    public async Task CreateAsync(UpgradeLog upgradeLog, CancellationToken cancellationToken)
    {
        var source = upgradeLog.GetAnnotation(UpgradeLogAnnotations.OperatorSource) ?? AddonName;
        var values = await images.ReadAsync(source, cancellationToken);
        var logging = new Logging
        {
            Metadata = Owned(upgradeLog, Name(upgradeLog, "infra"), UpgradeLogComponents.Infra, ns: null),
            Spec = LoggingSpec(upgradeLog, values),
        };
        await context.Loggings.CreateAsync(logging, cancellationToken).IgnoreAlreadyExists();
        var agent = new FluentbitAgent
        {
            Metadata = Owned(upgradeLog, Name(upgradeLog, "agent"), UpgradeLogComponents.Infra, ns: null),
            Spec = AgentSpec(upgradeLog, values),
        };
        await context.FluentbitAgents.CreateAsync(agent, cancellationToken).IgnoreAlreadyExists();
    }

    public async Task CreateRulesAsync(UpgradeLog upgradeLog, CancellationToken cancellationToken)
    {
        var ns = upgradeLog.Metadata.NamespaceProperty;
        var output = new ClusterOutput
        {
            Metadata = Owned(upgradeLog, Name(upgradeLog, "clusteroutput"), UpgradeLogComponents.ClusterOutput, ns),
            Spec = LoggingRules.Output(LoggingRef),
        };
        await context.ClusterOutputs.CreateNamespacedAsync(output, ns, cancellationToken).IgnoreAlreadyExists();
        var flow = new ClusterFlow
        {
            Metadata = Owned(upgradeLog, Name(upgradeLog, "clusterflow"), UpgradeLogComponents.ClusterFlow, ns),
            Spec = LoggingRules.Flow(LoggingRef, output.Metadata.Name),
        };
        await context.ClusterFlows.CreateNamespacedAsync(flow, ns, cancellationToken).IgnoreAlreadyExists();
    }

    public async Task CreateDownloaderAsync(UpgradeLog upgradeLog, string version, CancellationToken cancellationToken)
    {
        var ns = upgradeLog.Metadata.NamespaceProperty;
        var labels = Labels(upgradeLog, UpgradeLogComponents.Downloader);
        var deployment = Downloader(upgradeLog, labels, version);
        await context.Client.AppsV1.CreateNamespacedDeploymentAsync(deployment, ns, cancellationToken: cancellationToken).IgnoreAlreadyExists();
        var service = new V1Service
        {
            ApiVersion = "v1",
            Kind = "Service",
            Metadata = Owned(upgradeLog, upgradeLog.Metadata.Name, UpgradeLogComponents.Downloader, ns),
            Spec = new V1ServiceSpec
            {
                Type = "ClusterIP",
                Selector = labels,
                Ports = [new V1ServicePort { Name = "http", Port = 80, Protocol = "TCP", TargetPort = "http" }],
            },
        };
        await context.Client.CoreV1.CreateNamespacedServiceAsync(service, ns, cancellationToken: cancellationToken).IgnoreAlreadyExists();
    }

    /// <summary>Removes what collects. The archive and the downloader stay until the UpgradeLog goes.</summary>
    public async Task TearDownAsync(UpgradeLog upgradeLog, CancellationToken cancellationToken)
    {
        logger.LogInformation("Tearing down the logging infrastructure for upgrade procedure");
        var ns = upgradeLog.Metadata.NamespaceProperty;
        await context.ClusterFlows.DeleteNamespacedAsync<V1Status>(ns, Name(upgradeLog, "clusterflow"), cancellationToken).IgnoreNotFound();
        await context.ClusterOutputs.DeleteNamespacedAsync<V1Status>(ns, Name(upgradeLog, "clusteroutput"), cancellationToken).IgnoreNotFound();
        await context.Loggings.DeleteAsync<V1Status>(Name(upgradeLog, "infra"), cancellationToken).IgnoreNotFound();
        await context.FluentbitAgents.DeleteAsync<V1Status>(Name(upgradeLog, "agent"), cancellationToken).IgnoreNotFound();
        await context.ManagedCharts
            .DeleteNamespacedAsync<V1Status>(Namespaces.FleetLocal, Name(upgradeLog, "operator"), cancellationToken)
            .IgnoreNotFound();
    }

    private static V1Deployment Downloader(UpgradeLog upgradeLog, Dictionary<string, string> labels, string version) => new()
    {
        ApiVersion = "apps/v1",
        Kind = "Deployment",
        Metadata = Owned(
            upgradeLog, Name(upgradeLog, "downloader"), UpgradeLogComponents.Downloader, upgradeLog.Metadata.NamespaceProperty),
        Spec = new V1DeploymentSpec
        {
            Replicas = 1,
            Selector = new V1LabelSelector { MatchLabels = labels },
            Template = new V1PodTemplateSpec
            {
                Metadata = new V1ObjectMeta { Labels = labels },
                Spec = new V1PodSpec
                {
                    Containers =
                    [
                        new V1Container
                        {
                            Name = "downloader",
                            Image = $"rancher/harvester-upgrade:{version}",
                            Command = ["nginx", "-g", "daemon off;"],
                            Ports = [new V1ContainerPort { Name = "http", ContainerPort = 80 }],
                            VolumeMounts = [new V1VolumeMount { Name = "log-archive", MountPath = "/srv/www/htdocs/" }],
                        },
                    ],
                    Volumes =
                    [
                        new V1Volume
                        {
                            Name = "log-archive",
                            PersistentVolumeClaim = new V1PersistentVolumeClaimVolumeSource
                            {
                                ClaimName = upgradeLog.GetAnnotation(UpgradeLogAnnotations.LogArchiveAltName) ?? Name(upgradeLog, "log-archive"),
                                ReadOnlyProperty = true,
                            },
                        },
                    ],
                },
            },
        },
    };

    private static JsonObject LoggingSpec(UpgradeLog upgradeLog, JsonObject images)
    {
        var fluentd = new JsonObject
        {
            ["disablePvc"] = true,
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
                            ["volumeMode"] = "Filesystem",
                        },
                    },
                },
            }),
            ["fluentOutLogrotate"] = new JsonObject
            {
                ["enabled"] = true,
                ["path"] = "/fluentd/log/out",
                ["age"] = "10",
                ["size"] = "10485760",
            },
            ["labels"] = ToJson(Labels(upgradeLog, UpgradeLogComponents.Aggregator)),
            ["scaling"] = new JsonObject { ["drain"] = new JsonObject { ["enabled"] = true } },
        };
        CopyImage(images, "fluentd", fluentd, "image");
        CopyImage(images, "config_reloader", fluentd, "configReloaderImage");
        return new JsonObject
        {
            ["controlNamespace"] = upgradeLog.Metadata.NamespaceProperty,
            ["flowConfigCheckDisabled"] = true,
            ["fluentd"] = fluentd,
            ["loggingRef"] = LoggingRef,
        };
    }

    private static JsonObject AgentSpec(UpgradeLog upgradeLog, JsonObject images)
    {
        var agent = new JsonObject
        {
            ["labels"] = ToJson(Labels(upgradeLog, UpgradeLogComponents.Shipper)),
            ["loggingRef"] = LoggingRef,
        };
        CopyImage(images, "fluentbit", agent, "image");
        return agent;
    }

    private static void CopyImage(JsonObject images, string name, JsonObject target, string member)
    {
        if (images[name] is { } image)
        {
            target[member] = image.DeepClone();
        }
    }

    private static string Name(UpgradeLog upgradeLog, string suffix) => $"{upgradeLog.Metadata.Name}-{suffix}";

    private static Dictionary<string, string> Labels(UpgradeLog upgradeLog, string component) => new()
    {
        [UpgradeLabels.UpgradeLog] = upgradeLog.Metadata.Name,
        [UpgradeLabels.UpgradeLogComponent] = component,
    };

    private static JsonObject ToJson(Dictionary<string, string> labels)
    {
        var json = new JsonObject();
        foreach (var (key, value) in labels)
        {
            json[key] = value;
        }

        return json;
    }

    private static V1ObjectMeta Owned(UpgradeLog upgradeLog, string name, string component, string? ns) => new()
    {
        Name = name,
        NamespaceProperty = ns,
        Labels = Labels(upgradeLog, component),
        OwnerReferences =
        [
            new V1OwnerReference
            {
                ApiVersion = upgradeLog.ApiVersion,
                Kind = upgradeLog.Kind,
                Name = upgradeLog.Metadata.Name,
                Uid = upgradeLog.Metadata.Uid,
            },
        ],
    };
}
