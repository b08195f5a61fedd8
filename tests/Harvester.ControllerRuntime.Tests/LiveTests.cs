using System.Collections.Concurrent;
using System.Net;
using Harvester.Testing.ApiServer;
using k8s;
using k8s.Models;
using Microsoft.Extensions.Logging.Abstractions;

namespace Harvester.ControllerRuntime.Tests;

/// <summary>Informers and controllers running by themselves against the embedded API server.</summary>
public sealed class LiveTests
{
    private const string Expired = """{"kind":"Status","apiVersion":"v1","status":"Failure","message":"too old resource version","reason":"Expired","code":410}""";
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_handler_sees_creation_change_and_deletion()
    {
        await using var server = await KubernetesApiServer.StartAsync(cancellationToken: Ct);
        await using var live = new Running(server.CreateClient("controller"), out var seen);
        var client = server.CreateClient("user");

        await client.CoreV1.CreateNamespacedConfigMapAsync(Map("a", "1"), "default", cancellationToken: Ct);
        await UntilAsync(() => seen.Contains("default/a 1"));
        await client.CoreV1.PatchNamespacedConfigMapAsync(Patch("2"), "a", "default", cancellationToken: Ct);
        await UntilAsync(() => seen.Contains("default/a 2"));
        await client.CoreV1.DeleteNamespacedConfigMapAsync("a", "default", cancellationToken: Ct);
        await UntilAsync(() => seen.Contains("default/a gone"));
    }

    [Fact]
    public async Task What_was_there_before_is_seen_too()
    {
        await using var server = await KubernetesApiServer.StartAsync(cancellationToken: Ct);
        await server.CreateClient("user").CoreV1.CreateNamespacedConfigMapAsync(Map("a", "1"), "default", cancellationToken: Ct);

        await using var live = new Running(server.CreateClient("controller"), out var seen);

        await UntilAsync(() => seen.Contains("default/a 1"));
    }

    [Theory]
    [InlineData(HttpStatusCode.Gone, Expired)]
    [InlineData(HttpStatusCode.OK, """{"type":"ERROR","object":""" + Expired + "}\n")]
    public async Task A_version_that_is_gone_leads_to_a_new_list(HttpStatusCode code, string body)
    {
        await using var server = await KubernetesApiServer.StartAsync(cancellationToken: Ct);
        using var faulty = new FaultyWatch(server.CreateHandler("controller"));
        faulty.Answers.Enqueue((code, body));
        await using var live = new Running(faulty.CreateClient(), out var seen);

        await UntilAsync(() => faulty.Paths.Count >= 4);
        Assert.Equal(["list", "watch", "list", "watch"], faulty.Paths.Take(4));
        await server.CreateClient("user").CoreV1.CreateNamespacedConfigMapAsync(Map("a", "1"), "default", cancellationToken: Ct);
        await UntilAsync(() => seen.Contains("default/a 1"));
    }

    [Fact]
    public async Task A_watch_that_ends_goes_on_from_the_last_version_without_a_list()
    {
        await using var server = await KubernetesApiServer.StartAsync(cancellationToken: Ct);
        using var faulty = new FaultyWatch(server.CreateHandler("controller"));
        faulty.Answers.Enqueue((HttpStatusCode.OK, """{"type":"BOOKMARK","object":{"kind":"ConfigMap","apiVersion":"v1","metadata":{"resourceVersion":"1"}}}""" + "\n"));
        await using var live = new Running(faulty.CreateClient(), out var seen);

        await server.CreateClient("user").CoreV1.CreateNamespacedConfigMapAsync(Map("a", "1"), "default", cancellationToken: Ct);
        await UntilAsync(() => seen.Contains("default/a 1"));
        Assert.Equal(["list", "watch", "watch"], faulty.Paths.Take(3));
    }

    [Fact]
    public async Task A_connection_that_breaks_leads_to_a_new_list_and_missed_deletions_are_reported()
    {
        await using var server = await KubernetesApiServer.StartAsync(cancellationToken: Ct);
        var client = server.CreateClient("user");
        await client.CoreV1.CreateNamespacedConfigMapAsync(Map("a", "1"), "default", cancellationToken: Ct);
        using var faulty = new FaultyWatch(server.CreateHandler("controller"));
        faulty.Answers.Enqueue((HttpStatusCode.ServiceUnavailable, "the server is starting"));
        faulty.WhileFailing = async () =>
        {
            // The list is in the store; what happens now no watch will ever tell.
            await client.CoreV1.DeleteNamespacedConfigMapAsync("a", "default", cancellationToken: Ct);
        };

        await using var live = new Running(faulty.CreateClient(), out var seen);

        await UntilAsync(() => seen.Contains("default/a gone"));
    }

    private static V1ConfigMap Map(string name, string value) => new()
    {
        Metadata = new V1ObjectMeta { Name = name },
        Data = new Dictionary<string, string> { ["value"] = value },
    };

    private static V1Patch Patch(string value) => new($$$"""{"data":{"value":"{{{value}}}"}}""", V1Patch.PatchType.MergePatch);

    private static async Task UntilAsync(Func<bool> condition)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(20), "It did not happen within 20 seconds.");
            await Task.Delay(10, Ct);
        }
    }

    private sealed class Running : IAsyncDisposable
    {
        private readonly CancellationTokenSource stop = new();
        private readonly Task running;

        public Running(IKubernetes client, out ConcurrentBag<string> seen)
        {
            var all = seen = [];
            var set = new ControllerSet(client, TimeProvider.System, NullLoggerFactory.Instance);
            set.OnChange<V1ConfigMap>("maps", (key, map, _) =>
            {
                all.Add($"{key} {(map is null ? "gone" : map.Data?["value"])}");
                return Task.FromResult(ReconcileResult.Done);
            });
            running = Task.Run(() => set.RunAsync(stop.Token), Ct);
        }

        public async ValueTask DisposeAsync()
        {
            await stop.CancelAsync();
            await running.WaitAsync(TimeSpan.FromSeconds(10), Ct);
            stop.Dispose();
        }
    }
}
