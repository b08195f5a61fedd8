using System.Net;
using Harvester.Testing.ApiServer;
using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.Simulation.Children;

namespace Harvester.Testing.Simulation;

/// <summary>
/// What stands in a cluster before an upgrade begins: namespaces, nodes with their machines, settings. The defaults are the
/// single-node cluster of the recorded runs; <see cref="Parse"/> reads another from JSON of the same shape.
/// </summary>
public sealed record World
{
    /// <summary>The version that is installed.</summary>
    public string OldVersion { get; init; } = "v1.8.2";

    /// <summary>The version to upgrade to.</summary>
    public string NewVersion { get; init; } = "v1.9.0";

    /// <summary>Namespaces beside those a cluster has by itself.</summary>
    public IReadOnlyList<string> Namespaces { get; init; } =
        ["harvester-system", "cattle-system", "fleet-local", "cattle-logging-system", "longhorn-system"];

    /// <summary>How many nodes: node1, node2 and so on, each with a machine and its plan Secret.</summary>
    public int Nodes { get; init; } = 1;

    /// <summary>The image preload strategy of the setting <c>upgrade-config</c>.</summary>
    public string Preload { get; init; } = "skip";

    /// <summary>Minutes that the log infrastructure may take, in the setting <c>upgrade-config</c>.</summary>
    public string LogReadyTimeout { get; init; } = "1";

    /// <summary>The Kubernetes version of the cluster.</summary>
    public string KubernetesVersion { get; init; } = "v1.30.7+rke2r1";

    /// <summary>Settings beside <c>server-version</c> and <c>upgrade-config</c>: name and value, the default being the same.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } =
        new SortedDictionary<string, string>(StringComparer.Ordinal) { ["upgrade-checker-enabled"] = "false" };

