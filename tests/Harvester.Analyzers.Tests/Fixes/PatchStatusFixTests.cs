using Harvester.Analyzers.CodeFixes;
using Harvester.Analyzers.Tests.Verification;
using Harvester.Analyzers.Writes;

namespace Harvester.Analyzers.Tests.Fixes;

/// <summary>The status call of HARV1006.</summary>
public class PatchStatusFixTests
{
    private static Task Verify(string before, string? after, string? options = null, params (string Before, string After)[] others) =>
        Fixes<PatchAnalyzer, PatchStatusFix>.Verify(In(before), after is null ? null : In(after), options, [.. others.Select(o => ($"class D {{ {o.Before} }}", $"class D {{ {o.After} }}"))]);

    private static string In(string body) => $$"""
        class C
        {
        {{body}}
        }
        """;

    [Fact]
    public Task The_status_call_beside_the_patch() => Verify(
        """
            async Task M(IKubernetes c, k8s.ClientSets.ClientSet s)
            {
                await c.CustomObjects.{|HARV1006:PatchNamespacedCustomObjectAsync|}(new V1Patch(new { status = new { phase = "x" } }, V1Patch.PatchType.MergePatch), "example.io", "v1", "ns", "widgets", "n"); // x
                var patch = new V1Patch("[{\"op\":\"remove\",\"path\":\"/status/phase\"}]", V1Patch.PatchType.JsonPatch);
                c.CoreV1.{|HARV1006:PatchNode|}(patch, "n");
                await s.CoreV1.Pod.{|HARV1006:PatchAsync|}(patch, "n", "ns");
            }
        """,
        """
            async Task M(IKubernetes c, k8s.ClientSets.ClientSet s)
            {
                await c.CustomObjects.PatchNamespacedCustomObjectStatusAsync(new V1Patch(new { status = new { phase = "x" } }, V1Patch.PatchType.MergePatch), "example.io", "v1", "ns", "widgets", "n"); // x
                var patch = new V1Patch("[{\"op\":\"remove\",\"path\":\"/status/phase\"}]", V1Patch.PatchType.JsonPatch);
                c.CoreV1.PatchNodeStatus(patch, "n");
                await s.CoreV1.Pod.PatchStatusAsync(patch, "n", "ns");
            }
        """,
        null,
        ("void M(IKubernetes c, V1Patch.PatchType t) => c.CoreV1.{|HARV1006:PatchNode|}(new V1Patch(new { status = 1 }, t), \"n\");", "void M(IKubernetes c, V1Patch.PatchType t) => c.CoreV1.PatchNodeStatus(new V1Patch(new { status = 1 }, t), \"n\");"));

    [Fact]
    public Task Not_where_more_than_status_is_patched_or_there_is_no_status_call() => Verify(
        """
            async Task M(IKubernetes c, GenericClient g)
            {
                await c.CoreV1.{|HARV1006:PatchNodeAsync|}(new V1Patch(new { spec = 1, status = 1 }, V1Patch.PatchType.MergePatch), "n");
                await g.{|HARV1006:PatchAsync|}<V1Node>(new V1Patch(new { status = 1 }, V1Patch.PatchType.MergePatch), "n");
            }
        """,
        null);

}
