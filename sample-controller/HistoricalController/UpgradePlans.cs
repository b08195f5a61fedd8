using System.Text.Json.Nodes;
using Harvester.Samples.UpgradeApi;
using k8s.Models;

namespace Harvester.Samples.HistoricalController;

/// <summary>Plans of the system-upgrade-controller: a command on every managed node. They live in another namespace, so nobody owns them.</summary>
internal static class UpgradePlans
{
    private const string PurgeScript = """
        set -e

        HOST_DIR="${HOST_DIR:-/host}"
        export CONTAINER_RUNTIME_ENDPOINT=unix:///run/k3s/containerd/containerd.sock
        CRICTL="chroot $HOST_DIR /var/lib/rancher/rke2/bin/crictl"

        for image in $IMAGES
        do
          if $CRICTL inspecti "$image" > /dev/null 2>&1
          then
            echo "Removing $image"
            $CRICTL rmi "$image" || echo "Cannot remove $image, it may be in use"
          else
            echo "$image is not here"
          fi
        done

        echo "Done"
        """;

    /// <summary>Has the nodes load the images of the new release.</summary>
    public static Plan Prepare(Upgrade upgrade, string version, int concurrency)
    {
        var plan = Create(upgrade, "prepare", UpgradeComponents.Node, version, concurrency);
        plan.Spec["jobActiveDeadlineSecs"] = 3600;
        plan.Spec["upgrade"]!["command"] = new JsonArray("do_upgrade_node.sh");
        plan.Spec["upgrade"]!["args"] = new JsonArray("prepare");
        plan.Spec["upgrade"]!["envs"] = new JsonArray(Variable("HARVESTER_UPGRADE_NAME", upgrade.Metadata.Name));
        return plan;
    }

    /// <summary>Has the nodes drop images that the new release does not use.</summary>
    public static Plan Cleanup(Upgrade upgrade, IReadOnlyList<string> images)
    {
        var plan = Create(upgrade, "cleanup", UpgradeComponents.Cleanup, upgrade.Status.PreviousVersion ?? "", concurrency: 1);
        plan.Spec["upgrade"]!["command"] = new JsonArray("sh", "-c", PurgeScript);
        plan.Spec["upgrade"]!["envs"] = new JsonArray(Variable("IMAGES", string.Join('\n', images)));
        return plan;
    }

    private static Plan Create(Upgrade upgrade, string suffix, string component, string version, int concurrency) => new()
    {
        Metadata = new V1ObjectMeta
        {
            Name = $"{upgrade.Metadata.Name}-{suffix}",
            NamespaceProperty = Namespaces.Cattle,
            Labels = UpgradeChildren.Labels(upgrade, component),
        },
        Spec = new JsonObject
        {
            ["concurrency"] = concurrency,
            ["nodeSelector"] = new JsonObject { ["matchLabels"] = new JsonObject { [UpgradeLabels.Managed] = "true" } },
            ["serviceAccountName"] = "system-upgrade-controller",
            ["tolerations"] = new JsonArray(
                new JsonObject { ["key"] = "CriticalAddonsOnly", ["operator"] = "Exists" },
                Toleration("kubevirt.io/drain", "NoSchedule"),
                Toleration("node-role.kubernetes.io/control-plane", "NoExecute"),
                Toleration("node-role.kubernetes.io/etcd", "NoExecute"),
                Toleration("kubernetes.io/arch", "NoSchedule", "amd64"),
                Toleration("kubernetes.io/arch", "NoSchedule", "arm64"),
                Toleration("kubernetes.io/arch", "NoSchedule", "arm")),
            ["upgrade"] = new JsonObject { ["image"] = upgrade.Image(version) },
            ["version"] = upgrade.Metadata.Name,
        },
    };

    private static JsonObject Variable(string name, string value) => new() { ["name"] = name, ["value"] = value };

    private static JsonObject Toleration(string key, string effect, string? value = null)
    {
        var toleration = new JsonObject { ["key"] = key, ["effect"] = effect, ["operator"] = value is null ? "Exists" : "Equal" };
        if (value is not null)
        {
            toleration["value"] = value;
        }

        return toleration;
    }
}
