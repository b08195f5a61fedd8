using Harvester.ControllerRuntime;
using Harvester.Testing.ApiServer;
using Harvester.Testing.Simulation;
using k8s;
using k8s.Autorest;
using k8s.Models;
using Microsoft.Extensions.Logging;
using Sim = Harvester.Testing.Simulation.Simulation;

namespace Harvester.Testing.Tests;

public sealed class SimulationTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task The_same_seed_gives_the_same_requests()
    {
        var first = await RunWidgetsAsync(seed: 7);
        var second = await RunWidgetsAsync(seed: 7);

        Assert.NotEmpty(first.Requests);
        Assert.Equal(first.Requests, second.Requests);
        Assert.Equal(first.Decisions, second.Decisions);
    }

    [Fact]
    public async Task Another_seed_gives_another_order_and_the_same_end()
    {
        var runs = new List<Outcome>();
        for (var seed = 1; seed <= 8; seed++)
        {
            runs.Add(await RunWidgetsAsync(seed));
        }

        Assert.Single(runs.Select(run => run.End).Distinct());
        Assert.True(runs.Select(run => string.Join("\n", run.Decisions)).Distinct().Count() > 1);
    }

    [Fact]
    public async Task A_handler_that_waits_for_the_clock_is_parked_and_others_go_on()
    {
        await using var server = await StartAsync(out var clock);
        await using var simulation = new Sim(server, clock, 1);
        var order = new List<string>();
        var start = clock.GetUtcNow();
        await CreateWidgetAsync(server, "quick");
        await CreateWidgetAsync(server, "slow");
        simulation.Start("c", set => set.OnChange<Widget>("widget", async (key, _, ct) =>
        {
            if (key.Name == "slow")
            {
                await Task.Delay(TimeSpan.FromSeconds(30), set.Time, ct);
            }

            order.Add($"{key.Name} at {(clock.GetUtcNow() - start).TotalSeconds}");
            return ReconcileResult.Done;
        }));

        await simulation.RunForAsync(Minute, TestContext.Current.CancellationToken);

        Assert.Equal(["quick at 0", "slow at 30"], order);
        Assert.Equal(start + Minute, clock.GetUtcNow());
    }

    [Fact]
    public async Task A_failing_handler_is_tried_again_with_growing_pauses()
    {
        await using var server = await StartAsync(out var clock);
        await using var simulation = new Sim(server, clock, 1);
        var start = clock.GetUtcNow();
        var times = new List<double>();
        await CreateWidgetAsync(server, "w");
        simulation.Start("c", set => set.OnChange<Widget>("widget", (_, _, _) =>
        {
            times.Add((clock.GetUtcNow() - start).TotalMilliseconds);
            return times.Count < 5 ? throw new InvalidOperationException("not yet") : Task.FromResult(ReconcileResult.Done);
        }));

        await simulation.RunForAsync(Minute, TestContext.Current.CancellationToken);

        Assert.Equal([0, 5, 15, 35, 75], times);
    }

    [Fact]
    public async Task A_conflict_is_tried_again_in_silence_and_another_failure_is_logged()
    {
        await using var server = await StartAsync(out var clock);
        await using var simulation = new Sim(server, clock, 1);
        var widget = await CreateWidgetAsync(server, "w");
        var loggers = new Lines();
        var attempts = 0;
        simulation.Start(
            "c",
            set => set.OnChange<Widget>("widget", async (key, current, ct) =>
            {
                attempts++;
                if (attempts == 1)
                {
                    var stale = new Widget { Metadata = new V1ObjectMeta { Name = "w", NamespaceProperty = "default", ResourceVersion = "1" } };
                    await ReplaceAsync(set.Client, stale, ct);
                }

                return attempts == 2 ? throw new InvalidOperationException("no luck") : ReconcileResult.Done;
            }),
            loggers: loggers);

        await simulation.RunForAsync(Minute, TestContext.Current.CancellationToken);

        Assert.Equal(3, attempts);
        Assert.Equal(["Error error syncing 'default/w': handler widget: no luck, requeuing"], loggers.Seen);
        Assert.Equal(widget.Metadata.Uid, server.History("widgets", "default", "w")[^1].Object.At("metadata", "uid")?.AsString);
    }

    [Fact]
    public async Task A_changed_object_wakes_the_handlers_of_what_it_pointed_to_and_points_to()
    {
        await using var server = await StartAsync(out var clock);
        await using var simulation = new Sim(server, clock, 1);
        var ct = TestContext.Current.CancellationToken;
        var woken = new List<string>();
        var client = server.CreateClient("user");
        await client.CoreV1.CreateNamespacedConfigMapAsync(
            new V1ConfigMap { Metadata = new V1ObjectMeta { Name = "pointer" }, Data = new Dictionary<string, string> { ["to"] = "a" } }, "default", cancellationToken: ct);
        simulation.Start("c", set =>
        {
            set.OnChange<Widget>("widget", (key, _, _) =>
            {
                woken.Add(key.Name);
                return Task.FromResult(ReconcileResult.Done);
            });
            set.Watch<V1ConfigMap>("widget", map => map.Data?.TryGetValue("to", out var to) == true ? [new ObjectKey("default", to)] : []);
        });
        await simulation.RunForAsync(Second, ct);
        Assert.Equal(["a"], woken);
        woken.Clear();

        await client.CoreV1.PatchNamespacedConfigMapAsync(
            new V1Patch("""{"data":{"to":"b"}}""", V1Patch.PatchType.MergePatch), "pointer", "default", cancellationToken: ct);
        await simulation.RunForAsync(Second, ct);

        Assert.Equal(["a", "b"], woken.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_requeue_comes_after_its_delay()
    {
        await using var server = await StartAsync(out var clock);
        await using var simulation = new Sim(server, clock, 1);
        var count = 0;
        await CreateWidgetAsync(server, "w");
        simulation.Start("c", set => set.OnChange<Widget>("widget", (_, _, _) =>
        {
            count++;
            return Task.FromResult(ReconcileResult.RequeueAfter(TimeSpan.FromSeconds(10)));
        }));

        await simulation.RunForAsync(TimeSpan.FromSeconds(35), TestContext.Current.CancellationToken);

        Assert.Equal(4, count);
    }

    [Fact]
    public async Task A_stopped_instance_reaches_nothing_and_a_new_one_starts_from_a_list()
    {
        await using var server = await StartAsync(out var clock);
        await using var simulation = new Sim(server, clock, 1);
        await CreateWidgetAsync(server, "w");
        void Register(ControllerSet set) => set.OnChange<Widget>("widget", async (key, widget, ct) =>
        {
            try
            {
                await Task.Delay(TimeSpan.FromSeconds(30), set.Time, ct);
            }
            finally
            {
                if (widget?.Status is null)
                {
                    await set.Client.CoreV1.CreateNamespacedConfigMapAsync(
                        new V1ConfigMap { Metadata = new V1ObjectMeta { Name = key.Name } }, key.Namespace, cancellationToken: CancellationToken.None);
                }
            }

            return ReconcileResult.Done;
        });
        var first = simulation.Start("first", Register);
        await simulation.RunForAsync(Second, TestContext.Current.CancellationToken);

        simulation.Stop(first);
        Assert.False(first.Running);
        Assert.True(SpinWait.SpinUntil(() => first.RefusedRequests == 1, TimeSpan.FromSeconds(20)));
        Assert.Empty(server.History("configmaps", "default", "w"));
        await simulation.RunForAsync(Minute, TestContext.Current.CancellationToken);
        Assert.Empty(server.History("configmaps", "default", "w"));

        simulation.Start("second", Register);
        await simulation.RunForAsync(Minute, TestContext.Current.CancellationToken);
        var made = Assert.Single(server.History("configmaps", "default", "w"));
        Assert.Equal("second", made.User);
    }

    [Fact]
    public async Task A_wait_for_nothing_known_is_reported()
    {
        await using var server = await StartAsync(out var clock);
        await using var simulation = new Sim(server, clock, 1) { Watchdog = TimeSpan.FromMilliseconds(100) };
        await CreateWidgetAsync(server, "w");
        var never = new TaskCompletionSource<ReconcileResult>();
        simulation.Start("c", set => set.OnChange<Widget>("widget", (_, _, _) => never.Task));

        var error = await Assert.ThrowsAsync<InvalidOperationException>(
            () => simulation.RunForAsync(Minute, TestContext.Current.CancellationToken));
        Assert.Contains("Uncontrolled wait: widget default/w of c", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Limits_are_kept_and_say_what_went_on()
    {
        await using var server = await StartAsync(out var clock);
        await using var simulation = new Sim(server, clock, 1);
        await CreateWidgetAsync(server, "w");
        simulation.Start("c", set => set.OnChange<Widget>("widget", async (key, widget, ct) =>
        {
            // Writes for ever: each write is an event, each event a write.
            widget!.Status = new WidgetStatus { Made = (widget.Status?.Made ?? 0) + 1 };
            await Task.Delay(Second, set.Time, ct);
            await ReplaceAsync(set.Client, widget, ct);
            return ReconcileResult.Done;
        }));

        var quiet = await Assert.ThrowsAsync<TimeoutException>(
            () => simulation.RunUntilQuietAsync(TimeSpan.FromSeconds(4), Minute, TestContext.Current.CancellationToken));
        Assert.Contains("c runs widget", quiet.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<TimeoutException>(
            () => simulation.RunUntilAsync(() => false, Minute, TestContext.Current.CancellationToken));
        await simulation.RunUntilAsync(() => server.History("widgets", "default", "w").Count > 150, TimeSpan.FromHours(1), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Orphans_are_collected_as_an_action()
    {
        await using var server = await StartAsync(out var clock);
        await using var simulation = new Sim(server, clock, 1);
        var ct = TestContext.Current.CancellationToken;
        var owner = await CreateWidgetAsync(server, "w");
        var client = server.CreateClient("user");
        await client.CoreV1.CreateNamespacedConfigMapAsync(
            new V1ConfigMap
            {
                Metadata = new V1ObjectMeta
                {
                    Name = "child",
                    OwnerReferences = [new V1OwnerReference { ApiVersion = owner.ApiVersion, Kind = owner.Kind, Name = "w", Uid = owner.Metadata.Uid }],
                },
            },
            "default",
            cancellationToken: ct);
        await simulation.RunUntilQuietAsync(Second, Minute, ct);
        Assert.Single(server.History("configmaps", "default", "child"));

        await client.CustomObjects.DeleteNamespacedCustomObjectAsync("example.com", "v1", "default", "widgets", "w", cancellationToken: ct);
        Assert.Single(server.History("configmaps", "default", "child"));
        await simulation.RunUntilQuietAsync(Second, Minute, ct);
        Assert.Equal(ChangeType.Deleted, server.History("configmaps", "default", "child")[^1].Type);
    }

    private static async Task<Outcome> RunWidgetsAsync(int seed)
    {
        var ct = TestContext.Current.CancellationToken;
        await using var server = await StartAsync(out var clock);
        await using var simulation = new Sim(server, clock, seed);
        simulation.Start("c", RegisterWidgets);
        for (var number = 0; number < 4; number++)
        {
            await CreateWidgetAsync(server, $"w{number}", size: number);
        }

        await simulation.RunUntilQuietAsync(TimeSpan.FromSeconds(4), Minute, ct);
        var widgets = await server.CreateClient("test").CustomObjects.ListCustomObjectForAllNamespacesAsync<WidgetList>("example.com", "v1", "widgets", cancellationToken: ct);
        var end = string.Join("; ", widgets.Items.Select(widget => $"{widget.Metadata.Name} {widget.Status?.Phase} {widget.Status?.Made}"));
        return new Outcome(
            server.Requests.Select(request => $"{request.Time:O} {request.User} {request.Verb} {request.Path} {request.StatusCode} {request.ResourceVersionAfter}").ToList(),
            simulation.Decisions.Select(decision => decision.ToString()).ToList(),
            end);
    }

    /// <summary>Makes as many config maps as a widget is large, one a pass, and counts them; a second handler labels them.</summary>
    private static void RegisterWidgets(ControllerSet set)
    {
        var statuses = new StatusWriter(set.Client);
        set.OnChange<Widget>("widget", async (key, widget, ct) =>
        {
            if (widget is null)
            {
                return ReconcileResult.Done;
            }

            var made = set.Cache<V1ConfigMap>().List("default", map => map.Metadata.Name.StartsWith(key.Name + "-", StringComparison.Ordinal)).Count;
            if (made < widget.Spec.Size)
            {
                try
                {
                    await set.Client.CoreV1.CreateNamespacedConfigMapAsync(
                        new V1ConfigMap { Metadata = new V1ObjectMeta { Name = $"{key.Name}-{made}" } }, "default", cancellationToken: ct);
                }
                catch (HttpOperationException exists) when (exists.Response.StatusCode == System.Net.HttpStatusCode.Conflict)
                {
                    return ReconcileResult.RequeueAfter(TimeSpan.FromMilliseconds(10));
                }
            }

            var desired = new Widget { Metadata = widget.Metadata, Status = new WidgetStatus { Phase = made < widget.Spec.Size ? "Making" : "Done", Made = made } };
            await statuses.WriteAsync(desired, widget, ct);
            return ReconcileResult.Done;
        });
        set.Watch<V1ConfigMap>("widget", map => map.Metadata.Name.Split('-') is [var owner, _] ? [new ObjectKey("default", owner)] : []);
        set.OnChange<V1ConfigMap>("label", async (key, map, ct) =>
        {
            if (map is { Metadata.Labels: null } && key.Name.StartsWith('w'))
            {
                await set.Client.CoreV1.PatchNamespacedConfigMapAsync(
                    new V1Patch("""{"metadata":{"labels":{"seen":"yes"}}}""", V1Patch.PatchType.MergePatch), key.Name, key.Namespace, cancellationToken: ct);
            }

            return ReconcileResult.Done;
        });
    }

    private static Task<KubernetesApiServer> StartAsync(out VirtualClock clock)
    {
        var time = clock = new VirtualClock();
        return KubernetesApiServer.StartAsync(
            options =>
            {
                options.Seed = 1;
                options.TimeProvider = time;
                options.CollectGarbage = false;
                options.AddCustomResourceDefinition(Widget.Definition);
            },
            TestContext.Current.CancellationToken);
    }

    private static Task<Widget> CreateWidgetAsync(KubernetesApiServer server, string name, int size = 0) =>
        server.CreateClient("user").CustomObjects.CreateNamespacedCustomObjectAsync<Widget>(
            new Widget { Metadata = new V1ObjectMeta { Name = name, NamespaceProperty = "default" }, Spec = new WidgetSpec { Size = size } },
            "example.com",
            "v1",
            "default",
            "widgets",
            cancellationToken: TestContext.Current.CancellationToken);

    private static Task ReplaceAsync(IKubernetes client, Widget widget, CancellationToken ct) =>
        client.CustomObjects.ReplaceNamespacedCustomObjectAsync<Widget>(
            widget, "example.com", "v1", widget.Metadata.NamespaceProperty, "widgets", widget.Metadata.Name, cancellationToken: ct);

    private sealed class Lines : ILoggerFactory, ILogger
    {
        public List<string> Seen { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                Seen.Add($"{logLevel} {formatter(state, exception)}");
            }
        }

        public void Dispose()
        {
        }
    }

    private sealed record Outcome(IReadOnlyList<string> Requests, IReadOnlyList<string> Decisions, string End);

    private sealed class WidgetList : IKubernetesObject<V1ListMeta>
    {
        public string ApiVersion { get; set; } = string.Empty;

        public string Kind { get; set; } = string.Empty;

        public V1ListMeta Metadata { get; set; } = new();

        public IList<Widget> Items { get; set; } = [];
    }
}
