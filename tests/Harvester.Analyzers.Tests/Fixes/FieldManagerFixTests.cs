using Harvester.Analyzers.CodeFixes;
using Harvester.Analyzers.Tests.Verification;
using Harvester.Analyzers.Writes;

namespace Harvester.Analyzers.Tests.Fixes;

/// <summary>The field manager of HARV1008.</summary>
public class FieldManagerFixTests
{
    private static Task Verify(string before, string? after, string? options = null, params (string Before, string After)[] others) =>
        Fixes<PatchAnalyzer, FieldManagerFix>.Verify(In(before), after is null ? null : In(after), options, [.. others.Select(o => ($"class D {{ {o.Before} }}", $"class D {{ {o.After} }}"))]);

    private static string In(string body) => $$"""
        class C
        {
        {{body}}
        }
        """;

    [Fact]
    public Task A_manager_is_named() => Verify(
        """
            async Task M(IKubernetes c, k8s.ClientSets.ClientSet s, V1ConfigMap m, CancellationToken ct)
            {
                var patch = new V1Patch(m, V1Patch.PatchType.ApplyPatch);
                await c.CoreV1.{|HARV1008:PatchNamespacedConfigMapAsync|}(patch, "n", "ns");
                c.CoreV1.{|HARV1008:PatchNamespacedConfigMap|}(patch, "n", "ns", null, "" /* who? */, force: true);
                await s.CoreV1.ConfigMap.{|HARV1008:PatchAsync|}(patch, "n", "ns", cancellationToken: ct);
            }
        """,
        """
            async Task M(IKubernetes c, k8s.ClientSets.ClientSet s, V1ConfigMap m, CancellationToken ct)
            {
                var patch = new V1Patch(m, V1Patch.PatchType.ApplyPatch);
                await c.CoreV1.PatchNamespacedConfigMapAsync(patch, "n", "ns", fieldManager: "TestProject");
                c.CoreV1.PatchNamespacedConfigMap(patch, "n", "ns", null, "TestProject" /* who? */, force: true);
                await s.CoreV1.ConfigMap.PatchAsync(patch, "n", "ns", cancellationToken: ct, fieldManager: "TestProject");
            }
        """,
        null,
        ("void M(IKubernetes c, V1Patch p) => c.CustomObjects.{|HARV1008:PatchClusterCustomObject|}(new V1Patch(new { }, V1Patch.PatchType.ApplyPatch), \"g\", \"v\", \"p\", \"n\");", "void M(IKubernetes c, V1Patch p) => c.CustomObjects.PatchClusterCustomObject(new V1Patch(new { }, V1Patch.PatchType.ApplyPatch), \"g\", \"v\", \"p\", \"n\", fieldManager: \"TestProject\");"));

    [Fact]
    public Task Not_for_a_client_that_cannot() => Verify(
        """
            async Task M(GenericClient c, V1ConfigMap m) => await c.{|HARV1008:PatchNamespacedAsync|}<V1ConfigMap>(new V1Patch(m, V1Patch.PatchType.ApplyPatch), "ns", "n");
        """,
        null);

}
