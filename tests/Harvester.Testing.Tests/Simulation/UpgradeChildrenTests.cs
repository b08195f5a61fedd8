using System.IO.Compression;
using System.Text;
using Harvester.Testing.ApiServer;
using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.Simulation;
using Harvester.Testing.Simulation.Children;
using Sim = Harvester.Testing.Simulation.Simulation;

namespace Harvester.Testing.Tests;

/// <summary>Children alone: no controller runs, objects are made by hand, and the simulators move them.</summary>
public sealed class UpgradeChildrenTests
{
    private const string Ns = "harvester-system";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_world_stands_before_anything_begins()
    {
        await using var rig = await Rig.StartAsync(new World { Nodes = 2 });

        Assert.Equal("Harvester v1.8.2", rig.Latest("nodes", null, "node2").At("status", "nodeInfo", "osImage")?.AsString);
        Assert.Equal("machine2", rig.Latest("nodes", null, "node2").At("metadata", "annotations", "cluster.x-k8s.io/machine")?.AsString);
        Assert.Equal("rke.cattle.io/machine-plan", rig.Latest("secrets", "fleet-local", "machine1-machine-plan")["type"]?.AsString);
        Assert.Equal("local", rig.Latest("machines", "fleet-local", "machine1").At("spec", "clusterName")?.AsString);
        Assert.Equal("v1.30.7+rke2r1", rig.Latest("clusters", "fleet-local", "local").At("spec", "kubernetesVersion")?.AsString);
        Assert.Equal("v1.8.2", rig.Latest("settings.harvesterhci.io", null, "server-version")["value"]?.AsString);
        var config = JsonText.Read(rig.Latest("settings.harvesterhci.io", null, "upgrade-config")["value"]!.AsString!);
        Assert.Equal("skip", config.At("imagePreloadOption", "strategy", "type")?.AsString);
        Assert.Equal("600", rig.Latest("settings.longhorn.io", "longhorn-system", "replica-replenishment-wait-interval")["value"]?.AsString);
        await new World().OfferNewVersionAsync(rig.Server, cancellationToken: Ct);
        Assert.Equal("v1.8.2", rig.Latest("versions", Ns, "v1.9.0").At("spec", "minUpgradableVersion")?.AsString);
    }

    [Fact]
    public async Task An_image_is_imported_after_the_delay()
    {
        await using var rig = await Rig.StartAsync();
        await rig.CreateAsync(ClusterKinds.Images, Ns, Image);

        await rig.Simulation.RunForAsync(TimeSpan.FromMilliseconds(699), Ct);
        Assert.Null(rig.Latest("virtualmachineimages", Ns, "image")["status"]);
        await rig.Simulation.RunForAsync(TimeSpan.FromMilliseconds(1), Ct);

        Assert.Equal("True", rig.Condition("virtualmachineimages", Ns, "image", "Imported"));
        Assert.Equal(100, rig.Latest("virtualmachineimages", Ns, "image").At("status", "progress")?.AsInteger);
        Assert.Equal("driver", rig.Server.History("virtualmachineimages", Ns, "image")[^1].User);
    }

    [Fact]
    public async Task A_held_image_waits_until_released_and_a_failing_one_fails()
    {
        await using var rig = await Rig.StartAsync();
        rig.Simulation.Switches.Hold("image");
        rig.Simulation.Switches.Fail("image");
        await rig.CreateAsync(ClusterKinds.Images, Ns, Image);
        await rig.QuietAsync();
        Assert.Null(rig.Latest("virtualmachineimages", Ns, "image")["status"]);

        rig.Simulation.Switches.Release("image");
        await rig.QuietAsync();

        Assert.Equal("False", rig.Condition("virtualmachineimages", Ns, "image", "Imported"));
    }

    [Fact]
    public async Task A_chart_leaves_a_Helm_release_with_its_images()
    {
        await using var rig = await Rig.StartAsync();
        await rig.CreateAsync(ClusterKinds.ManagedCharts, "fleet-local", """
            {
              "apiVersion": "management.cattle.io/v3", "kind": "ManagedChart",
              "metadata": {"name": "operator", "labels": {"harvesterhci.io/upgradeLog": "log"}}
            }
            """);
        await rig.QuietAsync();

        Assert.Equal(1, rig.Latest("managedcharts", "fleet-local", "operator").At("status", "summary", "ready")?.AsInteger);
        var secret = rig.Latest("secrets", "cattle-logging-system", "sh.helm.release.v1.operator.v1");
        var packed = Convert.FromBase64String(Encoding.ASCII.GetString(Convert.FromBase64String(secret.At("data", "release")!.AsString!)));
        using var reader = new StreamReader(new GZipStream(new MemoryStream(packed), CompressionMode.Decompress));
        var release = JsonText.Read(await reader.ReadToEndAsync(Ct));
        Assert.Equal("r/fluentd", release.At("chart", "values", "images", "fluentd", "repository")?.AsString);
    }

