using Harvester.Analyzers.Tests.Verification;
using Harvester.Analyzers.Writes;

namespace Harvester.Analyzers.Tests.Writes;

/// <summary>HARV1008, the part that follows the object.</summary>
public class ApplyOfReadObjectTests
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
    public Task An_object_that_was_read_has_managed_fields() => Verify("""
        async Task M(IKubernetes c)
        {
            var d = await c.AppsV1.ReadNamespacedDeploymentAsync("n", "ns");
            d.Spec.Replicas = 3;
            await c.AppsV1.{|HARV1008-warning:PatchNamespacedDeploymentAsync|}(new V1Patch(d, V1Patch.PatchType.ApplyPatch), "n", "ns", fieldManager: "me");
        }
        """);

    [Fact]
    public Task Not_where_they_were_removed() => Verify("""
        async Task M(IKubernetes c)
        {
            var d = await c.AppsV1.ReadNamespacedDeploymentAsync("n", "ns");
            d.Metadata.ManagedFields = null;
            await c.AppsV1.PatchNamespacedDeploymentAsync(new V1Patch(d, V1Patch.PatchType.ApplyPatch), "n", "ns", fieldManager: "me");
        }
        """);
}
