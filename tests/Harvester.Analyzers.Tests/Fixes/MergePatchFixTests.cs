using Harvester.Analyzers.CodeFixes;
using Harvester.Analyzers.Tests.Verification;
using Harvester.Analyzers.Writes;

namespace Harvester.Analyzers.Tests.Fixes;

/// <summary>The merge patch of HARV1009.</summary>
public class MergePatchFixTests
{
    private static Task Verify(string before, string? after, string? options = null, params (string Before, string After)[] others) =>
        Fixes<PatchAnalyzer, MergePatchFix>.Verify(In(before), after is null ? null : In(after), options, [.. others.Select(o => ($"class D {{ {o.Before} }}", $"class D {{ {o.After} }}"))]);

    private static string In(string body) => $$"""
        class C
        {
        {{body}}
        }
        """;

    [Fact]
    public Task A_merge_patch_in_its_place() => Verify(
        """
            async Task M(IKubernetes c, GenericClient g)
            {
                var patch = new V1Patch(new { spec = new { replicas = 1 } }, V1Patch.PatchType.StrategicMergePatch /* merge */);
                await c.CustomObjects.{|HARV1009:PatchNamespacedCustomObjectAsync|}(patch, "example.io", "v1", "ns", "widgets", "n");
                await g.{|HARV1009:PatchNamespacedAsync|}<Widget>(new V1Patch(new { spec = 1 }, V1Patch.PatchType.StrategicMergePatch), "ns", "n");
            }
        """,
        """
            async Task M(IKubernetes c, GenericClient g)
            {
                var patch = new V1Patch(new { spec = new { replicas = 1 } }, V1Patch.PatchType.MergePatch /* merge */);
                await c.CustomObjects.PatchNamespacedCustomObjectAsync(patch, "example.io", "v1", "ns", "widgets", "n");
                await g.PatchNamespacedAsync<Widget>(new V1Patch(new { spec = 1 }, V1Patch.PatchType.MergePatch), "ns", "n");
            }
        """,
        null,
        ("void M(IKubernetes c) => c.CustomObjects.{|HARV1009:PatchClusterCustomObjectStatus|}(new V1Patch(new { }, V1Patch.PatchType.StrategicMergePatch), \"g\", \"v\", \"p\", \"n\");", "void M(IKubernetes c) => c.CustomObjects.PatchClusterCustomObjectStatus(new V1Patch(new { }, V1Patch.PatchType.MergePatch), \"g\", \"v\", \"p\", \"n\");"));

    [Fact]
    public Task Not_where_another_call_sends_the_same_patch() => Verify(
        """
            async Task M(IKubernetes c)
            {
                var patch = new V1Patch(new { spec = 1 }, V1Patch.PatchType.StrategicMergePatch);
                await c.CoreV1.PatchNodeAsync(patch, "n");
                await c.CustomObjects.{|HARV1009:PatchNamespacedCustomObjectAsync|}(patch, "example.io", "v1", "ns", "widgets", "n");
            }
        """,
        null);

}
