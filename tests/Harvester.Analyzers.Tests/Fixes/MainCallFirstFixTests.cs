using Harvester.Analyzers.CodeFixes;
using Harvester.Analyzers.Tests.Verification;
using Harvester.Analyzers.Writes;

namespace Harvester.Analyzers.Tests.Fixes;

/// <summary>The main call of HARV1005.</summary>
public class MainCallFirstFixTests
{
    private static Task Verify(string before, string? after, string? options = null, params (string Before, string After)[] others) =>
        Fixes<WriteAnalyzer, MainCallFirstFix>.Verify(In(before), after is null ? null : In(after), options, [.. others.Select(o => ($"class D {{ {o.Before} }}", $"class D {{ {o.After} }}"))]);

    private static string In(string body) => $$"""
        class C
        {
        {{body}}
        }
        """;

    [Fact]
    public Task The_main_call_first() => Verify(
        """
            async Task M(IKubernetes c, Widget w)
            {
                w.Spec.Replicas = 3;
                w.Status.Phase = "Scaled";
                await c.CustomObjects.{|HARV1005:ReplaceNamespacedCustomObjectStatusAsync|}(w, "example.io", "v1", "ns", "widgets", "n"); // done
            }
        """,
        """
            async Task M(IKubernetes c, Widget w)
            {
                w.Spec.Replicas = 3;
                w.Status.Phase = "Scaled";
                var wStatus = w.Status;
                w = await c.CustomObjects.{|HARV1010-info:ReplaceNamespacedCustomObjectAsync|}<Widget>(w, "example.io", "v1", "ns", "widgets", "n");
                w.Status = wStatus;
                await c.CustomObjects.ReplaceNamespacedCustomObjectStatusAsync(w, "example.io", "v1", "ns", "widgets", "n"); // done
            }
        """,
        "harvester_analyzers.status_subresource = present");

    [Fact]
    public Task By_the_typed_client_and_the_client_sets() => Verify(
        """
            async Task M(IKubernetes c, V1Deployment d)
            {
                d.Spec.Replicas = 3;
                d = await c.AppsV1.{|HARV1005:ReplaceNamespacedDeploymentStatusAsync|}(d, "n", "ns");
            }

            async Task<V1Pod> N(k8s.ClientSets.ClientSet c, V1Pod p)
            {
                p.Spec.ActiveDeadlineSeconds = 3;
                return await c.CoreV1.Pod.{|HARV1005:UpdateStatusAsync|}(p, "n", "ns");
            }
        """,
        """
            async Task M(IKubernetes c, V1Deployment d)
            {
                d.Spec.Replicas = 3;
                var dStatus = d.Status;
                d = await c.AppsV1.{|HARV1010-info:ReplaceNamespacedDeploymentAsync|}(d, "n", "ns");
                d.Status = dStatus;
                d = await c.AppsV1.ReplaceNamespacedDeploymentStatusAsync(d, "n", "ns");
            }

            async Task<V1Pod> N(k8s.ClientSets.ClientSet c, V1Pod p)
            {
                p.Spec.ActiveDeadlineSeconds = 3;
                var pStatus = p.Status;
                p = await c.CoreV1.Pod.{|HARV1010-info:UpdateAsync|}(p, "n", "ns");
                p.Status = pStatus;
                return await c.CoreV1.Pod.UpdateStatusAsync(p, "n", "ns");
            }
        """,
        null,
        ("void M(IKubernetes c, V1Node n) { n.Spec.Unschedulable = true; c.CoreV1.{|HARV1005:ReplaceNodeStatus|}(n, \"n\"); }", "void M(IKubernetes c, V1Node n) { n.Spec.Unschedulable = true; var nStatus = n.Status; n = c.CoreV1.{|HARV1010-info:ReplaceNode|}(n, \"n\"); n.Status = nStatus; c.CoreV1.ReplaceNodeStatus(n, \"n\"); }"));

    [Fact]
    public Task The_variable_of_a_loop_cannot_take_the_answer() => Verify(
        """
            async Task M(IKubernetes c)
            {
                foreach (var n in (await c.CoreV1.ListNodeAsync()).Items)
                {
                    n.Spec.Unschedulable = true;
                    await c.CoreV1.{|HARV1005:ReplaceNodeStatusAsync|}(n, n.Name());
                }
            }
        """,
        """
            async Task M(IKubernetes c)
            {
                foreach (var n in (await c.CoreV1.ListNodeAsync()).Items)
                {
                    n.Spec.Unschedulable = true;
                    var updated = await c.CoreV1.{|HARV1010-info:ReplaceNodeAsync|}(n, n.Name());
                    updated.Status = n.Status;
                    await c.CoreV1.ReplaceNodeStatusAsync(updated, n.Name());
                }
            }
        """);
}
