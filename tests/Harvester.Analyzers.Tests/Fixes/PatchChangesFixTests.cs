using Harvester.Analyzers.CodeFixes;
using Harvester.Analyzers.Tests.Verification;
using Harvester.Analyzers.Writes;

namespace Harvester.Analyzers.Tests.Fixes;

/// <summary>The merge patch of HARV1002, HARV1004 and HARV1010.</summary>
public class PatchChangesFixTests
{
    private static Task Verify(string before, string? after) =>
        Verification.Fixes<WriteAnalyzer, PatchChangesFix>.Verify(In(before), after is null ? null : In(after));

    private static string In(string body) => $$"""
        class C
        {
        {{body}}
        }
        """;

    [Fact]
    public Task A_label_by_the_generic_client() => Verify(
        """
            async Task M(GenericClient c)
            {
                var w = await c.ReadNamespacedAsync<Widget>("ns", "n");
                w.SetLabel("read-message", "true");
                await c.{|HARV1002:ReplaceNamespacedAsync|}(w, "ns", w.Name());
            }
        """,
        """
            async Task M(GenericClient c)
            {
                var w = await c.ReadNamespacedAsync<Widget>("ns", "n");
                w.SetLabel("read-message", "true");
                await c.PatchNamespacedAsync<Widget>(new V1Patch(new { metadata = new { labels = new Dictionary<string, string> { ["read-message"] = "true" } } }, V1Patch.PatchType.MergePatch), "ns", w.Name());
            }
        """);

    [Fact]
    public Task Labels_and_annotations_by_the_typed_client() => Verify(
        """
            async Task M(IKubernetes c, string key, CancellationToken ct)
            {
                var d = await c.AppsV1.ReadNamespacedDeploymentAsync("n", "ns");
                d.Metadata.Annotations ??= new Dictionary<string, string>();
                d.Metadata.Annotations[key] = "b";
                d.Metadata.Labels.Remove("old"); // no longer used
                d = await c.AppsV1.{|HARV1002-info:ReplaceNamespacedDeploymentAsync|}(d, "n", "ns", cancellationToken: ct);
            }
        """,
        """
            async Task M(IKubernetes c, string key, CancellationToken ct)
            {
                var d = await c.AppsV1.ReadNamespacedDeploymentAsync("n", "ns");
                d.Metadata.Annotations ??= new Dictionary<string, string>();
                d.Metadata.Annotations[key] = "b";
                d.Metadata.Labels.Remove("old"); // no longer used
                d = await c.AppsV1.PatchNamespacedDeploymentAsync(new V1Patch(new { metadata = new { labels = new Dictionary<string, string> { ["old"] = null }, annotations = new Dictionary<string, string> { [key] = "b" } } }, V1Patch.PatchType.MergePatch), "n", "ns", cancellationToken: ct);
            }
        """);

    [Fact]
    public Task A_value_that_cannot_be_said_twice_is_read_back() => Verify(
        """
            async Task M(GenericClient c, Widget w)
            {
                w.SetLabel("a", Guid.NewGuid().ToString());
                w.Metadata.Annotations["at"] = DateTime.UtcNow.ToString("o");
                await c.{|HARV1002:ReplaceNamespacedAsync|}(w, "ns", "n");
            }
        """,
        """
            async Task M(GenericClient c, Widget w)
            {
                w.SetLabel("a", Guid.NewGuid().ToString());
                w.Metadata.Annotations["at"] = DateTime.UtcNow.ToString("o");
                await c.PatchNamespacedAsync<Widget>(new V1Patch(new { metadata = new { labels = new Dictionary<string, string> { ["a"] = w.GetLabel("a") }, annotations = new Dictionary<string, string> { ["at"] = w.Metadata.Annotations["at"] } } }, V1Patch.PatchType.MergePatch), "ns", "n");
            }
        """);

    [Fact]
    public Task Custom_objects() => Verify(
        """
            async Task M(IKubernetes c, Widget w)
            {
                w.SetAnnotation("a", "b");
                await c.CustomObjects.{|HARV1002:ReplaceNamespacedCustomObjectAsync|}(w, "example.io", "v1", "ns", "widgets", "n");
            }
        """,
        """
            async Task M(IKubernetes c, Widget w)
            {
                w.SetAnnotation("a", "b");
                await c.CustomObjects.PatchNamespacedCustomObjectAsync(new V1Patch(new { metadata = new { annotations = new Dictionary<string, string> { ["a"] = "b" } } }, V1Patch.PatchType.MergePatch), "example.io", "v1", "ns", "widgets", "n");
            }
        """);

