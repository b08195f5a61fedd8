using Harvester.Analyzers.Tests.Verification;
using Harvester.Analyzers.Writes;

namespace Harvester.Analyzers.Tests.Writes;

/// <summary>HARV1001.</summary>
public class StatusSentToMainTests
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
    public Task A_status_member_set_before_a_put() => Verify("""
        async Task M(IKubernetes c, Widget w)
        {
            w.Status.Phase = "Running";
            await c.CustomObjects.{|HARV1001:ReplaceNamespacedCustomObjectAsync|}(w, "example.io", "v1", "ns", "widgets", "n");
        }
        """);

    [Fact]
    public Task A_built_in_kind_by_typed_client_sync_and_with_envelope() => Verify("""
        async Task M(IKubernetes c)
        {
            var d = await c.AppsV1.ReadNamespacedDeploymentAsync("n", "ns");
            d.Status.Conditions.Add(new V1DeploymentCondition());
            await c.AppsV1.{|HARV1001:ReplaceNamespacedDeploymentAsync|}(d, "n", "ns");
            c.AppsV1.{|HARV1001:ReplaceNamespacedDeployment|}(d, "n", "ns");
            using var _ = await c.AppsV1.{|HARV1001:ReplaceNamespacedDeploymentWithHttpMessagesAsync|}(d, "n", "ns");
        }
        """);

    [Fact]
    public Task By_the_client_sets() => Verify("""
        async Task M(k8s.ClientSets.ClientSet c)
        {
            var p = await c.CoreV1.Pod.GetAsync("n", "ns");
            p.Status.Phase = "Failed";
            await c.CoreV1.Pod.{|HARV1001:UpdateAsync|}(p, "n", "ns");
        }
        """);

    [Fact]
    public Task By_the_generic_client_on_one_path_only() => Verify("""
        async Task M(GenericClient c, bool failed)
        {
            var w = await c.ReadNamespacedAsync<Widget>("ns", "n");
            w.Spec.Replicas = 1;
            if (failed) { w.Status = new WidgetStatus { Phase = "Failed" }; }
            await c.{|HARV1001:ReplaceNamespacedAsync|}(w, "ns", "n");
        }
        """);

    [Fact]
    public Task Through_a_wrapper() => Verify("""
        async Task M(GenericClient c)
        {
            var w = await c.ReadNamespacedAsync<Widget>("ns", "n");
            w.Status.Phase = "Done";
            await {|HARV1001:Save|}(c, w);
        }

        static Task Save<T>(GenericClient c, T x) where T : class, IKubernetesObject<V1ObjectMeta> => c.ReplaceNamespacedAsync(x, "ns", x.Name());
        """);

    [Fact]
    public Task In_the_json_of_a_custom_resource() => Verify("""
        async Task M(IKubernetes c)
        {
            var live = await c.CustomObjects.GetNamespacedCustomObjectAsync("example.io", "v1", "ns", "widgets", "n");
            var json = JsonSerializer.SerializeToNode(live).AsObject();
            json["status"]["phase"] = "Done";
            await c.CustomObjects.{|HARV1001:ReplaceNamespacedCustomObjectAsync|}(json, "example.io", "v1", "ns", "widgets", "n");
        }
        """);

    [Fact]
    public Task In_the_other_branch_the_status_call_does_not_help() => Verify("""
        async Task M(IKubernetes c, Widget w, bool whole)
        {
            w.Status.Phase = "Done";
            if (whole) { await c.CustomObjects.{|HARV1001:ReplaceNamespacedCustomObjectAsync|}(w, "example.io", "v1", "ns", "widgets", "n"); }
            else { await c.CustomObjects.ReplaceNamespacedCustomObjectStatusAsync(w, "example.io", "v1", "ns", "widgets", "n"); }
        }
        """);

    [Fact]
    public Task Not_where_the_status_is_sent_later() => Verify("""
        async Task M(IKubernetes c, V1Deployment d, string ns)
        {
            d.Status.ObservedGeneration = d.Metadata.Generation;
            var wanted = d.Status;
            d = await c.AppsV1.{|HARV1010-info:ReplaceNamespacedDeploymentAsync|}(d, d.Name(), ns);
            d.Status = wanted;
            await c.AppsV1.ReplaceNamespacedDeploymentStatusAsync(d, d.Name(), ns);
        }
        """);

    [Fact]
    public Task Not_where_the_status_is_patched_later() => Verify("""
        async Task M(IKubernetes c, Widget w)
        {
            w.Status.Phase = "Done";
            w.Spec.Replicas = 1;
            await c.CustomObjects.{|HARV1010:ReplaceNamespacedCustomObjectAsync|}(w, "example.io", "v1", "ns", "widgets", "n");
            await c.CustomObjects.PatchNamespacedCustomObjectStatusAsync(new V1Patch(new { status = new { phase = "Done" } }, V1Patch.PatchType.MergePatch), "example.io", "v1", "ns", "widgets", "n");
        }
        """);

    [Fact]
    public Task Not_for_other_subresources() => Verify("""
        async Task M(IKubernetes c, V1CertificateSigningRequest csr, V1Scale scale)
        {
            csr.Status.Conditions.Add(new V1CertificateSigningRequestCondition());
            await c.CertificatesV1.ReplaceCertificateSigningRequestApprovalAsync(csr, csr.Name());
            scale.Status.Replicas = 3;
            await c.AppsV1.ReplaceNamespacedDeploymentScaleAsync(scale, "n", "ns");
        }
        """);

    [Fact]
    public Task Not_for_the_status_call_itself() => Verify("""
        async Task M(IKubernetes c, Widget w)
        {
            w.Status.Phase = "Running";
            await c.CustomObjects.ReplaceNamespacedCustomObjectStatusAsync(w, "example.io", "v1", "ns", "widgets", "n");
        }
        """);

    [Fact]
    public Task Not_in_a_status_writer() => Verify("""
        [StatusWriter]
        async Task M(IKubernetes c, Widget w)
        {
            w.Status.Phase = "Running";
            await c.CustomObjects.ReplaceNamespacedCustomObjectAsync(w, "example.io", "v1", "ns", "widgets", "n");
        }

        class StatusWriterAttribute : Attribute;
        """);

    [Fact]
    public Task An_error_in_strict() => Verify(
        """
        async Task M(IKubernetes c, Widget w)
        {
            w.Status.Phase = "Running";
            await c.CustomObjects.{|HARV1001-error:ReplaceNamespacedCustomObjectAsync|}(w, "example.io", "v1", "ns", "widgets", "n");
        }
        """,
        "Strict");
}
