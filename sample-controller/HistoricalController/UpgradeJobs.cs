using Harvester.Samples.UpgradeApi;
using k8s.Models;

namespace Harvester.Samples.HistoricalController;

/// <summary>The jobs that do the work on the cluster and on its nodes.</summary>
internal static class UpgradeJobs
{
    /// <summary>A week after they finished they are removed.</summary>
    private const int TimeToLiveSeconds = 7 * 24 * 60 * 60;

    public static V1Job ApplyManifests(Upgrade upgrade, string version) =>
        Create(upgrade, $"{upgrade.Metadata.Name}-apply-manifests", UpgradeComponents.Manifest, version, "upgrade_manifests.sh");

    public static V1Job SingleNodeUpgrade(Upgrade upgrade, string version, string node)
    {
        const string type = UpgradeJobTypes.SingleNodeUpgrade;
        var job = Create(upgrade, $"{upgrade.Metadata.Name}-{type}-{node}", UpgradeComponents.Node, version, "do_upgrade_node.sh");
        job.Metadata.Labels[UpgradeLabels.JobType] = type;
        job.Metadata.Labels[UpgradeLabels.Node] = node;
        job.Spec.Template.Metadata.Labels[UpgradeLabels.JobType] = type;

        var pod = job.Spec.Template.Spec;
        pod.HostIPC = true;
        pod.HostNetwork = true;
        pod.HostPID = true;
        pod.DnsPolicy = "ClusterFirstWithHostNet";
        pod.Volumes = [new V1Volume { Name = "host-root", HostPath = new V1HostPathVolumeSource { Path = "/", Type = "Directory" } }];
        pod.Affinity = OnNode(node);

        var container = pod.Containers[0];
        container.Args = [type];
        container.Env.Add(new V1EnvVar { Name = "HARVESTER_UPGRADE_NODE_NAME", Value = node });
        container.Env.Add(new V1EnvVar
        {
            Name = "HARVESTER_UPGRADE_POD_NAME",
            ValueFrom = new V1EnvVarSource { FieldRef = new V1ObjectFieldSelector { FieldPath = "metadata.name" } },
        });
        container.VolumeMounts = [new V1VolumeMount { Name = "host-root", MountPath = "/host" }];
        container.SecurityContext = new V1SecurityContext
        {
            Privileged = true,
            Capabilities = new V1Capabilities { Add = ["CAP_SYS_BOOT"] },
        };
        return job;
    }

    private static V1Job Create(Upgrade upgrade, string name, string component, string version, string command) => new()
    {
        ApiVersion = "batch/v1",
        Kind = "Job",
        Metadata = UpgradeChildren.Owned(upgrade, name, component),
        Spec = new V1JobSpec
        {
            BackoffLimit = 6,
            TtlSecondsAfterFinished = TimeToLiveSeconds,
            Template = new V1PodTemplateSpec
            {
                Metadata = new V1ObjectMeta { Labels = UpgradeChildren.Labels(upgrade, component) },
                Spec = new V1PodSpec
                {
                    RestartPolicy = "Never",
                    ServiceAccountName = "harvester",
                    Tolerations = Tolerations(),
                    Containers =
                    [
                        new V1Container
                        {
                            Name = "apply",
                            Image = upgrade.Image(version),
                            Command = [command],
                            Env = [new V1EnvVar { Name = "HARVESTER_UPGRADE_NAME", Value = upgrade.Metadata.Name }],
                        },
                    ],
                },
            },
        },
    };

    private static V1Affinity OnNode(string node) => new()
    {
        NodeAffinity = new V1NodeAffinity
        {
            RequiredDuringSchedulingIgnoredDuringExecution = new V1NodeSelector
            {
                NodeSelectorTerms =
                [
                    new V1NodeSelectorTerm
                    {
                        MatchExpressions =
                        [
                            new V1NodeSelectorRequirement { Key = "kubernetes.io/hostname", OperatorProperty = "In", Values = [node] },
                        ],
                    },
                ],
            },
        },
    };

    private static List<V1Toleration> Tolerations() =>
    [
        new() { Key = "node.kubernetes.io/unschedulable", OperatorProperty = "Exists", Effect = "NoSchedule" },
        new() { Key = "node-role.kubernetes.io/control-plane", OperatorProperty = "Exists", Effect = "NoExecute" },
        new() { Key = "node-role.kubernetes.io/etcd", OperatorProperty = "Exists", Effect = "NoExecute" },
        new() { Key = "kubevirt.io/drain", OperatorProperty = "Exists", Effect = "NoSchedule" },
        new() { Key = "CriticalAddonsOnly", OperatorProperty = "Exists" },
        new() { Key = "node.kubernetes.io/unreachable", OperatorProperty = "Exists", Effect = "NoExecute" },
        new() { Key = "kubernetes.io/arch", OperatorProperty = "Equal", Value = "amd64", Effect = "NoSchedule" },
        new() { Key = "kubernetes.io/arch", OperatorProperty = "Equal", Value = "arm64", Effect = "NoSchedule" },
        new() { Key = "kubernetes.io/arch", OperatorProperty = "Equal", Value = "arm", Effect = "NoSchedule" },
    ];
}