    [Fact]
    public async Task The_logging_operator_makes_ready_workloads()
    {
        await using var rig = await Rig.StartAsync();
        await rig.CreateAsync(ClusterKinds.Loggings, null, """
            {
              "apiVersion": "logging.banzaicloud.io/v1beta1", "kind": "Logging", "metadata": {"name": "infra"},
              "spec": {"fluentd": {"labels": {"harvesterhci.io/upgradeLog": "log"}}}
            }
            """);
        await rig.CreateAsync(ClusterKinds.FluentbitAgents, null, """
            {"apiVersion": "logging.banzaicloud.io/v1beta1", "kind": "FluentbitAgent", "metadata": {"name": "agent"}, "spec": {}}
            """);
        await rig.CreateAsync(ClusterKinds.ClusterFlows, Ns, """
            {"apiVersion": "logging.banzaicloud.io/v1beta1", "kind": "ClusterFlow", "metadata": {"name": "flow"}, "spec": {}}
            """);
        await rig.CreateAsync(ClusterKinds.ClusterOutputs, Ns, """
            {"apiVersion": "logging.banzaicloud.io/v1beta1", "kind": "ClusterOutput", "metadata": {"name": "output"}, "spec": {}}
            """);
        await rig.QuietAsync();

        var aggregator = rig.Latest("statefulsets", Ns, "infra-fluentd");
        Assert.Equal(1, aggregator.At("status", "readyReplicas")?.AsInteger);
        Assert.Equal("log", aggregator.At("metadata", "labels", "harvesterhci.io/upgradeLog")?.AsString);
        Assert.Equal("infra", (aggregator.At("metadata", "ownerReferences") as JsonArray)?[0]["name"]?.AsString);
        Assert.Equal(1, rig.Latest("daemonsets", Ns, "agent-fluentbit").At("status", "numberReady")?.AsInteger);
        Assert.NotNull(rig.Latest("persistentvolumeclaims", Ns, "infra-log-archive"));
        Assert.True(rig.Latest("clusterflows", Ns, "flow").At("status", "active")?.AsBoolean);
        Assert.True(rig.Latest("clusteroutputs", Ns, "output").At("status", "active")?.AsBoolean);
    }

    [Fact]
    public async Task A_deployment_becomes_ready_again_after_each_change_of_its_spec()
    {
        await using var rig = await Rig.StartAsync();
        await rig.CreateAsync(ClusterKinds.Deployments, Ns, """
            {
              "apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "repo"},
              "spec": {
                "selector": {"matchLabels": {"app": "repo"}},
                "template": {"metadata": {"labels": {"app": "repo"}}, "spec": {"containers": [{"name": "c", "image": "i"}]}}
              }
            }
            """);
        await rig.QuietAsync();

        var ready = rig.Latest("deployments", Ns, "repo");
        Assert.Equal("True", rig.Condition("deployments", Ns, "repo", "Available"));
        Assert.Equal(1, ready.At("status", "readyReplicas")?.AsInteger);
        Assert.Equal(ready.At("metadata", "generation"), ready.At("status", "observedGeneration"));
    }

    [Fact]
    public async Task A_job_starts_then_completes_and_the_manifests_bring_the_new_version()
    {
        await using var rig = await Rig.StartAsync();
        await rig.CreateAsync(ClusterKinds.Jobs, Ns, Job("manifest"));

        await rig.Simulation.RunForAsync(TimeSpan.FromMilliseconds(700), Ct);
        Assert.Equal(1, rig.Latest("jobs", Ns, "job").At("status", "active")?.AsInteger);
        await rig.Simulation.RunForAsync(TimeSpan.FromMilliseconds(700), Ct);

        Assert.Equal("True", rig.Condition("jobs", Ns, "job", "Complete"));
        Assert.Null(rig.Latest("jobs", Ns, "job").At("status", "active"));
        Assert.Equal("v1.9.0", rig.Latest("settings.harvesterhci.io", null, "server-version")["value"]?.AsString);
    }

    [Fact]
    public async Task A_failing_job_fails_and_brings_nothing()
    {
        await using var rig = await Rig.StartAsync();
        rig.Simulation.Switches.Fail("manifests");
        await rig.CreateAsync(ClusterKinds.Jobs, Ns, Job("manifest"));
        await rig.QuietAsync();

        Assert.Equal("True", rig.Condition("jobs", Ns, "job", "Failed"));
        Assert.Equal("v1.8.2", rig.Latest("settings.harvesterhci.io", null, "server-version")["value"]?.AsString);
    }

