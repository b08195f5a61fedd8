using System.Net;
using System.Text.Json.Nodes;
using Harvester.Samples.UpgradeApi;
using k8s;
using k8s.Autorest;

namespace Harvester.Samples.HistoricalController.Tests;

public sealed class DismissalTests
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Put_has_what_the_ui_keeps_and_lacks_what_it_strips()
    {
        await using var cluster = await SmallCluster.StartAsync(cancellationToken: CancellationToken);
        await cluster.CreateUpgradeAsync(logEnabled: false, CancellationToken);
        await cluster.RunUntilQuietAsync(CancellationToken);
        var cached = await cluster.GetUpgradeAsync(CancellationToken);

        using var recorder = new BodyRecorder(cluster.Server.CreateHandler("user"));
        using var client = new Kubernetes(new KubernetesClientConfiguration { Host = "http://in-process" }, recorder);
        await new DismissAction(client).DismissAsync(cached, CancellationToken);

        var body = JsonNode.Parse(recorder.Bodies.Single())!.AsObject();
        var metadata = body["metadata"]!.AsObject();
        Assert.Equal(["apiVersion", "kind", "metadata", "spec"], body.Select(member => member.Key).Order(StringComparer.Ordinal));
        Assert.Equal(
            ["annotations", "labels", "name", "namespace", "resourceVersion"],
            metadata.Select(member => member.Key).Order(StringComparer.Ordinal));
        Assert.Equal(cached.Metadata.ResourceVersion, metadata["resourceVersion"]!.GetValue<string>());
        Assert.Equal("true", metadata["labels"]![UpgradeLabels.ReadMessage]!.GetValue<string>());
        Assert.Equal(UpgradeStates.Succeeded, metadata["labels"]![UpgradeLabels.State]!.GetValue<string>());

        // The page's own copy is not touched.
        Assert.NotEmpty(cached.Status.Conditions!);
        Assert.False(cached.Metadata.Labels.ContainsKey(UpgradeLabels.ReadMessage));
        Assert.Null(cluster.Stored()["status"]);
        Assert.Null(cluster.Stored().At("metadata", "finalizers"));
    }

    [Fact]
    public async Task Put_of_a_stale_copy_is_refused()
    {
        await using var cluster = await SmallCluster.StartAsync(cancellationToken: CancellationToken);
        await cluster.CreateUpgradeAsync(logEnabled: false, CancellationToken);
        var stale = await cluster.GetUpgradeAsync(CancellationToken);
        await cluster.RunUntilQuietAsync(CancellationToken);

        var refusal = await Assert.ThrowsAsync<HttpOperationException>(() => new DismissAction(cluster.User).DismissAsync(stale, CancellationToken));

        Assert.Equal(HttpStatusCode.Conflict, refusal.Response.StatusCode);
        Assert.NotNull(cluster.Stored()["status"]);
    }

    private sealed class BodyRecorder(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        public List<string> Bodies { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Content is not null)
            {
                Bodies.Add(await request.Content.ReadAsStringAsync(cancellationToken));
            }

            return await base.SendAsync(request, cancellationToken);
        }
    }
}