    [Theory]
    [InlineData("""if (DateTime.Now.Hour == 1) { w.SetLabel("a", "b"); }""")]
    [InlineData("""w.SetLabel(Guid.NewGuid().ToString(), "b");""")]
    [InlineData("""w.Metadata.Finalizers.Remove("f");""")]
    [InlineData("""w.SetLabel("a", "b"); w.Metadata.Finalizers.Add("f");""")]
    public Task Not_offered_where_the_change_is_not_plain(string change) => Verify(
        $$"""
            async Task M(GenericClient c, Widget w)
            {
                {{change}}
                await c.{|HARV1002:ReplaceNamespacedAsync|}(w, "ns", "n");
            }
        """,
        null);

    [Fact]
    public Task A_changed_spec() => Verify(
        """
            async Task M(GenericClient c, string image)
            {
                var w = await c.ReadNamespacedAsync<Widget>("ns", "n");
                if (w.Spec.Replicas == 3) { return; }
                // scale up
                w.Spec.Replicas = 3; // three
                w.Spec.Image = image;
                w.Metadata.Labels["scaled"] = "true";
                await c.{|HARV1010:ReplaceNamespacedAsync|}(w, "ns", "n"); // now
            }
        """,
        """
            async Task M(GenericClient c, string image)
            {
                var w = await c.ReadNamespacedAsync<Widget>("ns", "n");
                if (w.Spec.Replicas == 3) { return; }
                // scale up
                w.Spec.Replicas = 3; // three
                w.Spec.Image = image;
                w.Metadata.Labels["scaled"] = "true";
                await c.PatchNamespacedAsync<Widget>(new V1Patch(new { metadata = new { labels = new Dictionary<string, string> { ["scaled"] = "true" } }, spec = new Dictionary<string, object> { ["replicas"] = 3, ["image"] = image } }, V1Patch.PatchType.MergePatch), "ns", "n"); // now
            }
        """);

    [Fact]
    public Task A_deep_member_of_a_built_in_kind() => Verify(
        """
            void M(IKubernetes c, int seconds)
            {
                var d = c.AppsV1.ReadNamespacedDeployment("n", "ns");
                d.Spec.Template.Spec.TerminationGracePeriodSeconds = seconds;
                d.Spec.Paused = true;
                c.AppsV1.{|HARV1010-info:ReplaceNamespacedDeployment|}(d, "n", "ns", fieldManager: "me");
            }
        """,
        """
            void M(IKubernetes c, int seconds)
            {
                var d = c.AppsV1.ReadNamespacedDeployment("n", "ns");
                d.Spec.Template.Spec.TerminationGracePeriodSeconds = seconds;
                d.Spec.Paused = true;
                c.AppsV1.PatchNamespacedDeployment(new V1Patch(new { spec = new { template = new { spec = new { terminationGracePeriodSeconds = seconds } }, paused = true } }, V1Patch.PatchType.MergePatch), "n", "ns", fieldManager: "me");
            }
        """);

    [Fact]
    public Task By_the_client_sets() => Verify(
        """
            async Task M(k8s.ClientSets.ClientSet c)
            {
                var n = await c.CoreV1.Node.GetAsync("n");
                n.Spec.Unschedulable = true;
                await c.CoreV1.Node.{|HARV1010-info:UpdateAsync|}(n, "n");
            }
        """,
        """
            async Task M(k8s.ClientSets.ClientSet c)
            {
                var n = await c.CoreV1.Node.GetAsync("n");
                n.Spec.Unschedulable = true;
                await c.CoreV1.Node.PatchAsync(new V1Patch(new { spec = new { unschedulable = true } }, V1Patch.PatchType.MergePatch), "n");
            }
        """);

    [Fact]
    public Task A_stripped_status_is_kept() => Verify(
        """
            async Task M(IKubernetes c, Widget w)
            {
                w.SetAnnotation("read", "true");
                // the server owns it
                w.Status = null;
                await c.CustomObjects.{|HARV1004:ReplaceNamespacedCustomObjectAsync|}(w, "example.io", "v1", "ns", "widgets", "n");
            }
        """,
        """
            async Task M(IKubernetes c, Widget w)
            {
                w.SetAnnotation("read", "true");
                // the server owns it
                await c.CustomObjects.PatchNamespacedCustomObjectAsync(new V1Patch(new { metadata = new { annotations = new Dictionary<string, string> { ["read"] = "true" } } }, V1Patch.PatchType.MergePatch), "example.io", "v1", "ns", "widgets", "n");
            }
        """);

