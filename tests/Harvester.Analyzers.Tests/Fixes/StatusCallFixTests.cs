using Harvester.Analyzers.CodeFixes;
using Harvester.Analyzers.Tests.Verification;
using Harvester.Analyzers.Writes;

namespace Harvester.Analyzers.Tests.Fixes;

/// <summary>The status call of HARV1001.</summary>
public class StatusCallFixTests
{
    private static Task Verify(string before, string? after, string? options = null, params (string Before, string After)[] others) =>
        Fixes<WriteAnalyzer, StatusCallFix>.Verify(In(before), after is null ? null : In(after), options, [.. others.Select(o => ($"class D {{ {o.Before} }}", $"class D {{ {o.After} }}"))]);

    private static string In(string body) => $$"""
        class C
        {
        {{body}}
        }
        """;

    [Fact]
    public Task By_the_typed_client_in_all_spellings() => Verify(
        """
            async Task M(IKubernetes c, V1Deployment e, V1Deployment f, CancellationToken ct)
            {
                var d = await c.AppsV1.ReadNamespacedDeploymentAsync("n", "ns");
                d.Status.ReadyReplicas = 3;
                await c.AppsV1.{|HARV1001:ReplaceNamespacedDeploymentAsync|}(d, "n", "ns", cancellationToken: ct); // one
                e.Status.ReadyReplicas = 3;
                c.AppsV1.{|HARV1001:ReplaceNamespacedDeployment|}(e, "n", "ns");
                f.Status.ReadyReplicas = 3;
                using var _ = await c.AppsV1.{|HARV1001:ReplaceNamespacedDeploymentWithHttpMessagesAsync|}(f, "n", "ns");
            }
        """,
        """
            async Task M(IKubernetes c, V1Deployment e, V1Deployment f, CancellationToken ct)
            {
                var d = await c.AppsV1.ReadNamespacedDeploymentAsync("n", "ns");
                d.Status.ReadyReplicas = 3;
                await c.AppsV1.ReplaceNamespacedDeploymentStatusAsync(d, "n", "ns", cancellationToken: ct); // one
                e.Status.ReadyReplicas = 3;
                c.AppsV1.ReplaceNamespacedDeploymentStatus(e, "n", "ns");
                f.Status.ReadyReplicas = 3;
                using var _ = await c.AppsV1.ReplaceNamespacedDeploymentStatusWithHttpMessagesAsync(f, "n", "ns");
            }
        """);

    [Fact]
    public Task By_the_client_sets() => Verify(
        """
            async Task<V1Pod> M(k8s.ClientSets.ClientSet c, V1Pod p)
            {
                p.Status.Phase = "Failed";
                return await c.CoreV1.Pod.{|HARV1001:UpdateAsync|}(p, "n", "ns");
            }
        """,
        """
            async Task<V1Pod> M(k8s.ClientSets.ClientSet c, V1Pod p)
            {
                p.Status.Phase = "Failed";
                return await c.CoreV1.Pod.UpdateStatusAsync(p, "n", "ns");
            }
        """);

    [Fact]
    public Task A_custom_kind_that_has_the_subresource() => Verify(
        """
            async Task M(IKubernetes c, Widget w)
            {
                w.Status.Phase = "Done";
                await c.CustomObjects.{|HARV1001:ReplaceNamespacedCustomObjectAsync|}(w, "example.io", "v1", "ns", "widgets", "n");
            }
        """,
        """
            async Task M(IKubernetes c, Widget w)
            {
                w.Status.Phase = "Done";
                await c.CustomObjects.ReplaceNamespacedCustomObjectStatusAsync(w, "example.io", "v1", "ns", "widgets", "n");
            }
        """,
        "harvester_analyzers.status_subresource = present");

