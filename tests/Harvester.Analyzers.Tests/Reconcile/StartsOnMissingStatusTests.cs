using static Harvester.Analyzers.Tests.Reconcile.RestartSnippets;

namespace Harvester.Analyzers.Tests.Reconcile;

public class StartsOnMissingStatusTests
{
    // r1
    [Fact]
    public Task Early_return_is_the_same_test() => Verify("""
        if ({|HARV2001:u.Status is not null|}) return;
        await StartJob(u);
        """);

    [Fact]
    public Task Null_test_around_a_create() => Verify("""
        if ({|HARV2001:u.Status == null|})
        {
            await client.BatchV1.CreateNamespacedJobAsync(new V1Job(), u.Namespace());
        }
        """);

    [Fact]
    public Task Property_pattern() => Verify("if ({|HARV2001:u is { Status: null }|}) await StartJob(u);");

    [Fact]
    public Task Empty_braces_pattern() => Verify("""
        if ({|HARV2001:u.Status is not { } status|}) { await StartJob(u); return; }
        status.Phase = "Running";
        """);

    [Fact]
    public Task Flag_in_a_local() => Verify("""
        var isNew = u.Status is null;
        if ({|HARV2001:isNew|}) await StartJob(u);
        """);

    [Fact]
    public Task Helper_that_returns_the_test() => Verify(
        "if ({|HARV2001:IsNew(u)|}) await StartJob(u);",
        "private static bool IsNew(Widget w) => w.Status == null;");

    [Fact]
    public Task Another_service_is_told_to_start() => Verify("""
        if ({|HARV2001:u.Status == null|}) await provisioner.StartAsync(u.Spec.Image);
        """);

    [Fact]
    public Task Test_in_one_method_effect_two_calls_below() => Verify(
        "await Step(u);",
        """
        private async Task Step(Widget w) { if ({|HARV2001:w.Status is null|}) await Deeper(w); }
        private Task Deeper(Widget w) => StartJob(w);
        """);

    [Fact]
    public Task Effect_in_a_lambda_of_a_retry_helper() => Verify(
        "if ({|HARV2001:u.Status is null|}) await Retry(async () => await StartJob(u));",
        "private static async Task Retry(Func<Task> work) { try { await work(); } catch (HttpOperationException) { await work(); } }");

    [Fact]
    public Task Memory_is_no_guard() => Verify("""
        if (seen.ContainsKey(u.Name())) return;
        if ({|HARV2001:u.Status is null|}) await StartJob(u);
        """);

    [Fact]
    public Task Deletion_time_is_no_guard() => Verify("""
        if (u.Metadata.DeletionTimestamp is not null) return;
        if ({|HARV2001:u.Status is null|}) await StartJob(u);
        """);

    [Fact]
    public Task Label_is_accepted_by_default_and_not_in_strict_mode() => Task.WhenAll(
        Verify("""if (u.Status is null && u.GetLabel("started") is null) await StartJob(u);"""),
        Verify("""if ({|HARV2001-error:u.Status is null|} && u.GetLabel("started") is null) await StartJob(u);""", mode: "Strict"));

    [Fact]
    public Task Handler_registered_with_a_watch() => VerifySource("""
        public interface IWatches { void OnChange<T>(string name, Func<T, CancellationToken, Task> handler); }
        public class Setup(IWatches watches, IKubernetes client)
        {
            public void Start()
            {
                watches.OnChange<Widget>("widgets", Handle);
                watches.OnChange<Widget>("others", async (w, ct) =>
                {
                    if ({|HARV2001:w.Status == null|}) await client.CoreV1.DeleteNamespacedPodAsync("p", "ns");
                });
            }

            private async Task Handle(Widget w, CancellationToken ct)
            {
                if ({|HARV2001:w.Status == null|}) await client.CoreV1.CreateNamespacedConfigMapAsync(new V1ConfigMap(), "ns");
            }
        }
        """);

