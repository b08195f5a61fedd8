using Harvester.Analyzers.Tests.Verification;
using Harvester.Analyzers.Writes;

namespace Harvester.Analyzers.Tests.Writes;

/// <summary>HARV1002.</summary>
public class WholeObjectForMetadataTests
{
    private static Task Verify(string body, string mode = "Default") => Snippets<WriteAnalyzer>.Verify(
        $$"""
        class C
        {
            {{body}}
        }
        """,
        mode);

    [Fact]
    public Task A_label_set_on_what_was_read() => Verify("""
        async Task M(GenericClient c)
        {
            var w = await c.ReadNamespacedAsync<Widget>("ns", "n");
            w.SetLabel("read-message", "true");
            await c.{|HARV1002:ReplaceNamespacedAsync|}(w, "ns", "n");
        }
        """);

    [Fact]
    public Task An_annotation_through_the_map() => Verify("""
        async Task M(IKubernetes c, Widget w)
        {
            w.Metadata.Annotations ??= new Dictionary<string, string>();
            w.Metadata.Annotations["a"] = "b";
            await c.CustomObjects.{|HARV1002:ReplaceNamespacedCustomObjectAsync|}(w, "example.io", "v1", "ns", "widgets", "n");
        }
        """);

    [Fact]
    public Task An_alias_of_the_map_in_a_local() => Verify("""
        async Task M(GenericClient c, Widget w)
        {
            var labels = w.EnsureMetadata().Labels;
            labels.Remove("x");
            await c.{|HARV1002:ReplaceNamespacedAsync|}(w, "ns", "n");
        }
        """);

    [Fact]
    public Task A_finalizer_removed_by_a_helper() => Verify("""
        async Task M(GenericClient c, Widget w)
        {
            Release(w.Metadata);
            await c.{|HARV1002:ReplaceNamespacedAsync|}(w, "ns", "n");
        }

        static void Release(V1ObjectMeta meta) => meta.Finalizers.Remove("example.io/f");
        """);

    [Fact]
    public Task A_label_on_an_item_of_a_list() => Verify("""
        async Task M(IKubernetes c)
        {
            foreach (var pod in (await c.CoreV1.ListNamespacedPodAsync("ns")).Items.Where(p => p.Spec is not null))
            {
                pod.Metadata.Labels["seen"] = "true";
                await c.CoreV1.{|HARV1002-info:ReplaceNamespacedPodAsync|}(pod, pod.Name(), "ns");
            }
        }
        """);

    [Fact]
    public Task The_object_a_reconciler_was_called_for() => Verify("""
        async Task ReconcileAsync(IKubernetes c, V1Deployment d)
        {
            d.SetAnnotation("a", "b");
            await c.AppsV1.{|HARV1002:ReplaceNamespacedDeploymentAsync|}(d, d.Name(), d.Namespace());
        }
        """);

    [Fact]
    public Task Through_a_generic_wrapper() => Verify("""
        async Task M(GenericClient c)
        {
            var w = await c.ReadNamespacedAsync<Widget>("ns", "n");
            w.SetLabel("a", "b");
            await {|HARV1002:Save|}(c, w);
        }

        static Task Save<T>(GenericClient c, T x) where T : class, IKubernetesObject<V1ObjectMeta> => c.ReplaceNamespacedAsync(x, "ns", x.Name());
        """);

    [Fact]
    public Task The_blocking_twin_and_the_http_core() => Verify("""
        void M(IKubernetes c)
        {
            var n = c.CoreV1.ReadNode("n");
            n.SetLabel("a", "b");
            c.CoreV1.{|HARV1002-info:ReplaceNode|}(n, "n");
        }

        async Task N(IKubernetes c)
        {
            var n = (await c.CoreV1.ReadNodeWithHttpMessagesAsync("n")).Body;
            n.SetLabel("a", "b");
            using var _ = await c.CoreV1.{|HARV1002-info:ReplaceNodeWithHttpMessagesAsync|}(n, "n");
        }
        """);

    [Fact]
    public Task Recommended_makes_a_note_a_warning() => Verify(
        """
        async Task M(IKubernetes c)
        {
            var n = await c.CoreV1.ReadNodeAsync("n");
            n.SetLabel("a", "b");
            await c.CoreV1.{|HARV1002-warning:ReplaceNodeAsync|}(n, "n");
        }
        """,
        "Recommended");

