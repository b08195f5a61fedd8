using Harvester.Analyzers.Tests.Verification;
using Harvester.Analyzers.Writes;

namespace Harvester.Analyzers.Tests.Writes;

/// <summary>HARV1010.</summary>
public class WholeObjectCarriesStatusTests
{
    private static Task Verify(string body, string mode = "Default", params string[] others) => Snippets<WriteAnalyzer>.Verify(
        $$"""
        partial class C
        {
            {{body}}
        }
        """,
        mode,
        others);

    [Fact]
    public Task The_spec_of_what_was_read() => Verify("""
        async Task M(GenericClient c)
        {
            var w = await c.ReadNamespacedAsync<Widget>("ns", "n");
            w.Spec.Replicas = 3;
            await c.{|HARV1010:ReplaceNamespacedAsync|}(w, "ns", "n");
        }
        """);

    [Fact]
    public Task The_object_a_handler_was_given() => Verify("""
        async Task<Widget> OnChanged(IKubernetes c, string key, Widget w)
        {
            if (w is null) { return null; }
            w.Status.Phase = "Running";
            return await c.CustomObjects.{|HARV1001:ReplaceNamespacedCustomObjectAsync<Widget>|}(w, "example.io", "v1", "ns", "widgets", "n");
        }
        """.Replace("Async<Widget>|}", "Async|}<Widget>"));

    [Fact]
    public Task A_deep_copy_of_it() => Verify(
        """
        async Task OnChanged(IKubernetes c, Widget w)
        {
            var copy = w.DeepCopy();
            copy.Spec.Image = "x";
            await c.CustomObjects.{|HARV1010:ReplaceNamespacedCustomObjectAsync|}(copy, "example.io", "v1", "ns", "widgets", "n");
        }
        """,
        "Default",
        """
        static class Copies
        {
            public static T DeepCopy<T>(this T value) => KubernetesJson.Deserialize<T>(KubernetesJson.Serialize(value));
        }
        """);

    [Fact]
    public Task From_the_cache_of_an_informer() => Verify(
        """
        async Task M(GenericClient c, IObjectCache<Widget> cache)
        {
            var w = cache.Get("ns/n");
            if (w is null) { return; }
            w.Spec.Replicas++;
            await c.{|HARV1010:ReplaceNamespacedAsync|}(w, "ns", "n");
        }
        """,
        "Default",
        "interface IObjectCache<T> { T Get(string key); }");

    [Fact]
    public Task In_a_retry_lambda() => Verify("""
        async Task M(GenericClient c)
        {
            await Retry(async () =>
            {
                var w = await c.ReadNamespacedAsync<Widget>("ns", "n");
                w.Spec.Replicas = 3;
                return await c.{|HARV1010:ReplaceNamespacedAsync|}(w, "ns", "n");
            });
        }

        static async Task<T> Retry<T>(Func<Task<T>> action) { while (true) { try { return await action(); } catch (HttpOperationException) { /* the next attempt reads again */ } } }
        """);

    [Fact]
    public Task The_helper_stands_in_another_file() => Verify(
        """
        async Task M(GenericClient c)
        {
            var w = await Find(c);
            w.Spec.Replicas = 3;
            await c.{|HARV1010:ReplaceNamespacedAsync|}(w, "ns", "n");
        }
        """,
        "Default",
        """
        partial class C
        {
            static Task<Widget> Find(GenericClient c) => c.ReadNamespacedAsync<Widget>("ns", "n");
        }
        """);

    [Fact]
    public Task Found_in_a_list_by_a_switch_expression() => Verify("""
        async Task M(GenericClient c, IKubernetes k, bool first)
        {
            var all = await k.CoreV1.ListNodeAsync();
            var node = first switch { true => all.Items.First(), _ => all.Items[1] };
            node.Spec.Unschedulable = true;
            await k.CoreV1.{|HARV1010-info:ReplaceNodeAsync|}(node, node.Name());
        }
        """);

