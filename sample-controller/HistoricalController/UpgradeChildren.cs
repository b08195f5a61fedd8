using Harvester.Samples.UpgradeApi;
using k8s.Models;

namespace Harvester.Samples.HistoricalController;

/// <summary>The objects an upgrade makes in its own namespace, with their fixed names.</summary>
internal static class UpgradeChildren
{
    private static readonly string RepoServer = string.Join('\n',
        "set -e",
        "mkdir -p /srv/www/htdocs/harvester-iso",
        "mount -o loop,ro /iso/disk.img /srv/www/htdocs/harvester-iso",
        "echo 'Serving the content of the image'",
        "exec nginx -g 'daemon off;'");

    public static string RepoName(Upgrade upgrade) => $"upgrade-repo-{upgrade.Metadata.Name}";

    public static string UpgradeLogName(Upgrade upgrade) => $"{upgrade.Metadata.Name}-upgradelog";

    public static UpgradeLog UpgradeLog(Upgrade upgrade) => new()
    {
        Metadata = Owned(upgrade, UpgradeLogName(upgrade)),
        Spec = new UpgradeLogSpec { UpgradeName = upgrade.Metadata.Name },
    };

    public static VirtualMachineImage Image(Upgrade upgrade, HarvesterVersion version)
    {
        var metadata = Owned(upgrade, upgrade.Metadata.Name);
        metadata.Annotations = new Dictionary<string, string> { [UpgradeAnnotations.OSUpgradeImage] = "True" };
        return new VirtualMachineImage
        {
            Metadata = metadata,
            Spec = new VirtualMachineImageSpec
            {
                Backend = "cdi",
                Checksum = version.Spec.IsoChecksum,
                DisplayName = $"{upgrade.Metadata.Name}-{version.Metadata.Name}",
                PvcName = "",
                PvcNamespace = "",
                Retry = 3,
                SourceType = "download",
                TargetStorageClassName = "longhorn-static",
                Url = version.Spec.IsoUrl,
            },
        };
    }

    public static V1Deployment RepoDeployment(Upgrade upgrade, string version, string claim)
    {
        var labels = Labels(upgrade, UpgradeComponents.Repo);
        return new V1Deployment
        {
            ApiVersion = "apps/v1",
            Kind = "Deployment",
            Metadata = Owned(upgrade, RepoName(upgrade), UpgradeComponents.Repo),
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
                                Name = "nginx-iso-server",
                                Image = upgrade.Image(version),
                                Command = ["sh", "-c"],
                                Args = [RepoServer],
                                Ports = [new V1ContainerPort { ContainerPort = 80 }],
                                VolumeMounts = [new V1VolumeMount { Name = "iso", MountPath = "/iso" }],
                                SecurityContext = new V1SecurityContext { Privileged = true },
                                ReadinessProbe = new V1Probe
                                {
                                    HttpGet = new V1HTTPGetAction { Path = "/harvester-iso/harvester-release.yaml", Port = 80 },
                                },
                            },
                        ],
                        Volumes =
                        [
                            new V1Volume
                            {
                                Name = "iso",
                                PersistentVolumeClaim = new V1PersistentVolumeClaimVolumeSource { ClaimName = claim },
                            },
                        ],
                    },
                },
            },
        };
    }

    public static V1Service RepoService(Upgrade upgrade)
    {
        var metadata = Owned(upgrade, RepoName(upgrade), UpgradeComponents.Repo);
        metadata.Labels[UpgradeLabels.Creator] = "harvester";
        return new V1Service
        {
            ApiVersion = "v1",
            Kind = "Service",
            Metadata = metadata,
            Spec = new V1ServiceSpec
            {
                Type = "ClusterIP",
                Selector = Labels(upgrade, UpgradeComponents.Repo),
                Ports = [new V1ServicePort { Port = 80, Protocol = "TCP", TargetPort = 80 }],
            },
        };
    }

    public static Dictionary<string, string> Labels(Upgrade upgrade, string component) => new()
    {
        [UpgradeLabels.Upgrade] = upgrade.Metadata.Name,
        [UpgradeLabels.Component] = component,
    };

    /// <summary>Name, labels and owner of a child. It goes when the upgrade goes.</summary>
    public static V1ObjectMeta Owned(Upgrade upgrade, string name, string? component = null) => new()
    {
        Name = name,
        NamespaceProperty = upgrade.Metadata.NamespaceProperty,
        Labels = component is null
            ? new Dictionary<string, string> { [UpgradeLabels.Upgrade] = upgrade.Metadata.Name }
            : Labels(upgrade, component),
        OwnerReferences =
        [
            new V1OwnerReference
            {
                ApiVersion = upgrade.ApiVersion,
                Kind = upgrade.Kind,
                Name = upgrade.Metadata.Name,
                Uid = upgrade.Metadata.Uid,
            },
        ],
    };
}
