using System.Text.Json.Nodes;
using Harvester.Samples.UpgradeApi;
using k8s.Models;

namespace Harvester.Samples.UpgradeController;

/// <summary>The children of an upgrade as they are asked for. Names are fixed; each carries the uid it is made for.</summary>
public static class UpgradeObjects
{
    private const int WeekInSeconds = 7 * 24 * 60 * 60;

    public static string UpgradeImage(Upgrade upgrade, string? version) =>
        string.IsNullOrEmpty(upgrade.Spec.UpgradeImage) ? $"rancher/harvester-upgrade:{version}" : upgrade.Spec.UpgradeImage;

    public static UpgradeLog Log(Upgrade upgrade) => new()
    {
        Metadata = Metadata(upgrade, UpgradeNames.Log(upgrade.Name()), null),
        Spec = new UpgradeLogSpec { UpgradeName = upgrade.Name() },
    };

    public static VirtualMachineImage Image(Upgrade upgrade, HarvesterVersion version)
    {
        var metadata = Metadata(upgrade, UpgradeNames.Image(upgrade.Name()), null);
        metadata.Annotations[UpgradeAnnotations.OSUpgradeImage] = "True";
        return new VirtualMachineImage
        {
            Metadata = metadata,
            Spec = new VirtualMachineImageSpec
            {
                Backend = "cdi",
                Checksum = version.Spec.IsoChecksum ?? "",
                DisplayName = $"{upgrade.Name()}-{version.Name()}",
                PvcName = "",
                PvcNamespace = "",
                Retry = 3,
                SourceType = "download",
                TargetStorageClassName = "longhorn-static",
                Url = version.Spec.IsoUrl ?? "",
            },
        };
    }