    [Fact]
    public Task After_a_catch_the_object_is_still_the_one_read() => Verify("""
        async Task M(GenericClient c, Action log)
        {
            Widget w = null;
            try { w = await c.ReadNamespacedAsync<Widget>("ns", "n"); w.Spec.Replicas = 1; log(); }
            catch (InvalidOperationException) { await c.{|HARV1010:ReplaceNamespacedAsync|}(w, "ns", "n"); }
        }
        """);

    [Fact]
    public Task A_generic_wrapper_is_judged_at_its_calls() => Verify("""
        async Task M(GenericClient c)
        {
            var w = await c.ReadNamespacedAsync<Widget>("ns", "n");
            w.Spec.Replicas = 3;
            await {|HARV1010:Save|}(c, w);
        }

        static Task Save<T>(GenericClient c, T x) where T : class, IKubernetesObject<V1ObjectMeta> => c.ReplaceNamespacedAsync(x, "ns", x.Name());
        """);

    [Fact]
    public Task So_is_a_wrapper_that_knows_the_kind() => Verify("""
        Task M(GenericClient c, Widget w) { w.Spec.Replicas = 3; return {|HARV1010:Save|}(c, w); }

        static Task Save(GenericClient c, Widget x) => c.ReplaceNamespacedAsync(x, "ns", x.Name());
        """);

    [Fact]
    public Task A_wrapper_that_changes_the_object_itself_is_judged_inside() => Verify("""
        Task M(GenericClient c, Widget w) => Save(c, w);

        static Task Save(GenericClient c, Widget x) { x.Spec.Image = "a"; return c.{|HARV1010:ReplaceNamespacedAsync|}(x, "ns", x.Name()); }
        """);

    [Fact]
    public Task And_not_again_in_the_loop_that_calls_it() => Verify("""
        async Task M(GenericClient c, List<Widget> all)
        {
            foreach (var w in all) { await Retried(c, w); }
        }

        static async Task Retried(GenericClient c, Widget x)
        {
            for (var i = 0; i < 3; i++) { x.Spec.Image = "a"; await c.{|HARV1010:ReplaceNamespacedAsync|}(x, "ns", x.Name()); }
        }
        """);

    [Fact]
    public Task So_is_one_of_several_that_a_base_class_calls() => Verify("""
        abstract class Steps { public Task Run(Widget w) => Step(w); protected abstract Task Step(Widget w); }

        class First(GenericClient c) : Steps { protected override Task Step(Widget w) => c.{|HARV1010:ReplaceNamespacedAsync|}(w, "ns", w.Name()); }

        class Second(GenericClient c) : Steps { protected override Task Step(Widget w) => c.{|HARV1010:ReplaceNamespacedAsync|}(w, "ns", "n"); }
        """);

    [Fact]
    public Task So_is_one_that_nobody_is_seen_to_call_and_that_does_more() => Verify("""
        public async Task Save(GenericClient c, Widget x)
        {
            Console.WriteLine(x.Name());
            await c.{|HARV1010:ReplaceNamespacedAsync|}(x, "ns", x.Name());
        }
        """);

    [Fact]
    public Task Not_one_that_does_nothing_else_or_that_a_request_calls() => Verify(
        """
        public Task Save(GenericClient c, Widget x) => c.ReplaceNamespacedAsync(x, "ns", x.Name());

        public async Task<Widget> Store(GenericClient c, Widget x)
        {
            return await c.ReplaceNamespacedAsync(x, "ns", x.Name()).ConfigureAwait(false);
        }

        [HttpPut("{name}")]
        public async Task<string> Put(GenericClient c, Widget x)
        {
            await c.ReplaceNamespacedAsync(x, "ns", x.Name());
            return "stored";
        }

        [HttpPost("{name}")]
        public async Task<string> Scale(GenericClient c, Widget x)
        {
            x.Spec.Replicas = 3;
            await c.{|HARV1010:ReplaceNamespacedAsync|}(x, "ns", x.Name());
            return "stored";
        }
        """,
        "Default",
        """
        class HttpPutAttribute(string template) : Attribute { public string Template => template; }

        class HttpPostAttribute(string template) : Attribute { public string Template => template; }
        """);

