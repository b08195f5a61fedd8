using Harvester.Analyzers.Tests.Verification;
using Harvester.Analyzers.Writes;

namespace Harvester.Analyzers.Tests.Writes;

/// <summary>HARV1007.</summary>
public class PatchOfWholeObjectTests
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
    public Task A_pod_that_was_read() => Verify("""
        async Task M(IKubernetes c)
        {
            var pod = await c.CoreV1.ReadNamespacedPodAsync("n", "ns");
            pod.Metadata.Labels["a"] = "b";
            await c.CoreV1.{|HARV1007:PatchNamespacedPodAsync|}(new V1Patch(pod, V1Patch.PatchType.MergePatch), "n", "ns");
        }
        """);

    [Fact]
    public Task Through_a_local_by_other_clients() => Verify("""
        async Task M(IKubernetes c, GenericClient g, k8s.ClientSets.ClientSet s, Widget w, V1Pod pod)
        {
            var patch = new V1Patch(w, V1Patch.PatchType.MergePatch);
            await c.CustomObjects.{|HARV1007:PatchNamespacedCustomObjectAsync|}(patch, "example.io", "v1", "ns", "widgets", "n");
            await g.{|HARV1007:PatchNamespacedAsync|}<Widget>(patch, "ns", "n");
            await s.CoreV1.Pod.{|HARV1007:PatchAsync|}(new V1Patch(pod, V1Patch.PatchType.StrategicMergePatch), "n", "ns");
            c.CoreV1.{|HARV1007:PatchNamespacedPodStatus|}(new V1Patch(pod, V1Patch.PatchType.StrategicMergePatch), "n", "ns");
        }
        """);

    [Fact]
    public Task The_very_text_of_it() => Verify("""
        async Task M(IKubernetes c)
        {
            var n = await c.CoreV1.ReadNodeAsync("n");
            await c.CoreV1.{|HARV1007:PatchNodeAsync|}(new V1Patch(KubernetesJson.Serialize(n), V1Patch.PatchType.MergePatch), "n");
        }
        """);

    [Fact]
    public Task Not_for_parts_or_fresh_objects_or_scales_or_texts() => Verify("""
        async Task M(IKubernetes c, V1Pod pod, V1Scale scale)
        {
            await c.CoreV1.PatchNamespacedPodAsync(new V1Patch(new { metadata = new { labels = pod.Metadata.Labels } }, V1Patch.PatchType.MergePatch), "n", "ns");
            await c.CoreV1.PatchNamespacedPodAsync(new V1Patch(new V1Pod { Metadata = new() { Labels = pod.Metadata.Labels } }, V1Patch.PatchType.MergePatch), "n", "ns");
            await c.AppsV1.PatchNamespacedDeploymentScaleAsync(new V1Patch(scale, V1Patch.PatchType.MergePatch), "n", "ns");
            await c.CoreV1.PatchNamespacedPodAsync(new V1Patch(Difference(pod, JsonSerializer.Serialize(pod)), V1Patch.PatchType.MergePatch), "n", "ns");
        }

        static string Difference(V1Pod pod, string text) => "";
        """);

    [Fact]
    public Task Not_for_an_applied_fresh_object() => Verify("""
        async Task M(IKubernetes c)
        {
            var pod = new V1Pod { Metadata = new() { Name = "n" } };
            await c.CoreV1.PatchNamespacedPodAsync(new V1Patch(pod, V1Patch.PatchType.ApplyPatch), "n", "ns", fieldManager: "me");
        }
        """);
}