    [Fact]
    public Task A_stripped_json_document() => Verify(
        """
            async Task M(IKubernetes c)
            {
                var json = JsonSerializer.SerializeToNode(await c.CustomObjects.GetNamespacedCustomObjectAsync("example.io", "v1", "ns", "widgets", "n")).AsObject();
                json["metadata"]["labels"]["read"] = "true";
                json["spec"]["replicas"] = 3;
                json.Remove("status");
                await c.CustomObjects.{|HARV1004:ReplaceNamespacedCustomObjectAsync|}(json, "example.io", "v1", "ns", "widgets", "n");
            }
        """,
        """
            async Task M(IKubernetes c)
            {
                var json = JsonSerializer.SerializeToNode(await c.CustomObjects.GetNamespacedCustomObjectAsync("example.io", "v1", "ns", "widgets", "n")).AsObject();
                json["metadata"]["labels"]["read"] = "true";
                json["spec"]["replicas"] = 3;
                await c.CustomObjects.PatchNamespacedCustomObjectAsync(new V1Patch(new { metadata = new { labels = new Dictionary<string, string> { ["read"] = "true" } }, spec = new { replicas = 3 } }, V1Patch.PatchType.MergePatch), "example.io", "v1", "ns", "widgets", "n");
            }
        """);

    [Theory]
    [InlineData("w.Spec.Replicas++;")]
    [InlineData("w.Spec = new WidgetSpec();")]
    [InlineData("w.Spec.Replicas = 3; Log(w);")]
    [InlineData("w.Spec.Replicas = Compute();")]
    public Task Not_offered_for_a_spec_that_is_not_plain(string change) => Verify(
        $$"""
            async Task M(GenericClient c, Widget w)
            {
                {{change}}
                await c.{|HARV1010:ReplaceNamespacedAsync|}(w, "ns", "n");
            }

            static void Log(Widget w) { }
            static int Compute() => 1;
        """,
        null);

    [Fact]
    public Task All_findings_of_all_files_at_once() => Verification.Fixes<WriteAnalyzer, PatchChangesFix>.Verify(
        In("""
            async Task M(GenericClient c, Widget w)
            {
                w.SetLabel("a", "b");
                await c.{|HARV1002:ReplaceNamespacedAsync|}(w, "ns", "n");
            }

            async Task N(GenericClient c, Widget w)
            {
                w.SetLabel("c", "d");
                await c.{|HARV1002:ReplaceNamespacedAsync|}(w, "ns", "n");
            }
        """),
        In("""
            async Task M(GenericClient c, Widget w)
            {
                w.SetLabel("a", "b");
                await c.PatchNamespacedAsync<Widget>(new V1Patch(new { metadata = new { labels = new Dictionary<string, string> { ["a"] = "b" } } }, V1Patch.PatchType.MergePatch), "ns", "n");
            }

            async Task N(GenericClient c, Widget w)
            {
                w.SetLabel("c", "d");
                await c.PatchNamespacedAsync<Widget>(new V1Patch(new { metadata = new { labels = new Dictionary<string, string> { ["c"] = "d" } } }, V1Patch.PatchType.MergePatch), "ns", "n");
            }
        """),
        null,
        ("class D { void M(IKubernetes c, V1Node n) { n.SetLabel(\"a\", \"b\"); c.CoreV1.{|HARV1002-info:ReplaceNode|}(n, \"n\"); } }",
         "class D { void M(IKubernetes c, V1Node n) { n.SetLabel(\"a\", \"b\"); c.CoreV1.PatchNode(new V1Patch(new { metadata = new { labels = new Dictionary<string, string> { [\"a\"] = \"b\" } } }, V1Patch.PatchType.MergePatch), \"n\"); } }"),
        ("class E { void M(IKubernetes c, V1Node n) { n.Spec.Unschedulable = true; c.CoreV1.{|HARV1010-info:ReplaceNode|}(n, \"n\"); } void N(IKubernetes c, V1Node n) { n.SetLabel(\"a\", \"b\"); n.Status = null; c.CoreV1.{|HARV1004-info:ReplaceNode|}(n, \"n\"); } }",
         "class E { void M(IKubernetes c, V1Node n) { n.Spec.Unschedulable = true; c.CoreV1.PatchNode(new V1Patch(new { spec = new { unschedulable = true } }, V1Patch.PatchType.MergePatch), \"n\"); } void N(IKubernetes c, V1Node n) { n.SetLabel(\"a\", \"b\"); c.CoreV1.PatchNode(new V1Patch(new { metadata = new { labels = new Dictionary<string, string> { [\"a\"] = \"b\" } } }, V1Patch.PatchType.MergePatch), \"n\"); } }"));
}
