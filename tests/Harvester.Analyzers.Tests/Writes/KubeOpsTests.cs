using Harvester.Analyzers.CodeFixes;
using Harvester.Analyzers.Tests.Verification;
using Harvester.Analyzers.Writes;

namespace Harvester.Analyzers.Tests.Writes;

/// <summary>The rules about writes over KubeOps' client in its generations, and over Neon's extensions.</summary>
public class KubeOpsTests
{
    private static string Stub(string name) =>
        File.ReadAllText(RepositoryRoot.At("tests", "Harvester.Analyzers.Tests", "Stubs", name + ".cs")).Insert(0, "#nullable enable\n");

    private static Task Verify(string body, string stub = "KubeOps.KubernetesClient") => Snippets<WriteAnalyzer>.Verify(
        $$"""
        using {{stub}};

        class C
        {
            {{body}}
        }
        """,
        "Default",
        Stub(stub));

    [Fact]
    public Task Status_sent_to_the_main_resource() => Verify("""
        async Task M(IKubernetesClient c, Widget w, V1Deployment d)
        {
            w.Status.Phase = "Done";
            await c.{|HARV1001:UpdateAsync|}(w);
            d.Status.ReadyReplicas = 1;
            await c.{|HARV1001:UpdateAsync|}<V1Deployment>(d);
            c.{|HARV1001:Update|}(w);
            await c.{|HARV1001:SaveAsync|}(w);
        }
        """);

    [Fact]
    public Task Changes_that_the_status_call_drops() => Verify("""
        async Task M(IKubernetesClient c, Widget w)
        {
            w.Metadata.Finalizers.Add("example.io/f");
            w.Status.Phase = "Done";
            await c.{|HARV1005:UpdateStatusAsync|}(w);
        }

        async Task N(IKubernetesClient c, Widget w)
        {
            w.Metadata.Finalizers.Add("example.io/f");
            w = await c.{|HARV1002:UpdateAsync|}(w);
            w.Status.Phase = "Done";
            await c.UpdateStatusAsync(w);
        }
        """);

    [Fact]
    public Task Many_objects_at_once() => Verify("""
        async Task M(IKubernetesClient c, Widget a, Widget b)
        {
            a.Status.Phase = "Done";
            await c.{|HARV1001:UpdateAsync|}(new[] { a, b });
            await c.{|HARV1001:UpdateAsync|}([a, b]);
            await c.{|HARV1001:UpdateAsync|}(a, b);
        }

        async Task N(IKubernetesClient c)
        {
            var all = await c.ListAsync<Widget>("ns");
            foreach (var w in all) { w.Status.Phase = "Done"; }
            await c.{|HARV1001:UpdateAsync|}(all);
        }

        async Task Data(IKubernetesClient c, V1ConfigMap a, V1ConfigMap b) { a.Data["x"] = "y"; await c.UpdateAsync([a, b]); }
        """);

    [Fact]
    public Task Fresh_objects() => Verify("""
        async Task M(IKubernetesClient c, Widget owner)
        {
            await c.{|HARV1003:UpdateAsync|}(new V1Deployment { Metadata = new() { Name = owner.Name() } });
            await c.{|HARV1011:SaveAsync|}(new Widget { Metadata = new() { Name = owner.Name() } });
            await c.SaveAsync(new V1Secret { Metadata = new() { Name = owner.Name() } });
            await c.CreateAsync(new V1Secret { Metadata = new() { Name = owner.Name() } });
        }
        """);

    [Fact]
    public Task Versions_and_stripped_statuses() => Verify("""
        async Task M(IKubernetesClient c, Widget w)
        {
            var live = await c.GetAsync<Widget>("n", "ns");
            w.Metadata.ResourceVersion = live.Metadata.ResourceVersion;
            await c.{|HARV1011:UpdateAsync|}(w);
        }

        async Task N(IKubernetesClient c)
        {
            var w = await c.GetAsync<Widget>("n", "ns");
            w.Status = null;
            await c.{|HARV1004:UpdateAsync|}(w);
        }
        """);

    [Fact]
    public Task The_first_generation() => Verify(
        """
        async Task M(IKubernetesClient c, Widget w)
        {
            w.Status.Phase = "Done";
            await c.{|HARV1001:Update|}(w);
        }

        async Task N(IKubernetesClient c, Widget w)
        {
            w.Spec.Replicas = 1;
            await c.{|HARV1005:UpdateStatus|}(w);
        }
        """,
        "DotnetKubernetesClient");

    [Fact]
    public Task A_namesake_is_not_the_client() => Snippets<WriteAnalyzer>.Verify("""
        interface IKubernetesClient { Task UpdateAsync<T>(T entity); Task<T> GetAsync<T>(string name); Task UpdateStatusAsync<T>(T entity); }

        class C
        {
            async Task M(IKubernetesClient c, Widget w)
            {
                w.Status.Phase = "Done";
                await c.UpdateAsync(w);
                w.Spec.Replicas = 1;
                await c.UpdateStatusAsync(w);
            }
        }
        """);

    [Fact]
    public Task The_status_call_is_offered_where_the_subresource_is_known() => Fixes<WriteAnalyzer, StatusCallFix>.Verify(
        """
        using KubeOps.KubernetesClient;

        class C
        {
            async Task M(IKubernetesClient c, V1Deployment d, V1Deployment e, Widget w, CancellationToken ct)
            {
                d.Status.ReadyReplicas = 1;
                await c.{|HARV1001:UpdateAsync|}(d, ct);
                w.Spec.Replicas = 1;
                w.Status.Phase = "Done";
                w = await c.{|HARV1001:UpdateAsync|}<Widget>(w, cancellationToken: ct);
                e.Status.ReadyReplicas = 1;
                c.{|HARV1001:Save|}(e);
            }
        }
        """,
        """
        using KubeOps.KubernetesClient;

        class C
        {
            async Task M(IKubernetesClient c, V1Deployment d, V1Deployment e, Widget w, CancellationToken ct)
            {
                d.Status.ReadyReplicas = 1;
                await c.UpdateStatusAsync(d, ct);
                w.Spec.Replicas = 1;
                w.Status.Phase = "Done";
                var wStatus = w.Status;
                w = await c.{|HARV1010-info:UpdateAsync|}<Widget>(w, cancellationToken: ct);
                w.Status = wStatus;
                w = await c.UpdateStatusAsync<Widget>(w, cancellationToken: ct);
                e.Status.ReadyReplicas = 1;
                c.UpdateStatus(e);
            }
        }
        """,
        "harvester_analyzers.status_subresource = present",
        (Stub("KubeOps.KubernetesClient"), Stub("KubeOps.KubernetesClient")));
}
