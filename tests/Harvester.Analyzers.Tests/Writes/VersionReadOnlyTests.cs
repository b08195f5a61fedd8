using Harvester.Analyzers.Tests.Verification;
using Harvester.Analyzers.Writes;

namespace Harvester.Analyzers.Tests.Writes;

/// <summary>HARV1011.</summary>
public class VersionReadOnlyTests
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
    public Task A_version_read_for_the_put() => Verify("""
        async Task M(GenericClient c, Widget w)
        {
            w.Metadata.ResourceVersion = (await c.ReadNamespacedAsync<Widget>("ns", "n")).Metadata.ResourceVersion;
            await c.{|HARV1011:ReplaceNamespacedAsync|}(w, "ns", "n");
        }
        """);

    [Fact]
    public Task Through_locals_and_the_clients_helper() => Verify("""
        async Task M(IKubernetes c, Widget w)
        {
            var live = await c.CustomObjects.GetNamespacedCustomObjectAsync<Widget>("example.io", "v1", "ns", "widgets", "n");
            var version = live.ResourceVersion();
            w.Metadata.ResourceVersion = version;
            await c.CustomObjects.{|HARV1011:ReplaceNamespacedCustomObjectAsync|}(w, "example.io", "v1", "ns", "widgets", "n");
        }
        """);

    [Fact]
    public Task A_built_in_kind_by_the_typed_client() => Verify("""
        void M(IKubernetes c, V1Deployment d)
        {
            var live = c.AppsV1.ReadNamespacedDeployment("n", "ns");
            if (live is null) { return; }
            d.Metadata.ResourceVersion = live.Metadata.ResourceVersion;
            c.AppsV1.{|HARV1011:ReplaceNamespacedDeployment|}(d, "n", "ns");
        }
        """);

    [Fact]
    public Task A_helper_reads_the_version_or_the_object() => Verify("""
        async Task M(IKubernetes c, V1Deployment d)
        {
            d.Metadata.ResourceVersion = await VersionOf(c, "n");
            await c.AppsV1.{|HARV1011:ReplaceNamespacedDeploymentAsync|}(d, "n", "ns");
        }

        async Task N(IKubernetes c, V1Deployment d)
        {
            d.Metadata.ResourceVersion = (await Find(c, "n")).Metadata.ResourceVersion;
            await c.AppsV1.{|HARV1011:ReplaceNamespacedDeploymentAsync|}(d, "n", "ns");
        }

        static async Task<string> VersionOf(IKubernetes c, string n) => (await Find(c, n)).Metadata.ResourceVersion;
        static Task<V1Deployment> Find(IKubernetes c, string n) => c.AppsV1.ReadNamespacedDeploymentAsync(n, "ns");
        """);

    [Fact]
    public Task After_a_conflict() => Verify("""
        async Task M(GenericClient c, Widget w)
        {
            for (var i = 0; i < 3; i++)
            {
                try { await c.{|HARV1011:ReplaceNamespacedAsync|}(w, "ns", "n"); return; }
                catch (HttpOperationException)
                {
                    var live = await c.ReadNamespacedAsync<Widget>("ns", "n");
                    w.Metadata.ResourceVersion = live.Metadata.ResourceVersion;
                }
            }
        }
        """);

    [Fact]
    public Task A_generic_upsert() => Verify("""
        async Task Upsert<T>(GenericClient c, T x) where T : class, IKubernetesObject<V1ObjectMeta>
        {
            try
            {
                var live = await c.ReadNamespacedAsync<T>("ns", x.Name());
                x.Metadata.Uid = live.Metadata.Uid;
                x.Metadata.ResourceVersion = live.Metadata.ResourceVersion;
            }
            catch (HttpOperationException) { await c.CreateNamespacedAsync(x, "ns"); return; }

            await c.{|HARV1011:ReplaceNamespacedAsync|}(x, "ns", x.Name());
        }
        """);

    [Fact]
    public Task A_fresh_custom_resource_loses_the_status() => Verify("""
        async Task M(GenericClient c)
        {
            var live = await c.ReadNamespacedAsync<Widget>("ns", "n");
            var w = new Widget { Metadata = new() { Name = "n", ResourceVersion = live.Metadata.ResourceVersion } };
            await c.{|HARV1011:ReplaceNamespacedAsync|}(w, "ns", "n");
        }
        """);

    [Fact]
    public Task Not_where_a_controller_builds_what_has_no_status() => Verify("""
        async Task M(IKubernetes c)
        {
            var live = await c.CoreV1.ReadNamespacedConfigMapAsync("n", "ns");
            var m = new V1ConfigMap { Metadata = new() { Name = "n", ResourceVersion = live.Metadata.ResourceVersion } };
            await c.CoreV1.ReplaceNamespacedConfigMapAsync(m, "n", "ns");
        }
        """);

    [Fact]
    public Task Not_where_the_server_keeps_the_status_of_a_fresh_child() => Verify("""
        async Task M(IKubernetes c)
        {
            var live = await c.CoreV1.ReadNamespacedServiceAsync("n", "ns");
            var s = new V1Service { Metadata = new() { Name = "n", ResourceVersion = live.Metadata.ResourceVersion } };
            await c.CoreV1.ReplaceNamespacedServiceAsync(s, "n", "ns");
        }
        """);

    [Fact]
    public Task Not_where_the_object_read_is_the_one_sent() => Verify("""
        async Task M(GenericClient c)
        {
            var w = await c.ReadNamespacedAsync<Widget>("ns", "n");
            w.Metadata.ResourceVersion = w.Metadata.ResourceVersion;
            w.Spec.Replicas = 3;
            await c.{|HARV1010:ReplaceNamespacedAsync|}(w, "ns", "n");
        }
        """);

    [Fact]
    public Task Not_where_the_object_read_decides() => Verify("""
        async Task M(GenericClient c, Widget w)
        {
            var live = await c.ReadNamespacedAsync<Widget>("ns", "n");
            if (live.Spec.Image == w.Spec.Image) { return; }
            w.Metadata.ResourceVersion = live.Metadata.ResourceVersion;
            await c.{|HARV1010:ReplaceNamespacedAsync|}(w, "ns", "n");
        }
        """);
}
