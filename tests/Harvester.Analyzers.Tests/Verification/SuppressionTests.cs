using Harvester.Analyzers.Reconcile;
using Harvester.Analyzers.Writes;

namespace Harvester.Analyzers.Tests.Verification;

/// <summary>A finding of each analyzer is silenced by a pragma, and the same code has none where it is generated.</summary>
public sealed class SuppressionTests
{
    [Fact]
    public Task Of_a_write() => Snippets<WriteAnalyzer>.VerifyThoroughly("""
        class C
        {
            async Task M(GenericClient client, string name)
            {
                var widget = await client.ReadAsync<Widget>(name);
                widget.Spec.Replicas = 3;
                await client.{|HARV1010:ReplaceAsync|}(widget, name);
            }
        }
        """);

    [Fact]
    public Task Of_a_patch() => Snippets<PatchAnalyzer>.VerifyThoroughly("""
        class C
        {
            Task M(IKubernetes client) => client.AppsV1.{|HARV1006:PatchNamespacedDeploymentAsync|}(
                new V1Patch(new { status = new { replicas = 1 } }, V1Patch.PatchType.MergePatch), "a", "b");
        }
        """);

    [Fact]
    public Task Of_a_restart() => Snippets<RestartAnalyzer>.VerifyThoroughly("""
        class C(IKubernetes client)
        {
            async Task ReconcileAsync(Widget widget)
            {
                if ({|HARV2001:widget.Status == null|})
                {
                    await client.CoreV1.CreateNamespacedConfigMapAsync(new V1ConfigMap(), "b");
                }
            }
        }
        """);
}
