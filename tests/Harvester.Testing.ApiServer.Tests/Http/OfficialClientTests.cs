using System.Net;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace Harvester.Testing.ApiServer.Tests.Http;

public sealed class OfficialClientTests
{
    private const string Widgets = """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata:
          name: widgets.example.com
        spec:
          group: example.com
          scope: Namespaced
          names: { plural: widgets, kind: Widget }
          versions:
          - name: v1
            served: true
            storage: true
            schema:
              openAPIV3Schema: { type: object, x-kubernetes-preserve-unknown-fields: true }
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task TypedCallsWorkThroughBothDoors(bool overHttp)
    {
        await using var server = await KubernetesApiServer.StartAsync(cancellationToken: Cancel);
        using var client = overHttp
            ? new Kubernetes(new KubernetesClientConfiguration { Host = server.Url.AbsoluteUri })
            : (Kubernetes)server.CreateClient();

        var created = await client.CoreV1.CreateNamespacedConfigMapAsync(
            new V1ConfigMap { Metadata = new V1ObjectMeta { Name = "a" }, Data = new Dictionary<string, string> { ["k"] = "1" } },
            "default",
            cancellationToken: Cancel);
        Assert.NotNull(created.Uid());
        Assert.Null(created.Metadata.Generation);

        created.Data["k"] = "2";
        var replaced = await client.CoreV1.ReplaceNamespacedConfigMapAsync(created, "a", "default", cancellationToken: Cancel);
        Assert.NotEqual(created.ResourceVersion(), replaced.ResourceVersion());

        var stale = await Assert.ThrowsAsync<HttpOperationException>(() =>
            client.CoreV1.ReplaceNamespacedConfigMapAsync(created, "a", "default", cancellationToken: Cancel));
        Assert.Equal(HttpStatusCode.Conflict, stale.Response.StatusCode);

        var patched = await client.CoreV1.PatchNamespacedConfigMapAsync(
            new V1Patch("""{"data":{"k":"3"}}""", V1Patch.PatchType.MergePatch), "a", "default", cancellationToken: Cancel);
        Assert.Equal("3", patched.Data["k"]);

        var list = await client.CoreV1.ListConfigMapForAllNamespacesAsync(cancellationToken: Cancel);
        Assert.Equal("a", Assert.Single(list.Items).Name());

        await client.CoreV1.DeleteNamespacedConfigMapAsync("a", "default", cancellationToken: Cancel);
        var gone = await Assert.ThrowsAsync<HttpOperationException>(() =>
            client.CoreV1.ReadNamespacedConfigMapAsync("a", "default", cancellationToken: Cancel));
        Assert.Equal(HttpStatusCode.NotFound, gone.Response.StatusCode);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AWatchFollowsFromAVersionThroughBothDoors(bool overHttp)
    {
        await using var server = await KubernetesApiServer.StartAsync(
            options => options.AddCustomResourceDefinition(Widgets), Cancel);
        using var client = overHttp
            ? new Kubernetes(new KubernetesClientConfiguration { Host = server.Url.AbsoluteUri })
            : (Kubernetes)server.CreateClient();
        using var generic = new GenericClient(client, "example.com", "v1", "widgets", disposeClient: false);
        var from = server.Revision.ToString(System.Globalization.CultureInfo.InvariantCulture);
        await generic.CreateNamespacedAsync(Widget("a"), "default", Cancel);

        var seen = new List<(WatchEventType, string)>();
        var response = client.CustomObjects.WatchListNamespacedCustomObjectAsync("example.com", "v1", "default", "widgets", resourceVersion: from, cancellationToken: Cancel);
        await foreach (var (type, item) in response)
        {
            var value = (System.Text.Json.JsonElement)item;
            seen.Add((type, value.GetProperty("metadata").GetProperty("name").GetString()!));
            if (seen.Count == 1)
            {
                await generic.DeleteNamespacedAsync<CustomWidget>("default", "a", Cancel);
            }
            else
            {
                break;
            }
        }

        Assert.Equal([(WatchEventType.Added, "a"), (WatchEventType.Deleted, "a")], seen);
    }

    [Fact]
    public async Task InProcessRequestsCompleteOnTheCallersThread()
    {
        await using var server = await KubernetesApiServer.StartAsync(cancellationToken: Cancel);
        using var client = server.CreateClient();
        var task = client.CoreV1.ListNamespaceAsync(cancellationToken: Cancel);
        Assert.True(task.IsCompletedSuccessfully);
        Assert.Equal(["default", "kube-node-lease", "kube-public", "kube-system"], (await task).Items.Select(item => item.Name()));
    }

    private static CustomWidget Widget(string name) => new()
    {
        ApiVersion = "example.com/v1",
        Kind = "Widget",
        Metadata = new V1ObjectMeta { Name = name },
    };

    public sealed class CustomWidget : IKubernetesObject<V1ObjectMeta>
    {
        public string? ApiVersion { get; set; }

        public string? Kind { get; set; }

        public V1ObjectMeta Metadata { get; set; } = new();
    }
}