    [Fact]
    public Task Not_when_the_spec_may_have_changed() => Verify("""
        async Task M(GenericClient c, Widget w, bool scale)
        {
            w.SetLabel("a", "b");
            if (scale) { w.Spec.Replicas = 3; }
            await c.{|HARV1010:ReplaceNamespacedAsync|}(w, "ns", "n");
        }
        """);

    [Fact]
    public Task Not_when_a_helper_changes_the_spec() => Verify("""
        async Task M(GenericClient c, Widget w)
        {
            w.SetLabel("a", "b");
            Scale(w.Spec);
            await c.{|HARV1010:ReplaceNamespacedAsync|}(w, "ns", "n");
        }

        static void Scale(WidgetSpec spec) { spec.Replicas = 3; }
        """);

    [Fact]
    public Task Not_when_the_data_changed() => Verify("""
        async Task M(IKubernetes c)
        {
            var m = await c.CoreV1.ReadNamespacedConfigMapAsync("n", "ns");
            m.SetLabel("a", "b");
            m.Data["k"] = "v";
            await c.CoreV1.ReplaceNamespacedConfigMapAsync(m, "n", "ns");
        }
        """);

    [Fact]
    public Task Not_for_an_object_built_here() => Verify("""
        async Task M(IKubernetes c)
        {
            var m = new V1ConfigMap { Metadata = new V1ObjectMeta { Name = "n" } };
            m.SetLabel("a", "b");
            await c.CoreV1.{|HARV1003:ReplaceNamespacedConfigMapAsync|}(m, "n", "ns");
        }
        """);

    [Fact]
    public Task Not_when_the_object_was_handed_to_unknown_code() => Verify("""
        async Task M(IKubernetes c, Action<V1ConfigMap> change)
        {
            var m = await c.CoreV1.ReadNamespacedConfigMapAsync("n", "ns");
            m.SetLabel("a", "b");
            change(m);
            await c.CoreV1.ReplaceNamespacedConfigMapAsync(m, "n", "ns");
        }
        """);

    [Fact]
    public Task Not_for_a_patch() => Verify("""
        async Task M(GenericClient c, Widget w)
        {
            w.SetLabel("a", "b");
            await c.PatchNamespacedAsync<Widget>(new V1Patch(new { metadata = new { labels = w.Metadata.Labels } }, V1Patch.PatchType.MergePatch), "ns", "n");
        }
        """);

    [Fact]
    public Task Not_for_other_subresources() => Verify("""
        async Task M(IKubernetes c)
        {
            var p = await c.CoreV1.ReadNamespacedPodAsync("p", "ns");
            p.SetLabel("a", "b");
            await c.CoreV1.ReplaceNamespacedPodEphemeralcontainersAsync(p, "p", "ns");
            await c.CoreV1.ReplaceNamespacedPodEphemeralcontainersAsync(new V1Pod(), "p", "ns");
        }
        """);

    [Fact]
    public Task Not_in_a_local_function_that_nobody_calls() => Verify("""
        Task M(GenericClient c, Widget w)
        {
            w.SetLabel("a", "b");
            return Task.CompletedTask;
            Task Save() => c.ReplaceNamespacedAsync(w, "ns", "n");
        }
        """);

    [Fact]
    public Task Not_in_an_expression_that_only_describes_the_call() => Verify("""
        void Setup(System.Linq.Expressions.Expression<Func<GenericClient, Task>> call) { }

        void M(Widget w)
        {
            w.SetLabel("a", "b");
            Setup(c => c.ReplaceNamespacedAsync(w, "ns", "n", default));
        }
        """);

    [Fact]
    public Task A_shallow_copy_shares_its_metadata() => Verify("""
        async Task M(IKubernetes c)
        {
            var node = await c.CoreV1.ReadNodeAsync("n");
            var copy = node with { };
            copy.Metadata.Labels["a"] = "b";
            await c.CoreV1.{|HARV1002-info:ReplaceNodeAsync|}(node, "n");
        }
        """);

    [Fact]
    public Task What_a_marked_reconciler_was_called_for_belongs_to_its_user() => Verify("""
        class ReconcilerAttribute : Attribute;

        [Reconciler]
        async Task Sync(IKubernetes c, V1Deployment d) { d.SetLabel("a", "b"); await c.AppsV1.{|HARV1002-warning:ReplaceNamespacedDeploymentAsync|}(d, "n", "ns"); }

        async Task Other(IKubernetes c, V1Deployment d) { d.SetLabel("a", "b"); await c.AppsV1.{|HARV1002-info:ReplaceNamespacedDeploymentAsync|}(d, "n", "ns"); }
        """);
}