    [Fact]
    public Task A_reconciler_is_called_with_what_was_read() => Verify("""
        public Task ReconcileAsync(GenericClient c, Widget x) => c.{|HARV1010:ReplaceNamespacedAsync|}(x, "ns", x.Name());
        """);

    [Fact]
    public Task Through_two_of_them_and_an_interface() => Verify(
        """
        async Task M(IDeployments all, IKubernetes k)
        {
            var d = await k.AppsV1.ReadNamespacedDeploymentAsync("a", "ns");
            d.Spec.Replicas = 0;
            await all.{|HARV1010-info:Put|}(d);
        }
        """,
        "Default",
        """
        interface IDeployments { Task<V1Deployment> Put(V1Deployment d); }

        class Deployments(IKubernetes k) : IDeployments
        {
            public Task<V1Deployment> Put(V1Deployment d) => Guarded(() => Send(d));

            private Task<V1Deployment> Send(V1Deployment d) => k.AppsV1.ReplaceNamespacedDeploymentAsync(d, d.Name(), "ns");

            private static async Task<T> Guarded<T>(Func<Task<T>> work) => await work();
        }
        """);

    [Fact]
    public Task A_lambda_registered_as_handler() => Verify("""
        void Register(Action<string, Func<Widget, Task>> on, GenericClient c) =>
            on("widgets", async w => { w.Spec.Replicas = 3; await c.{|HARV1010:ReplaceNamespacedAsync|}(w, "ns", "n"); });
        """);

    [Fact]
    public Task W1_the_restore_idiom_still_sends_the_status_of_the_copy() => Verify("""
        async Task M(IKubernetes c, V1Deployment d, string ns)
        {
            d.Status.ObservedGeneration = d.Metadata.Generation;
            var wanted = d.Status;
            d = await c.AppsV1.{|HARV1010-info:ReplaceNamespacedDeploymentAsync|}(d, d.Name(), ns);
            d.Status = wanted;
            await c.AppsV1.ReplaceNamespacedDeploymentStatusAsync(d, d.Name(), ns);
        }
        """);

    [Fact]
    public Task W2_an_alias_through_a_shallow_copy() => Verify("""
        async Task M(IKubernetes c, V1Deployment d, string ns)
        {
            var copy = d with { };
            copy.Status.Replicas = 3;
            await c.AppsV1.{|HARV1001:ReplaceNamespacedDeploymentAsync|}(d, d.Name(), ns);
        }
        """);

    [Fact]
    public Task W3_a_fresh_body_with_the_version_carried_over() => Verify("""
        async Task M(IKubernetes c, V1Deployment live, string ns)
        {
            var body = new V1Deployment { Metadata = new() { Name = "a" }, Spec = live.Spec };
            if (live.Metadata.ResourceVersion is { } rv) body.Metadata.ResourceVersion = rv;
            await c.AppsV1.ReplaceNamespacedDeploymentAsync(body, "a", ns);
        }
        """);

    [Fact]
    public Task W4_other_subresources_take_a_whole_object() => Verify("""
        async Task M(IKubernetes c, V1Pod live, string ns)
        {
            await c.CoreV1.ReplaceNamespacedPodEphemeralcontainersAsync(new V1Pod(), "p", ns);
            await c.CoreV1.ReplaceNamespacedPodResizeAsync(live, "p", ns);
        }
        """);

    [Fact]
    public Task W5_the_word_is_not_the_field() => Verify("""
        async Task M(IKubernetes c, string ns)
        {
            var label = new V1Patch("{\"metadata\":{\"labels\":{\"status\":\"x\"}}}", V1Patch.PatchType.MergePatch);
            await c.CoreV1.PatchNamespacedPodAsync(label, "p", ns);
        }
        """);