    /// <summary>Longhorn's settings: name and value.</summary>
    public IReadOnlyDictionary<string, string> LonghornSettings { get; init; } = new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["auto-cleanup-system-generated-snapshot"] = "true",
        ["replica-replenishment-wait-interval"] = "600",
    };

    /// <summary>Reads versions, namespaces and settings from JSON as recorded next to the real controllers.</summary>
    /// <param name="json">The JSON text.</param>
    public static World Parse(string json)
    {
        var data = JsonText.Read(json);
        var world = new World();
        var settings = (data["settings"] as JsonArray ?? JsonArray.Empty).ToList();
        var config = settings.FirstOrDefault(setting => setting["name"]?.AsString == "upgrade-config")?["value"];
        return world with
        {
            OldVersion = data.At("versions", "old")?.AsString ?? world.OldVersion,
            NewVersion = data.At("versions", "new")?.AsString ?? world.NewVersion,
            Namespaces = (data["namespaces"] as JsonArray)?.Select(name => name.AsString!).ToList() ?? world.Namespaces,
            Nodes = (data["nodes"] as JsonArray)?.Count ?? world.Nodes,
            Preload = config?.At("imagePreloadOption", "strategy", "type")?.AsString ?? world.Preload,
            LogReadyTimeout = config?.At("logReadyTimeout")?.AsString ?? world.LogReadyTimeout,
            KubernetesVersion = (data["clusters"] as JsonArray)?.FirstOrDefault()?.At("spec", "kubernetesVersion")?.AsString ?? world.KubernetesVersion,
            Settings = ByName(settings.Where(setting => setting["name"]?.AsString is not ("server-version" or "upgrade-config"))),
            LonghornSettings = ByName(data["longhornSettings"] as JsonArray ?? JsonArray.Empty),
        };
    }

    /// <summary>Creates all of it, as user <c>rig</c>.</summary>
    /// <param name="server">The server; the definitions of the kinds must be installed.</param>
    /// <param name="cancellationToken">Ends the requests.</param>
    public async Task CreateAsync(KubernetesApiServer server, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(server);
        using var invoker = new HttpMessageInvoker(server.CreateHandler("rig"));
        foreach (var write in Writes())
        {
            await SendAsync(invoker, write, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Creates the Version object of <see cref="NewVersion"/>, which offers the upgrade.</summary>
    /// <param name="server">The server.</param>
    /// <param name="user">Who creates it.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public async Task OfferNewVersionAsync(KubernetesApiServer server, string user = "rig", CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(server);
        using var invoker = new HttpMessageInvoker(server.CreateHandler(user));
        var version = ChildWrite.Create(ClusterKinds.Versions, "harvester-system", $$$"""
            {
              "apiVersion": "harvesterhci.io/v1beta1", "kind": "Version",
              "metadata": {"name": "{{{NewVersion}}}", "namespace": "harvester-system"},
              "spec": {
                "isoURL": "https://releases.example/harvester-{{{NewVersion}}}-amd64.iso",
                "isoChecksum": "c0ffee",
                "minUpgradableVersion": "{{{OldVersion}}}",
                "releaseDate": "20260101"
              }
            }
            """);
        await SendAsync(invoker, version, cancellationToken).ConfigureAwait(false);
    }

    private static SortedDictionary<string, string> ByName(IEnumerable<JsonValue> settings)
    {
        var values = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var setting in settings)
        {
            values[setting["name"]!.AsString!] = setting["value"]?.AsString ?? string.Empty;
        }

        return values;
    }

    private static async Task SendAsync(HttpMessageInvoker invoker, ChildWrite write, CancellationToken cancellationToken)
    {
        using var response = await write.SendAsync(invoker, cancellationToken).ConfigureAwait(false);
        var exists = response.StatusCode == HttpStatusCode.Conflict && write.Kind == ClusterKinds.Namespaces;
        if (!response.IsSuccessStatusCode && !exists)
        {
            var text = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
            throw new InvalidOperationException($"The world cannot be made: {write.Verb} of {write.Kind.Plural} was refused: {text}");
        }
    }

    private static ChildWrite Setting(string name, string usual, JsonValue value) => ChildWrite.Create(ClusterKinds.Settings, null, $$$"""
        {
          "apiVersion": "harvesterhci.io/v1beta1", "kind": "Setting", "metadata": {"name": "{{{name}}}"},
          "default": "{{{usual}}}", "value": {{{value}}}
        }
        """);

    private IEnumerable<ChildWrite> Writes()
    {
        foreach (var name in Namespaces)
        {
            yield return ChildWrite.Create(
                ClusterKinds.Namespaces, null, $$$"""{"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "{{{name}}}"} }""");
        }

        for (var number = 1; number <= Nodes; number++)
        {
            foreach (var write in Node(number))
            {
                yield return write;
            }
        }

        yield return ChildWrite.Create(ClusterKinds.Clusters, "fleet-local", $$$"""
            {
              "apiVersion": "provisioning.cattle.io/v1", "kind": "Cluster",
              "metadata": {"name": "local", "namespace": "fleet-local"},
              "spec": {"kubernetesVersion": "{{{KubernetesVersion}}}", "rkeConfig": {"provisionGeneration": 0} }
            }
            """);
        yield return Setting("server-version", "dev", OldVersion);
        yield return Setting("upgrade-config", string.Empty, UpgradeConfig());
        foreach (var (name, value) in Settings)
        {
            yield return Setting(name, value, value);
        }

        foreach (var (name, value) in LonghornSettings)
        {
            yield return ChildWrite.Create(ClusterKinds.LonghornSettings, "longhorn-system", $$$"""
                {
                  "apiVersion": "longhorn.io/v1beta2", "kind": "Setting",
                  "metadata": {"name": "{{{name}}}", "namespace": "longhorn-system"}, "value": "{{{value}}}"
                }
                """);
        }
    }

    /// <summary>The setting's value is text that holds JSON.</summary>
    private string UpgradeConfig() => JsonText.Write(JsonText.Read($$$"""
        {
          "imagePreloadOption": {"strategy": {"type": "{{{Preload}}}"} },
          "restoreVM": false,
          "nodeUpgradeOption": {"strategy": {"mode": "auto"} },
          "logReadyTimeout": "{{{LogReadyTimeout}}}"
        }
        """));

    private IEnumerable<ChildWrite> Node(int number)
    {
        var node = $"node{number}";
        var machine = $"machine{number}";
        yield return ChildWrite.Create(ClusterKinds.Nodes, null, $$$"""
            {
              "apiVersion": "v1", "kind": "Node",
              "metadata": {
                "name": "{{{node}}}",
                "labels": {"harvesterhci.io/managed": "true", "kubernetes.io/hostname": "{{{node}}}"},
                "annotations": {"cluster.x-k8s.io/machine": "{{{machine}}}"}
              }
            }
            """);
        yield return new ChildWrite("patch", ClusterKinds.Nodes, null, node, "status", JsonText.Read($$$"""
            {
              "status": {
                "nodeInfo": {
                  "osImage": "Harvester {{{OldVersion}}}", "operatingSystem": "linux", "architecture": "amd64",
                  "bootID": "", "machineID": "", "systemUUID": "", "kernelVersion": "", "containerRuntimeVersion": "",
                  "kubeletVersion": "{{{KubernetesVersion}}}", "kubeProxyVersion": ""
                },
                "conditions": [{"type": "Ready", "status": "True"}]
              }
            }
            """));
        yield return ChildWrite.Create(ClusterKinds.Machines, "fleet-local", $$$"""
            {
              "apiVersion": "cluster.x-k8s.io/v1beta1", "kind": "Machine",
              "metadata": {"name": "{{{machine}}}", "namespace": "fleet-local"}, "spec": {"clusterName": "local"}
            }
            """);
        yield return ChildWrite.Create(ClusterKinds.Secrets, "fleet-local", $$$"""
            {
              "apiVersion": "v1", "kind": "Secret", "type": "rke.cattle.io/machine-plan",
              "metadata": {
                "name": "{{{machine}}}-machine-plan", "namespace": "fleet-local",
                "labels": {"rke.cattle.io/machine-name": "{{{machine}}}"}
              }
            }
            """);
    }
}
