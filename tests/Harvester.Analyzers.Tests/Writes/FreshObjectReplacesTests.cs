using Harvester.Analyzers.Tests.Verification;
using Harvester.Analyzers.Writes;

namespace Harvester.Analyzers.Tests.Writes;

/// <summary>HARV1003.</summary>
public class FreshObjectReplacesTests
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
    public Task A_deployment_built_here() => Verify("""
        async Task M(IKubernetes c)
        {
            var d = new V1Deployment { Metadata = new() { Name = "n" }, Spec = new V1DeploymentSpec() };
            await c.AppsV1.{|HARV1003:ReplaceNamespacedDeploymentAsync|}(d, "n", "ns");
        }
        """);

    [Fact]
    public Task In_the_call_itself() => Verify("""
        async Task M(GenericClient c) =>
            await c.{|HARV1003:ReplaceNamespacedAsync|}(new Widget { Metadata = new V1ObjectMeta { Name = "n" } }, "ns", "n");
        """);

    [Fact]
    public Task Built_by_a_method() => Verify("""
        void M(IKubernetes c, Widget owner) => c.AppsV1.{|HARV1003:ReplaceNamespacedStatefulSet|}(Build(owner), "n", "ns");

        static V1StatefulSet Build(Widget owner) => new() { Metadata = new() { Name = owner.Name() } };
        """);

    [Fact]
    public Task From_a_manifest_by_the_client_sets() => Verify("""
        async Task M(k8s.ClientSets.ClientSet c, string yaml)
        {
            var d = KubernetesYaml.Deserialize<V1Deployment>(yaml);
            await c.AppsV1.Deployment.{|HARV1003:UpdateAsync|}(d, "n", "ns");
        }
        """);

    [Fact]
    public Task From_a_file() => Verify("""
        async Task M(IKubernetes c)
        {
            var s = await KubernetesYaml.LoadFromFileAsync<V1Service>("x");
            await c.CoreV1.{|HARV1003:ReplaceNamespacedServiceAsync|}(s, "n", "ns");
        }
        """);

    [Fact]
    public Task Through_a_wrapper() => Verify("""
        Task M(IKubernetes c) => {|HARV1003:Put|}(c, new V1ConfigMap { Metadata = new() { Name = "n" } });

        static Task Put(IKubernetes c, V1ConfigMap m) => c.CoreV1.ReplaceNamespacedConfigMapAsync(m, m.Name(), "ns");
        """);

    [Fact]
    public Task On_one_path_without_version() => Verify("""
        async Task M(GenericClient c, Widget live, bool keep)
        {
            var w = new Widget { Metadata = new() { Name = "n" } };
            if (keep) { w.Metadata.ResourceVersion = live.Metadata.ResourceVersion; }
            await c.{|HARV1003:ReplaceNamespacedAsync|}(w, "ns", "n");
        }
        """);

    [Fact]
    public Task A_copy_of_what_was_built_here() => Verify("""
        async Task M(IKubernetes c)
        {
            var one = new V1Deployment { Metadata = new() { Name = "n" } };
            var two = one with { Spec = new V1DeploymentSpec() };
            await c.AppsV1.{|HARV1003:ReplaceNamespacedDeploymentAsync|}(two, "n", "ns");
        }
        """);

    [Fact]
    public Task Not_with_the_version_of_the_stored_one() => Verify("""
        async Task M(IKubernetes c, V1Deployment live)
        {
            var d = new V1Deployment { Metadata = new() { Name = "n", ResourceVersion = live.Metadata.ResourceVersion }, Spec = live.Spec };
            await c.AppsV1.ReplaceNamespacedDeploymentAsync(d, "n", "ns");
        }
        """);

    [Fact]
    public Task Not_with_a_version_given_behind_a_null_test() => Verify("""
        async Task M(IKubernetes c, V1Deployment live, string ns)
        {
            var body = new V1Deployment { Metadata = new() { Name = "a" }, Spec = live.Spec };
            if (live.Metadata.ResourceVersion is { } rv) body.Metadata.ResourceVersion = rv;
            await c.AppsV1.ReplaceNamespacedDeploymentAsync(body, "a", ns);
        }
        """);

    [Fact]
    public Task Not_with_the_metadata_of_the_stored_one_or_metadata_made_elsewhere() => Verify("""
        async Task M(IKubernetes c, V1Deployment live, V1ObjectMeta meta, Func<V1ObjectMeta> make)
        {
            await c.AppsV1.ReplaceNamespacedDeploymentAsync(new V1Deployment { Metadata = live.Metadata, Spec = live.Spec }, "a", "ns");
            await c.AppsV1.ReplaceNamespacedDeploymentAsync(new V1Deployment { Metadata = meta }, "a", "ns");
            await c.AppsV1.ReplaceNamespacedDeploymentAsync(new V1Deployment { Metadata = make() }, "a", "ns");
        }
        """);

    [Fact]
    public Task Not_for_create_or_replace() => Verify("""
        async Task M(IKubernetes c)
        {
            var d = new V1Deployment { Metadata = new() { Name = "n" } };
            try { await c.AppsV1.CreateNamespacedDeploymentAsync(d, "ns"); }
            catch (HttpOperationException e) when (e.Response.StatusCode == HttpStatusCode.Conflict) { await c.AppsV1.ReplaceNamespacedDeploymentAsync(d, "n", "ns"); }
        }
        """);

    [Fact]
    public Task Not_after_a_builder_that_cannot_be_seen() => Verify("""
        async Task M(IKubernetes c, Func<V1Deployment, V1Deployment> prepare)
        {
            var d = prepare(new V1Deployment { Metadata = new() { Name = "n" } });
            await c.AppsV1.ReplaceNamespacedDeploymentAsync(d, "n", "ns");
        }
        """);

    [Fact]
    public Task Not_for_other_subresources() => Verify("""
        async Task M(IKubernetes c)
        {
            await c.AppsV1.ReplaceNamespacedDeploymentScaleAsync(new V1Scale { Spec = new() { Replicas = 3 } }, "n", "ns");
            await c.CoreV1.ReplaceNamespacedPodEphemeralcontainersAsync(new V1Pod(), "p", "ns");
        }
        """);

    [Fact]
    public Task Not_where_a_wrapper_gives_the_version() => Verify("""
        Task M(IKubernetes c) => Put(c, new V1ConfigMap { Metadata = new() { Name = "n" }, Data = new Dictionary<string, string>() });

        static async Task Put(IKubernetes c, V1ConfigMap m)
        {
            var live = await c.CoreV1.ReadNamespacedConfigMapAsync(m.Name(), "ns");
            if (live.Data.Count == m.Data.Count) { return; }
            m.Metadata.ResourceVersion = live.Metadata.ResourceVersion;
            await c.CoreV1.ReplaceNamespacedConfigMapAsync(m, m.Name(), "ns");
        }
        """);
}