    [Fact]
    public Task Handler_handed_over_by_code_without_an_object() => VerifySource("""
        public interface IBuilder { void Add<T>(string name, Func<T, Task> work); }
        public class Setup(IBuilder builder, IKubernetes client)
        {
            public void Start() => builder.Add<Widget>("widgets", Process);

            private async Task Process(Widget w)
            {
                if ({|HARV2001:w.Status == null|}) await client.CoreV1.CreateNamespacedConfigMapAsync(new V1ConfigMap(), "ns");
            }
        }
        """);

    [Fact]
    public Task Loop_over_a_watch() => VerifySource("""
        public class Loop(GenericClient widgets, IKubernetes client)
        {
            public async Task RunAsync(CancellationToken ct)
            {
                await foreach (var (type, w) in widgets.WatchAsync<Widget>(cancel: ct))
                {
                    if ({|HARV2001:w.Status == null|}) await client.CoreV1.CreateNamespacedConfigMapAsync(new V1ConfigMap(), "ns");
                }
            }
        }
        """);

    [Fact]
    public Task Reconciler_by_key_reads_the_object_itself() => VerifySource("""
        public class WidgetController(GenericClient widgets, IKubernetes client)
        {
            public async Task ReconcileAsync(string ns, string name)
            {
                var w = await widgets.ReadNamespacedAsync<Widget>(ns, name);
                if ({|HARV2001:w.Status == null|}) await client.CoreV1.CreateNamespacedConfigMapAsync(new V1ConfigMap(), "ns");
            }
        }
        """);

    // r5
    [Fact]
    public Task Evidence_read_first() => Verify("""
        var job = await FindJob(u);
        if (u.Status is null && job is null) await StartJob(u);
        """);

    // r6
    [Fact]
    public Task Memory_only() => Verify("""u.Status ??= new() { Phase = "Pending" };""");

    [Fact]
    public Task Only_its_own_status_is_written() => Verify("""
        if (u.Status is null)
        {
            u.Status = new();
            await SaveStatus(u);
        }
        """);

    [Fact]
    public Task Work_runs_either_way() => Verify("""
        if (u.Status is null) { u.Status = new(); }
        await StartJob(u);
        """);

    [Fact]
    public Task Work_runs_only_with_a_status() => Verify("""
        if (u.Status is null) return;
        await StartJob(u);
        """);

    [Fact]
    public Task Child_found_by_an_earlier_return() => Verify("""
        if (await FindJob(u) is not null) return;
        if (u.Status is null) await StartJob(u);
        """);

    [Fact]
    public Task Not_found_says_there_is_no_child() => Verify("""
        if (u.Status is null)
        {
            try
            {
                await client.CoreV1.ReadNamespacedConfigMapAsync(u.Name(), u.Namespace());
            }
            catch (HttpOperationException)
            {
                await client.CoreV1.CreateNamespacedConfigMapAsync(new V1ConfigMap(), u.Namespace());
            }
        }
        """);

    [Fact]
    public Task Declared_guard() => Verify(
        "if (u.Status is null && !await StartedBefore(u)) await StartJob(u);",
        "[DurableGuard] private Task<bool> StartedBefore(Widget u) => Task.FromResult(seen.Count > 0);");

    [Fact]
    public Task Events_set_nothing_going() => Verify("""
        if (u.Status is null) await client.CoreV1.CreateNamespacedEventAsync(new Corev1Event(), u.Namespace());
        """);

    [Fact]
    public Task Outside_a_reconciler() => VerifySource("""
        public class Tool(IKubernetes client)
        {
            public async Task Print(Widget u)
            {
                if (u.Status is null) await client.CoreV1.DeleteNamespacedPodAsync("p", "ns");
            }
        }
        """);

    [Fact]
    public Task Ensure_looks_before_it_creates() => Verify(
        "if (u.Status is null) await Ensure(u);",
        "private async Task Ensure(Widget u) { if (await FindJob(u) == null) await StartJob(u); }");
}