    [Fact]
    public Task Two_calls_where_the_spec_was_changed_too() => Verify(
        """
            async Task M(IKubernetes c, Widget w)
            {
                w.Spec.Replicas = 3;
                w.Status.Phase = "Scaled";
                // tell all
                await c.CustomObjects.{|HARV1001:ReplaceNamespacedCustomObjectAsync|}(w, "example.io", "v1", "ns", "widgets", "n"); // once
                w.Status.Phase = "Told";
            }
        """,
        """
            async Task M(IKubernetes c, Widget w)
            {
                w.Spec.Replicas = 3;
                w.Status.Phase = "Scaled";
                // tell all
                var wStatus = w.Status;
                w = await c.CustomObjects.{|HARV1010-info:ReplaceNamespacedCustomObjectAsync|}<Widget>(w, "example.io", "v1", "ns", "widgets", "n");
                w.Status = wStatus;
                await c.CustomObjects.ReplaceNamespacedCustomObjectStatusAsync(w, "example.io", "v1", "ns", "widgets", "n"); // once
                w.Status.Phase = "Told";
            }
        """,
        "harvester_analyzers.status_subresource = present",
        ("void M(IKubernetes c, V1Node n) { n.Status.Phase = \"x\"; c.CoreV1.{|HARV1001:ReplaceNode|}(n, \"n\"); }", "void M(IKubernetes c, V1Node n) { n.Status.Phase = \"x\"; c.CoreV1.ReplaceNodeStatus(n, \"n\"); }"));

    [Fact]
    public Task Two_calls_twice_in_one_method_and_a_result() => Verify(
        """
            async Task<V1Deployment> M(IKubernetes c, V1Deployment d, bool twice)
            {
                d.Spec.Replicas = 3;
                d.Status.ReadyReplicas = 0;
                if (twice)
                {
                    d = await c.AppsV1.{|HARV1001:ReplaceNamespacedDeploymentAsync|}(d, "n", "ns").ConfigureAwait(false);
                    d.SetLabel("a", "b");
                    d.Status.ReadyReplicas = 1;
                }

                return await c.AppsV1.{|HARV1001:ReplaceNamespacedDeploymentAsync|}(d, "n", "ns");
            }
        """,
        """
            async Task<V1Deployment> M(IKubernetes c, V1Deployment d, bool twice)
            {
                d.Spec.Replicas = 3;
                d.Status.ReadyReplicas = 0;
                if (twice)
                {
                    var dStatus = d.Status;
                    d = await c.AppsV1.{|HARV1010-info:ReplaceNamespacedDeploymentAsync|}(d, "n", "ns").ConfigureAwait(false);
                    d.Status = dStatus;
                    d = await c.AppsV1.ReplaceNamespacedDeploymentStatusAsync(d, "n", "ns").ConfigureAwait(false);
                    d.SetLabel("a", "b");
                    d.Status.ReadyReplicas = 1;
                }

                var dStatus2 = d.Status;
                d = await c.AppsV1.{|HARV1010-info:ReplaceNamespacedDeploymentAsync|}(d, "n", "ns");
                d.Status = dStatus2;
                return await c.AppsV1.ReplaceNamespacedDeploymentStatusAsync(d, "n", "ns");
            }
        """);

    [Fact]
    public Task Not_where_the_subresource_is_not_known_or_the_client_has_no_status_call() => Verify(
        """
            async Task M(IKubernetes c, GenericClient g, Widget w, V1Node n)
            {
                w.Status.Phase = "Done";
                await c.CustomObjects.{|HARV1001:ReplaceNamespacedCustomObjectAsync|}(w, "example.io", "v1", "ns", "widgets", "n");
                n.Status.Phase = "x";
                await g.{|HARV1001:ReplaceAsync|}(n, "n");
            }
        """,
        null);

    [Fact]
    public Task Not_where_two_calls_do_not_fit() => Verify(
        """
            Task M(IKubernetes c, V1Deployment d)
            {
                d.Spec.Replicas = 3;
                d.Status.ReadyReplicas = 0;
                return c.AppsV1.{|HARV1001:ReplaceNamespacedDeploymentAsync|}(d, "n", "ns");
            }
        """,
        null);

}