    public static V1Deployment Repo(Upgrade upgrade, string imageId)
    {
        var labels = Labels(upgrade, UpgradeComponents.Repo);
        return new V1Deployment
        {
            ApiVersion = "apps/v1",
            Kind = "Deployment",
            Metadata = Metadata(upgrade, UpgradeNames.Repo(upgrade.Name()), UpgradeComponents.Repo),
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
                                Name = "iso",
                                PersistentVolumeClaim = new V1PersistentVolumeClaimVolumeSource { ClaimName = imageId[(imageId.IndexOf('/') + 1)..] },
                            },
                        ],
                        Containers =
                        [
                            new V1Container
                            {
                                Name = "nginx-iso-server",
                                Image = UpgradeImage(upgrade, upgrade.Spec.Version),
                                Command = ["serve_iso.sh"],
                                Args = ["/iso"],
                                Ports = [new V1ContainerPort { ContainerPort = 80 }],
                                VolumeMounts = [new V1VolumeMount { Name = "iso", MountPath = "/iso" }],
                                SecurityContext = new V1SecurityContext { Privileged = true },
                                ReadinessProbe = new V1Probe
                                {
                                    HttpGet = new V1HTTPGetAction { Path = "/harvester-iso/harvester-release.yaml", Port = 80 },
                                },
                            },
                        ],
                    },
                },
            },
        };
    }

    public static V1Service RepoService(Upgrade upgrade)
    {
        var metadata = Metadata(upgrade, UpgradeNames.Repo(upgrade.Name()), UpgradeComponents.Repo);
        metadata.Labels[UpgradeLabels.Creator] = "harvester";
        return Service(metadata, Labels(upgrade, UpgradeComponents.Repo));
    }

    public static V1Job ManifestJob(Upgrade upgrade, string image) => Job(
        Metadata(upgrade, UpgradeNames.ManifestJob(upgrade.Name()), UpgradeComponents.Manifest),
        new V1PodSpec
        {
            RestartPolicy = "Never",
            ServiceAccountName = "harvester",
            Tolerations = [new V1Toleration { OperatorProperty = "Exists" }],
            Containers =
            [
                new V1Container
                {
                    Name = "apply",
                    Image = image,
                    Command = ["upgrade_manifests.sh"],
                    Env = [new V1EnvVar { Name = "HARVESTER_UPGRADE_NAME", Value = upgrade.Name() }],
                },
            ],
        });

    public static V1Job NodeJob(Upgrade upgrade, string node, string image)
    {
        var metadata = Metadata(upgrade, UpgradeNames.NodeJob(upgrade.Name(), node), UpgradeComponents.Node);
        metadata.Labels[UpgradeLabels.JobType] = UpgradeJobTypes.SingleNodeUpgrade;
        metadata.Labels[UpgradeLabels.Node] = node;
        return Job(
            metadata,
            new V1PodSpec
            {
                RestartPolicy = "Never",
                ServiceAccountName = "harvester",
                HostNetwork = true,
                HostPID = true,
                HostIPC = true,
                DnsPolicy = "ClusterFirstWithHostNet",
                Tolerations = [new V1Toleration { OperatorProperty = "Exists" }],
                NodeSelector = new Dictionary<string, string> { ["kubernetes.io/hostname"] = node },
                Volumes = [new V1Volume { Name = "host-root", HostPath = new V1HostPathVolumeSource { Path = "/", Type = "Directory" } }],
                Containers =
                [
                    new V1Container
                    {
                        Name = "apply",
                        Image = image,
                        Command = ["do_upgrade_node.sh"],
                        Args = [UpgradeJobTypes.SingleNodeUpgrade],
                        Env =
                        [
                            new V1EnvVar { Name = "HARVESTER_UPGRADE_NAME", Value = upgrade.Name() },
                            new V1EnvVar { Name = "HARVESTER_UPGRADE_NODE_NAME", Value = node },
                        ],
                        VolumeMounts = [new V1VolumeMount { Name = "host-root", MountPath = "/host" }],
                        SecurityContext = new V1SecurityContext { Privileged = true },
                    },
                ],
            });
    }

    public static Plan CleanupPlan(Upgrade upgrade, string image, IReadOnlyList<string> images)
    {
        var metadata = Metadata(upgrade, UpgradeNames.CleanupPlan(upgrade.Name()), UpgradeComponents.Cleanup);
        metadata.NamespaceProperty = Namespaces.Cattle;
        metadata.OwnerReferences = null; // an owner reference does not reach into another namespace
        return new Plan
        {
            Metadata = metadata,
            Spec = new JsonObject
            {
                ["concurrency"] = 1,
                ["nodeSelector"] = new JsonObject { ["matchLabels"] = new JsonObject { [UpgradeLabels.Managed] = "true" } },
                ["serviceAccountName"] = "system-upgrade-controller",
                ["tolerations"] = new JsonArray(new JsonObject { ["operator"] = "Exists" }),
                ["upgrade"] = new JsonObject
                {
                    ["image"] = image,
                    ["command"] = new JsonArray("remove_images.sh"),
                    ["envs"] = new JsonArray(new JsonObject { ["name"] = "IMAGES", ["value"] = string.Join(' ', images) }),
                },
                ["version"] = upgrade.Name(),
            },
        };
    }

    internal static V1Service Service(V1ObjectMeta metadata, IDictionary<string, string> selector) => new()
    {
        ApiVersion = "v1",
        Kind = "Service",
        Metadata = metadata,
        Spec = new V1ServiceSpec { Selector = selector, Ports = [new V1ServicePort { Name = "http", Port = 80, Protocol = "TCP", TargetPort = 80 }] },
    };

    private static V1Job Job(V1ObjectMeta metadata, V1PodSpec pod) => new()
    {
        ApiVersion = "batch/v1",
        Kind = "Job",
        Metadata = metadata,
        Spec = new V1JobSpec
        {
            TtlSecondsAfterFinished = WeekInSeconds,
            Template = new V1PodTemplateSpec { Metadata = new V1ObjectMeta { Labels = new Dictionary<string, string>(metadata.Labels) }, Spec = pod },
        },
    };

    private static V1ObjectMeta Metadata(Upgrade upgrade, string name, string? component) => new()
    {
        Name = name,
        NamespaceProperty = upgrade.Namespace(),
        Labels = Labels(upgrade, component),
        Annotations = new Dictionary<string, string> { [AnnotationMarker.Key] = Ownership.Stamp(upgrade) },
        OwnerReferences = [Ownership.Reference(upgrade)],
    };

    private static Dictionary<string, string> Labels(Upgrade upgrade, string? component)
    {
        var labels = new Dictionary<string, string> { [UpgradeLabels.Upgrade] = upgrade.Name() };
        if (component is not null)
        {
            labels[UpgradeLabels.Component] = component;
        }

        return labels;
    }
}