    [Fact]
    public Task Not_for_what_this_method_created() => Verify("""
        async Task M(GenericClient c)
        {
            var w = await c.CreateNamespacedAsync(new Widget(), "ns");
            w.Spec.Replicas = 3;
            await c.ReplaceNamespacedAsync(w, "ns", "n");
        }
        """);

    [Fact]
    public Task Not_for_a_kind_without_status() => Verify("""
        async Task M(IKubernetes c, V1ConfigMap m)
        {
            m.Data["k"] = "v";
            await c.CoreV1.ReplaceNamespacedConfigMapAsync(m, "n", "ns");
        }
        """);

    [Fact]
    public Task Not_for_a_scale() => Verify("""
        async Task M(IKubernetes c)
        {
            var s = await c.AppsV1.ReadNamespacedDeploymentScaleAsync("n", "ns");
            s.Spec.Replicas = 3;
            await c.AppsV1.ReplaceNamespacedDeploymentScaleAsync(s, "n", "ns");
        }
        """);

    [Fact]
    public Task Not_for_a_put_of_the_status() => Verify("""
        async Task M(IKubernetes c, V1Deployment d)
        {
            d.Status.ObservedGeneration = 3;
            await c.AppsV1.ReplaceNamespacedDeploymentStatusAsync(d, "n", "ns");
        }
        """);

    [Fact]
    public Task Not_for_a_manifest_sent_to_create() => Verify("""
        async Task M(IKubernetes c, string yaml)
        {
            var d = KubernetesYaml.Deserialize<V1Deployment>(yaml);
            await c.AppsV1.CreateNamespacedDeploymentAsync(d, "ns");
            await c.AppsV1.ReplaceNamespacedDeploymentAsync(d, "n", "ns");
        }
        """);

    [Fact]
    public Task Not_inside_a_generic_method() => Verify("""
        Task Save<T>(GenericClient c, T x) where T : class, IKubernetesObject<V1ObjectMeta> => c.ReplaceNamespacedAsync(x, "ns", x.Name());
        """);

    [Fact]
    public Task Not_for_an_unknown_source() => Verify("""
        async Task M(GenericClient c, Func<Widget> build) => await c.ReplaceNamespacedAsync(build(), "ns", "n");
        """);

    [Fact]
    public Task Not_when_the_rules_are_off() => Verify(
        """
        Task M(GenericClient c, Widget w) => c.ReplaceNamespacedAsync(w, "ns", "n");
        """,
        "None");

    [Fact]
    public Task A_lambda_inside_a_try_has_blocks_of_its_own() => Verify("""
        async Task M(GenericClient c, IKubernetes k)
        {
            try
            {
                try
                {
                    await Run(async () =>
                    {
                        var w = await c.ReadNamespacedAsync<Widget>("ns", "n");
                        await Run(() => c.{|HARV1010:ReplaceNamespacedAsync|}(w, "ns", "n"));
                    });
                }
                catch (HttpOperationException) { if (k is null) { throw; } }
            }
            finally { k.Dispose(); }
        }

        static Task Run(Func<Task> action) => action();
        """);

    [Fact]
    public Task A_parameter_that_is_created_or_replaced_was_not_read() => Verify("""
        async Task Apply(GenericClient c, Widget wanted)
        {
            try { await c.CreateNamespacedAsync(wanted, "ns"); }
            catch (HttpOperationException e) when (e.Response.StatusCode == HttpStatusCode.Conflict)
            {
                var live = await c.ReadNamespacedAsync<Widget>("ns", wanted.Name());
                wanted.Metadata.ResourceVersion = live.Metadata.ResourceVersion;
                await c.{|HARV1011:ReplaceNamespacedAsync|}(wanted, "ns", wanted.Name());
            }
        }
        """);
}