    [Fact]
    public async Task A_plan_runs_a_job_on_every_node_it_selects_and_labels_the_nodes()
    {
        await using var rig = await Rig.StartAsync(new World { Nodes = 2 });
        await rig.CreateAsync(ClusterKinds.Plans, "cattle-system", """
            {
              "apiVersion": "upgrade.cattle.io/v1", "kind": "Plan", "metadata": {"name": "up-cleanup"},
              "spec": {"nodeSelector": {"matchLabels": {"harvesterhci.io/managed": "true"}}, "upgrade": {"image": "i"}}
            }
            """);
        await rig.QuietAsync();

        foreach (var node in new[] { "node1", "node2" })
        {
            Assert.Equal("True", rig.Condition("jobs", "cattle-system", $"apply-up-cleanup-on-{node}", "Complete"));
            Assert.Equal("hash-up-cleanup", rig.Latest("nodes", null, node).At("metadata", "labels", "plan.upgrade.cattle.io/up-cleanup")?.AsString);
        }

        var plan = rig.Latest("plans", "cattle-system", "up-cleanup");
        Assert.Equal("hash-up-cleanup", plan.At("status", "latestHash")?.AsString);
        Assert.Empty(Assert.IsType<JsonArray>(plan.At("status", "applying")));
    }

    [Fact]
    public async Task A_node_boots_the_image_that_is_pending()
    {
        await using var rig = await Rig.StartAsync();
        await rig.SendAsync(new ChildWrite(
            "patch", ClusterKinds.Nodes, null, "node1", null, JsonText.Read("""{"metadata":{"annotations":{"harvesterhci.io/pendingOSImage":"Harvester v1.9.0"}}}""")));
        await rig.QuietAsync();

        Assert.Equal("Harvester v1.9.0", rig.Latest("nodes", null, "node1").At("status", "nodeInfo", "osImage")?.AsString);
    }

    [Fact]
    public void A_world_can_be_read_from_JSON()
    {
        var world = World.Parse("""
            {
              "versions": {"old": "v1.4.2", "new": "v1.5.0"}, "namespaces": ["a"], "nodes": [{}, {}],
              "clusters": [{"spec": {"kubernetesVersion": "v1"}}],
              "settings": [
                {"name": "server-version", "value": "v1.4.2"},
                {"name": "upgrade-config", "value": {"imagePreloadOption": {"strategy": {"type": "sequential"}}, "logReadyTimeout": "5"}},
                {"name": "other", "value": "x"}],
              "longhornSettings": [{"name": "l", "value": "1"}]
            }
            """);

        Assert.Equal(("v1.4.2", "v1.5.0", 2, "sequential", "5"), (world.OldVersion, world.NewVersion, world.Nodes, world.Preload, world.LogReadyTimeout));
        Assert.Equal(["a"], world.Namespaces);
        Assert.Equal("v1", world.KubernetesVersion);
        Assert.Equal(["other"], world.Settings.Keys);
        Assert.Equal(["l"], world.LonghornSettings.Keys);
    }

    private const string Image = """
        {
          "apiVersion": "harvesterhci.io/v1beta1", "kind": "VirtualMachineImage", "metadata": {"name": "image"},
          "spec": {"displayName": "image", "sourceType": "download", "url": "https://releases.example/image.iso"}
        }
        """;

    private static string Job(string component) => $$$"""
        {
          "apiVersion": "batch/v1", "kind": "Job",
          "metadata": {"name": "job", "labels": {"harvesterhci.io/upgradeComponent": "{{{component}}}"} },
          "spec": {"template": {"spec": {"restartPolicy": "Never", "containers": [{"name": "c", "image": "i"}]} } }
        }
        """;

    private sealed class Rig : IAsyncDisposable
    {
        private Rig(KubernetesApiServer server, Sim simulation)
        {
            Server = server;
            Simulation = simulation;
        }

        public KubernetesApiServer Server { get; }

        public Sim Simulation { get; }

        public static async Task<Rig> StartAsync(World? world = null)
        {
            var clock = new VirtualClock();
            var server = await KubernetesApiServer.StartAsync(
                options =>
                {
                    options.Seed = 1;
                    options.TimeProvider = clock;
                    options.CollectGarbage = false;
                    options.AddCustomResourceDefinitions(RepositoryRoot.At("sample-controller", "crds"));
                },
                Ct);
            world ??= new World();
            await world.CreateAsync(server, Ct);
            var simulation = new Sim(server, clock, 1);
            simulation.Add(UpgradeChildren.All(world.NewVersion));
            return new Rig(server, simulation);
        }

        public Task QuietAsync() => Simulation.RunUntilQuietAsync(TimeSpan.FromSeconds(4), TimeSpan.FromMinutes(1), Ct);

        public JsonObject Latest(string plural, string? ns, string name) => Server.History(plural, ns, name)[^1].Object;

        public string? Condition(string plural, string? ns, string name, string type) =>
            (Latest(plural, ns, name).At("status", "conditions") as JsonArray)?.FirstOrDefault(condition => condition["type"]?.AsString == type)?["status"]?.AsString;

        public Task CreateAsync(ChildKind kind, string? ns, string json) => SendAsync(ChildWrite.Create(kind, ns, json));

        public async Task SendAsync(ChildWrite write)
        {
            using var invoker = new HttpMessageInvoker(Server.CreateHandler("user"));
            using var response = await write.SendAsync(invoker, Ct);
            Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(Ct));
        }

        public async ValueTask DisposeAsync()
        {
            await Simulation.DisposeAsync();
            await Server.DisposeAsync();
        }
    }
}
