using Harvester.Analyzers.CodeFixes;
using Harvester.Analyzers.Tests.Verification;
using Harvester.Analyzers.Writes;

namespace Harvester.Analyzers.Tests.Fixes;

/// <summary>The managed fields of HARV1008.</summary>
public class ClearManagedFieldsFixTests
{
    private static Task Verify(string before, string? after, string? options = null, params (string Before, string After)[] others) =>
        Fixes<WriteAnalyzer, ClearManagedFieldsFix>.Verify(In(before), after is null ? null : In(after), options, [.. others.Select(o => ($"class D {{ {o.Before} }}", $"class D {{ {o.After} }}"))]);

    private static string In(string body) => $$"""
        class C
        {
        {{body}}
        }
        """;

    [Fact]
    public Task Managed_fields_are_taken_out() => Verify(
        """
            async Task M(IKubernetes c)
            {
                var d = await c.AppsV1.ReadNamespacedDeploymentAsync("n", "ns");
                d.Spec.Replicas = 3;
                // ours
                await c.AppsV1.{|HARV1008-warning:PatchNamespacedDeploymentAsync|}(new V1Patch(d, V1Patch.PatchType.ApplyPatch), "n", "ns", fieldManager: "me");
            }

            void N(IKubernetes c)
            {
                var d = c.CoreV1.ReadNode("n");
                var patch = new V1Patch(d, V1Patch.PatchType.ApplyPatch);
                c.CoreV1.{|HARV1008-warning:PatchNode|}(patch, "n", fieldManager: "me");
            }
        """,
        """
            async Task M(IKubernetes c)
            {
                var d = await c.AppsV1.ReadNamespacedDeploymentAsync("n", "ns");
                d.Spec.Replicas = 3;
                // ours
                d.Metadata.ManagedFields = null;
                await c.AppsV1.PatchNamespacedDeploymentAsync(new V1Patch(d, V1Patch.PatchType.ApplyPatch), "n", "ns", fieldManager: "me");
            }

            void N(IKubernetes c)
            {
                var d = c.CoreV1.ReadNode("n");
                d.Metadata.ManagedFields = null;
                var patch = new V1Patch(d, V1Patch.PatchType.ApplyPatch);
                c.CoreV1.PatchNode(patch, "n", fieldManager: "me");
            }
        """,
        null,
        ("void M(IKubernetes c) { var n = c.CoreV1.ReadNode(\"n\"); c.CoreV1.{|HARV1008-warning:PatchNode|}(new V1Patch(n, V1Patch.PatchType.ApplyPatch), \"n\", fieldManager: \"me\"); }",
         "void M(IKubernetes c) { var n = c.CoreV1.ReadNode(\"n\"); n.Metadata.ManagedFields = null; c.CoreV1.PatchNode(new V1Patch(n, V1Patch.PatchType.ApplyPatch), \"n\", fieldManager: \"me\"); }"));

}
