using Harvester.Testing.ApiServer;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace Harvester.ControllerRuntime.Tests;

public sealed class StatusWriterTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true, "status")]
    [InlineData(false, null)]
    public async Task It_writes_where_the_server_takes_status(bool subresource, string? expected)
    {
        await using var server = await StartAsync(subresource);
        var client = server.CreateClient("controller");
        var current = await CreateAsync(server);
        var desired = With(current, new GadgetStatus { Phase = "Ready", Parts = ["a", "b"] });

        var stored = await new StatusWriter(client).WriteAsync(desired, current, Ct);

        Assert.Equal("Ready", stored.Status!.Phase);
        Assert.Equal(["a", "b"], stored.Status.Parts!);
        var write = server.Requests.Last(request => request.Resource == "gadgets");
        Assert.Equal("patch", write.Verb);
        Assert.Equal(expected, write.Subresource);
        Assert.NotEqual(current.Metadata.ResourceVersion, stored.Metadata.ResourceVersion);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task It_changes_nothing_but_the_status(bool subresource)
    {
        await using var server = await StartAsync(subresource);
        var current = await CreateAsync(server);
        var desired = With(current, new GadgetStatus { Phase = "Ready" });
        desired.Metadata.Labels = new Dictionary<string, string> { ["not"] = "written" };

        await new StatusWriter(server.CreateClient("controller")).WriteAsync(desired, current, Ct);

        var stored = server.History("gadgets", "default", "g")[^1].Object;
        Assert.Equal("kept", stored.At("spec", "unknownToTheModel")?.AsString);
        Assert.Null(stored.At("metadata", "labels"));
        Assert.Equal("Ready", stored.At("status", "phase")?.AsString);
    }

    [Fact]
    public async Task Equal_statuses_cost_no_request()
    {
        await using var server = await StartAsync(subresource: true);
        var current = await CreateAsync(server);
        var writer = new StatusWriter(server.CreateClient("controller"));
        current = await writer.WriteAsync(With(current, new GadgetStatus { Phase = "Ready" }), current, Ct);
        var before = server.Requests.Count;

        var same = await writer.WriteAsync(With(current, new GadgetStatus { Phase = "Ready" }), current, Ct);

        Assert.Same(current, same);
        Assert.Equal(before, server.Requests.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_stale_object_is_refused(bool subresource)
    {
        await using var server = await StartAsync(subresource);
        var stale = await CreateAsync(server);
        var writer = new StatusWriter(server.CreateClient("controller"));
        await writer.WriteAsync(With(stale, new GadgetStatus { Phase = "First" }), stale, Ct);

        var refused = await Assert.ThrowsAsync<HttpOperationException>(
            () => writer.WriteAsync(With(stale, new GadgetStatus { Phase = "Second" }), stale, Ct));

        Assert.Equal(System.Net.HttpStatusCode.Conflict, refused.Response.StatusCode);
    }

    [Fact]
    public async Task A_member_that_is_no_longer_wanted_is_removed()
    {
        await using var server = await StartAsync(subresource: true);
        var current = await CreateAsync(server);
        var writer = new StatusWriter(server.CreateClient("controller"));
        current = await writer.WriteAsync(With(current, new GadgetStatus { Phase = "Ready", Parts = ["a"] }), current, Ct);

        var stored = await writer.WriteAsync(With(current, new GadgetStatus { Phase = "Ready" }), current, Ct);

        Assert.Null(stored.Status!.Parts);
    }

    [Fact]
    public async Task Discovery_is_asked_once()
    {
        await using var server = await StartAsync(subresource: true);
        var writer = new StatusWriter(server.CreateClient("controller"));
        var kind = ResourceKind.Of<Gadget>();

        Assert.True(await writer.HasStatusAsync(kind, Ct));
        var before = server.Requests.Count;
        Assert.True(await writer.HasStatusAsync(kind, Ct));
        Assert.False(await writer.HasStatusAsync(kind with { Plural = "others" }, Ct));

        Assert.Equal(before, server.Requests.Count);
    }

    private static Gadget With(Gadget current, GadgetStatus status)
    {
        var copy = ObjectCopy.Of(current);
        copy.Status = status;
        return copy;
    }

    private static Task<KubernetesApiServer> StartAsync(bool subresource) => KubernetesApiServer.StartAsync(
        options => options.AddCustomResourceDefinition($$"""
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: gadgets.example.com}
            spec:
              group: example.com
              scope: Namespaced
              names: {plural: gadgets, singular: gadget, kind: Gadget, listKind: GadgetList}
              versions:
              - name: v1
                served: true
                storage: true
                {{(subresource ? "subresources: {status: {}}" : string.Empty)}}
                schema:
                  openAPIV3Schema:
                    type: object
                    x-kubernetes-preserve-unknown-fields: true
            """),
        Ct);

    private static async Task<Gadget> CreateAsync(KubernetesApiServer server)
    {
        var body = new Dictionary<string, object>
        {
            ["apiVersion"] = "example.com/v1",
            ["kind"] = "Gadget",
            ["metadata"] = new Dictionary<string, object> { ["name"] = "g" },
            ["spec"] = new Dictionary<string, object> { ["unknownToTheModel"] = "kept" },
        };
        var client = server.CreateClient("user");
        await client.CustomObjects.CreateNamespacedCustomObjectAsync(body, "example.com", "v1", "default", "gadgets", cancellationToken: Ct);
        return await client.CustomObjects.GetNamespacedCustomObjectAsync<Gadget>("example.com", "v1", "default", "gadgets", "g", Ct);
    }

    [KubernetesEntity(Group = "example.com", ApiVersion = "v1", Kind = "Gadget", PluralName = "gadgets")]
    private sealed class Gadget : IKubernetesObject<V1ObjectMeta>
    {
        public string ApiVersion { get; set; } = "example.com/v1";

        public string Kind { get; set; } = "Gadget";

        public V1ObjectMeta Metadata { get; set; } = new();

        public GadgetStatus? Status { get; set; }
    }

    private sealed class GadgetStatus
    {
        public string? Phase { get; set; }

        public IList<string>? Parts { get; set; }
    }
}
