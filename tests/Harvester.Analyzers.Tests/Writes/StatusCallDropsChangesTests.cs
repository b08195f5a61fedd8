using Harvester.Analyzers.Tests.Verification;
using Harvester.Analyzers.Writes;

namespace Harvester.Analyzers.Tests.Writes;

/// <summary>HARV1005.</summary>
public class StatusCallDropsChangesTests
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

    [Theory]
    [InlineData("in a try", "try { w.Spec.Replicas = 3; await c.{|HARV1010:ReplaceNamespacedAsync|}(w, \"ns\", \"n\"); } catch (HttpOperationException) { w.Status.Phase = \"Failed\"; }")]
    [InlineData("by a helper", "w.Spec.Replicas = 3; await Put(c, w);")]
    [InlineData("by a helper in a try", "try { w.Spec.Replicas = 3; await Put(c, w); } catch (Exception e) { Console.WriteLine(e); }")]
    [InlineData("by a helper in a try, some of several", "try { if (w.Spec.Image == null) { foreach (var x in w.Metadata.Finalizers) { if (!w.Metadata.Annotations.Any(a => a.Key == x)) { w.Spec.Image += x; Console.WriteLine(x); } } await Put(c, w); } } catch (Exception e) { Console.WriteLine(e); }")]
    public Task The_main_resource_was_written_before(string how, string body) => Verify($$"""
        async Task M(GenericClient c, IKubernetes k, Widget w)
        {
            {{body}} // {{how}}
            w.Status.Phase = "Scaled";
            await k.CustomObjects.ReplaceNamespacedCustomObjectStatusAsync(w, "example.io", "v1", "ns", "widgets", "n");
        }

        async Task Put(GenericClient c, Widget w)
        {
            for (var attempt = 1; attempt <= 3; attempt++)
            {
                try
                {
                    await c.{|HARV1001:ReplaceNamespacedAsync|}(w, "ns", "n");
                    return;
                }
                catch (HttpOperationException)
                {
                    if (attempt == 3) throw;
                    var again = await c.ReadNamespacedAsync<Widget>("ns", "n");
                    again.Spec = w.Spec;
                    again.Status = w.Status;
                    w = again;
                }
            }
        }
        """);

    [Fact]
    public Task A_changed_spec_goes_to_status() => Verify("""
        async Task M(IKubernetes c, Widget w)
        {
            w.Spec.Replicas = 3;
            w.Status.Phase = "Scaled";
            await c.CustomObjects.{|HARV1005:ReplaceNamespacedCustomObjectStatusAsync|}(w, "example.io", "v1", "ns", "widgets", "n");
        }
        """);

    [Fact]
    public Task A_finalizer_and_a_status() => Verify("""
        async Task M(IKubernetes c, Widget w)
        {
            w.Metadata.Finalizers.Add("example.io/f");
            w.Status.Phase = "New";
            await c.CustomObjects.{|HARV1005:ReplaceNamespacedCustomObjectStatusAsync|}(w, "example.io", "v1", "ns", "widgets", "n");
        }
        """);

    [Fact]
    public Task A_built_in_kind_by_all_spellings() => Verify("""
        async Task M(IKubernetes c, k8s.ClientSets.ClientSet s)
        {
            var d = await c.AppsV1.ReadNamespacedDeploymentAsync("n", "ns");
            d.Spec.Replicas = 3;
            await c.AppsV1.{|HARV1005:ReplaceNamespacedDeploymentStatusAsync|}(d, "n", "ns");
            c.AppsV1.{|HARV1005:ReplaceNamespacedDeploymentStatus|}(d, "n", "ns");
            using var _ = await c.AppsV1.{|HARV1005:ReplaceNamespacedDeploymentStatusWithHttpMessagesAsync|}(d, "n", "ns");
            await s.AppsV1.Deployment.{|HARV1005:UpdateStatusAsync|}(d, "n", "ns");
        }
        """);

    [Fact]
    public Task Metadata_of_a_built_in_kind_is_a_note() => Verify("""
        async Task M(IKubernetes c)
        {
            var n = await c.CoreV1.ReadNodeAsync("n");
            n.SetLabel("a", "b");
            await c.CoreV1.{|HARV1005-info:ReplaceNodeStatusAsync|}(n, "n");
        }
        """);

    [Fact]
    public Task Changed_again_after_the_main_call() => Verify("""
        async Task M(IKubernetes c, Widget w)
        {
            w.Spec.Replicas = 3;
            w = await c.CustomObjects.{|HARV1010:ReplaceNamespacedCustomObjectAsync|}<Widget>(w, "example.io", "v1", "ns", "widgets", "n");
            w.Spec.Image = "x";
            await c.CustomObjects.{|HARV1005:ReplaceNamespacedCustomObjectStatusAsync|}(w, "example.io", "v1", "ns", "widgets", "n");
        }
        """);

    [Fact]
    public Task Not_where_the_main_call_came_before_or_follows() => Verify("""
        async Task M(IKubernetes c, Widget w)
        {
            w.Spec.Replicas = 3;
            await c.CustomObjects.{|HARV1010:ReplaceNamespacedCustomObjectAsync|}(w, "example.io", "v1", "ns", "widgets", "n");
            await c.CustomObjects.ReplaceNamespacedCustomObjectStatusAsync(w, "example.io", "v1", "ns", "widgets", "n");
        }

        async Task N(IKubernetes c, Widget w)
        {
            w.Spec.Replicas = 3;
            await c.CustomObjects.ReplaceNamespacedCustomObjectStatusAsync(w, "example.io", "v1", "ns", "widgets", "n");
            await c.CustomObjects.{|HARV1010:ReplaceNamespacedCustomObjectAsync|}(w, "example.io", "v1", "ns", "widgets", "n");
        }
        """);

    [Fact]
    public Task Not_where_the_spec_is_patched_too() => Verify("""
        async Task M(IKubernetes c, Widget w)
        {
            w.Spec.Replicas = 3;
            await c.CustomObjects.PatchNamespacedCustomObjectAsync(new V1Patch(new { spec = new { replicas = 3 } }, V1Patch.PatchType.MergePatch), "example.io", "v1", "ns", "widgets", "n");
            await c.CustomObjects.ReplaceNamespacedCustomObjectStatusAsync(w, "example.io", "v1", "ns", "widgets", "n");
        }
        """);

    [Fact]
    public Task Not_for_the_version_or_the_status_alone() => Verify("""
        async Task M(IKubernetes c, Widget w, string version)
        {
            w.Metadata.ResourceVersion = version;
            w.Status.Phase = "Done";
            await c.CustomObjects.ReplaceNamespacedCustomObjectStatusAsync(w, "example.io", "v1", "ns", "widgets", "n");
        }
        """);

    [Fact]
    public Task Not_for_a_fresh_body() => Verify("""
        async Task M(IKubernetes c, Widget w)
        {
            var body = new Widget { Metadata = w.Metadata, Spec = w.Spec, Status = new() { Phase = "Done" } };
            await c.CustomObjects.ReplaceNamespacedCustomObjectStatusAsync(body, "example.io", "v1", "ns", "widgets", "n");
        }
        """);

    [Fact]
    public Task A_main_write_on_one_path_only() => Verify("""
        async Task M(IKubernetes c, Widget w, bool whole)
        {
            w.AddFinalizer("f");
            w.Status.Phase = "x";
            await c.CustomObjects.{|HARV1005:ReplaceNamespacedCustomObjectStatusAsync|}(w, "g", "v", "ns", "ps", "n");
            if (whole) { await c.CustomObjects.{|HARV1002:ReplaceNamespacedCustomObjectAsync|}(w, "g", "v", "ns", "ps", "n"); }
        }

        async Task N(IKubernetes c, Widget w, bool whole)
        {
            if (whole) { w.AddFinalizer("f"); await c.CustomObjects.{|HARV1002:ReplaceNamespacedCustomObjectAsync|}(w, "g", "v", "ns", "ps", "n"); }
            w.Status.Phase = "x";
            await c.CustomObjects.ReplaceNamespacedCustomObjectStatusAsync(w, "g", "v", "ns", "ps", "n");
        }
        """);
}
