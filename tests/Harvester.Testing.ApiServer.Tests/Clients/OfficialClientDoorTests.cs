using System.Net;
using System.Text.Json;
using k8s;
using k8s.Autorest;
using k8s.LeaderElection;
using k8s.LeaderElection.ResourceLock;
using k8s.Models;

namespace Harvester.Testing.ApiServer.Tests.Clients;

/// <summary>The official client with roles deciding: in process, and over HTTPS with nothing but the kubeconfig.</summary>
public sealed class OfficialClientDoorTests
{
    private const string Gadgets = """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata:
          name: gadgets.example.com
        spec:
          group: example.com
          scope: Namespaced
          names: { plural: gadgets, kind: Gadget }
          versions:
          - name: v1
            served: true
            storage: true
            subresources: { status: {} }
            schema:
              openAPIV3Schema:
                type: object
                properties:
                  spec: { type: object, properties: { size: { type: integer, default: 3 } } }
                  status: { type: object, properties: { state: { type: string } } }
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<bool> Doors => [false, true];

    [Theory]
    [MemberData(nameof(Doors))]
    public async Task Typed_calls_synchronous_asynchronous_and_with_their_messages(bool overHttps)
    {
        await using var opened = await OpenAsync(overHttps);
        var core = opened.Client.CoreV1;
        var created = core.CreateNamespacedConfigMap(Map("a", "1"), "default");
        Assert.Equal("1", created.Data["k"]);

        using var read = await core.ReadNamespacedConfigMapWithHttpMessagesAsync("a", "default", cancellationToken: Cancel);
        Assert.Equal(HttpStatusCode.OK, read.Response.StatusCode);
        Assert.Equal(created.Uid(), read.Body.Uid());

        created.Data["k"] = "2";
        var replaced = await core.ReplaceNamespacedConfigMapAsync(created, "a", "default", cancellationToken: Cancel);
        Assert.Equal("2", replaced.Data["k"]);
        var stale = Assert.Throws<HttpOperationException>(() => core.ReplaceNamespacedConfigMap(created, "a", "default"));
        Assert.Equal(HttpStatusCode.Conflict, stale.Response.StatusCode);

        Assert.Equal("Success", core.DeleteNamespacedConfigMap("a", "default").Status);
        Assert.Empty((await core.ListNamespacedConfigMapAsync("default", cancellationToken: Cancel)).Items);
    }

    [Theory]
    [MemberData(nameof(Doors))]
    public async Task Patches_of_every_type(bool overHttps)
    {
        await using var opened = await OpenAsync(overHttps);
        var core = opened.Client.CoreV1;
        await core.CreateNamespacedConfigMapAsync(Map("a", "1"), "default", cancellationToken: Cancel);
        foreach (var (text, type, value) in new[]
        {
            ("""[{"op":"replace","path":"/data/k","value":"2"}]""", V1Patch.PatchType.JsonPatch, "2"),
            ("""{"data":{"k":"3"}}""", V1Patch.PatchType.MergePatch, "3"),
            ("""{"data":{"k":"4"}}""", V1Patch.PatchType.StrategicMergePatch, "4"),
        })
        {
            var patched = await core.PatchNamespacedConfigMapAsync(new V1Patch(text, type), "a", "default", cancellationToken: Cancel);
            Assert.Equal(value, patched.Data["k"]);
        }

        var applied = await core.PatchNamespacedConfigMapAsync(
            new V1Patch("""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"b"},"data":{"k":"5"}}""", V1Patch.PatchType.ApplyPatch),
            "b",
            "default",
            fieldManager: "tests",
            cancellationToken: Cancel);
        Assert.Equal("5", applied.Data["k"]);
        Assert.Equal("tests", Assert.Single(applied.Metadata.ManagedFields).Manager);
    }

    [Theory]
    [MemberData(nameof(Doors))]
    public async Task Generic_client_and_custom_objects(bool overHttps)
    {
        await using var opened = await OpenAsync(overHttps);
        using var generic = new GenericClient(opened.Client, "example.com", "v1", "gadgets", disposeClient: false);
        var created = await generic.CreateNamespacedAsync(
            new Gadget { ApiVersion = "example.com/v1", Kind = "Gadget", Metadata = new V1ObjectMeta { Name = "g" } }, "default", Cancel);
        Assert.NotNull(created.Metadata.Uid);
        Assert.Equal("g", (await generic.ReadNamespacedAsync<Gadget>("default", "g", Cancel)).Name());

        var custom = opened.Client.CustomObjects;
        var read = (JsonElement)await custom.GetNamespacedCustomObjectAsync("example.com", "v1", "default", "gadgets", "g", Cancel);
        var size = read.TryGetProperty("spec", out var spec) ? spec.GetProperty("size").GetInt32() : 0;
        Assert.Equal(0, size);

        await custom.PatchNamespacedCustomObjectAsync(
            new V1Patch("""{"spec":{}}""", V1Patch.PatchType.MergePatch), "example.com", "v1", "default", "gadgets", "g", cancellationToken: Cancel);
        await custom.PatchNamespacedCustomObjectStatusAsync(
            new V1Patch("""{"status":{"state":"Ready"}}""", V1Patch.PatchType.MergePatch), "example.com", "v1", "default", "gadgets", "g", cancellationToken: Cancel);
        var list = (JsonElement)await custom.ListNamespacedCustomObjectAsync("example.com", "v1", "default", "gadgets", cancellationToken: Cancel);
        var item = Assert.Single(list.GetProperty("items").EnumerateArray());
        Assert.Equal(3, item.GetProperty("spec").GetProperty("size").GetInt32());
        Assert.Equal("Ready", item.GetProperty("status").GetProperty("state").GetString());

        await generic.DeleteNamespacedAsync<Gadget>("default", "g", Cancel);
        var gone = await Assert.ThrowsAsync<HttpOperationException>(() => generic.ReadNamespacedAsync<Gadget>("default", "g", Cancel));
        Assert.Equal(HttpStatusCode.NotFound, gone.Response.StatusCode);
    }

    [Theory]
    [MemberData(nameof(Doors))]
    public async Task A_watch_sees_every_change_in_order(bool overHttps)
    {
        await using var opened = await OpenAsync(overHttps);
        var core = opened.Client.CoreV1;
        var from = (await core.ListNamespacedConfigMapAsync("default", cancellationToken: Cancel)).ResourceVersion();
        await core.CreateNamespacedConfigMapAsync(Map("a", "1"), "default", cancellationToken: Cancel);
        await core.PatchNamespacedConfigMapAsync(
            new V1Patch("""{"data":{"k":"2"}}""", V1Patch.PatchType.MergePatch), "a", "default", cancellationToken: Cancel);
        var seen = new List<(WatchEventType Type, string Value)>();
        await foreach (var (type, item) in core.WatchListNamespacedConfigMapAsync("default", resourceVersion: from, cancellationToken: Cancel))
        {
            seen.Add((type, item.Data["k"]));
            if (seen.Count == 2)
            {
                await core.DeleteNamespacedConfigMapAsync("a", "default", cancellationToken: Cancel);
            }
            else if (seen.Count == 3)
            {
                break;
            }
        }

        Assert.Equal([(WatchEventType.Added, "1"), (WatchEventType.Modified, "2"), (WatchEventType.Deleted, "2")], seen);
    }

    [Theory]
    [MemberData(nameof(Doors))]
    public async Task One_of_two_candidates_leads_and_the_other_follows_once_it_lets_go(bool overHttps)
    {
        await using var opened = await OpenAsync(overHttps);
        using var first = new CancellationTokenSource();
        using var second = new CancellationTokenSource();
        var leaders = new System.Collections.Concurrent.ConcurrentQueue<string>();
        var one = RunAsync("one", first.Token);
        await UntilAsync(() => leaders.Contains("one"));
        var two = RunAsync("two", second.Token);
        await Task.Delay(300, Cancel);
        Assert.DoesNotContain("two", leaders);

        await first.CancelAsync();
        await one;
        await UntilAsync(() => leaders.Contains("two"));
        var lease = await opened.Client.CoordinationV1.ReadNamespacedLeaseAsync("leader", "default", cancellationToken: Cancel);
        Assert.Equal("two", lease.Spec.HolderIdentity);
        await second.CancelAsync();
        await two;

        async Task RunAsync(string name, CancellationToken cancellationToken)
        {
            using var elector = new LeaderElector(new LeaderElectionConfig(new LeaseLock(opened.Client, "default", "leader", name))
            {
                LeaseDuration = TimeSpan.FromSeconds(1),
                RenewDeadline = TimeSpan.FromMilliseconds(700),
                RetryPeriod = TimeSpan.FromMilliseconds(100),
            });
            elector.OnStartedLeading += () => leaders.Enqueue(name);
            try
            {
                await elector.RunUntilLeadershipLostAsync(cancellationToken);
            }
            catch (OperationCanceledException)
            {
                // How a candidate is stopped.
            }
        }

        static async Task UntilAsync(Func<bool> condition)
        {
            var end = DateTime.UtcNow + TimeSpan.FromSeconds(30);
            while (!condition())
            {
                Assert.True(DateTime.UtcNow < end, "Nobody took the lead.");
                await Task.Delay(50, Cancel);
            }
        }
    }

    private static V1ConfigMap Map(string name, string value) => new()
    {
        Metadata = new V1ObjectMeta { Name = name },
        Data = new Dictionary<string, string> { ["k"] = value },
    };

    private static async Task<Opened> OpenAsync(bool overHttps)
    {
        var server = await KubernetesApiServer.StartAsync(options => options.UseRbac().AddCustomResourceDefinition(Gadgets), Cancel);
        if (!overHttps)
        {
            return new Opened(server, (Kubernetes)server.CreateClient());
        }

        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            server.WriteKubeconfig(path);
            return new Opened(server, new Kubernetes(KubernetesClientConfiguration.BuildConfigFromConfigFile(path)));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private sealed record Opened(KubernetesApiServer Server, Kubernetes Client) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            Client.Dispose();
            await Server.DisposeAsync();
        }
    }

    public sealed class Gadget : IKubernetesObject<V1ObjectMeta>
    {
        public string? ApiVersion { get; set; }

        public string? Kind { get; set; }

        public V1ObjectMeta Metadata { get; set; } = new();
    }
}
