using Harvester.Analyzers.Tests.Verification;
using Harvester.Analyzers.Writes;

namespace Harvester.Analyzers.Tests.Writes;

/// <summary>Writes through the user's own methods and classes, and through code of a library that cannot be looked into.</summary>
public class WrapperTests
{
    private const string Client = "c.CustomObjects.ReplaceNamespacedCustomObjectAsync(x, \"example.io\", \"v1\", \"ns\", \"widgets\", x.Metadata.Name)";

    [Fact]
    public Task Private_method_all_of_whose_calls_change_metadata_alone() => Verify($$"""
        class Finalizers<T>(IKubernetes c) where T : IKubernetesObject<V1ObjectMeta>
        {
            public async Task Add(T x) { x.Metadata.EnsureFinalizers().Add("f"); await {|HARV1002-info:Put|}(x); }

            public async Task Remove(T x) { x.Metadata.Finalizers.Remove("f"); await {|HARV1002-info:Put|}(x); }

            private Task Put(T x) => {{Client.Replace("ReplaceNamespacedCustomObjectAsync", "{|HARV1002-info:ReplaceNamespacedCustomObjectAsync|}", StringComparison.Ordinal)}};
        }
        """);

    [Fact]
    public Task Private_method_one_of_whose_calls_does_not() => Verify($$"""
        class Finalizers<T>(IKubernetes c) where T : IKubernetesObject<V1ObjectMeta>
        {
            public async Task Add(T x) { x.Metadata.EnsureFinalizers().Add("f"); await {|HARV1002-info:Put|}(x); }

            public async Task Save(T x) => await Put(x);

            private Task Put(T x) => {{Client}};
        }
        """);

    [Fact]
    public Task Framework_that_hands_any_kind_to_its_users() => Verify($$"""
        abstract class Controller<T> { public virtual Task Changed(T x) => Task.CompletedTask; }

        class Loop<T>(IKubernetes c, Controller<T> controller) where T : IKubernetesObject<V1ObjectMeta>
        {
            public async Task Handle(T x)
            {
                await controller.Changed(x);
                await {|HARV1010:Put|}(x);
            }

            private Task Put(T x) => {{Client}};
        }
        """);

    [Fact]
    public Task Framework_that_only_passes_it_on() => Verify($$"""
        class Loop<T>(IKubernetes c) where T : IKubernetesObject<V1ObjectMeta>
        {
            public Task Put(T x) => {{Client}};
        }
        """);

    [Fact]
    public Task Generic_class_whose_users_say_the_kind() => Verify("""
        interface IRepository<T> { Task<T> Get(string name); Task Put(T x); }

        class Repository<T>(GenericClient g) : IRepository<T> where T : class, IKubernetesObject<V1ObjectMeta>
        {
            public Task<T> Get(string name) => g.ReadNamespacedAsync<T>("ns", name);

            public Task Put(T x) => g.ReplaceNamespacedAsync(x, "ns", x.Name());
        }

        class Users
        {
            async Task Status(Repository<Widget> r) { var w = await r.Get("n"); w.Status.Phase = "x"; await r.{|HARV1001:Put|}(w); }

            async Task Label(IRepository<Widget> r) { var w = await r.Get("n"); w.SetLabel("a", "b"); await r.{|HARV1002:Put|}(w); }

            async Task Data(Repository<V1ConfigMap> r) { var m = await r.Get("n"); m.Data["a"] = "b"; await r.Put(m); }
        }
        """);

    [Fact]
    public Task Private_method_that_sends_what_its_callers_made() => Verify($$"""
        class Owner(IKubernetes c)
        {
            public async Task Copy(Widget live) => await Put(new Widget { Metadata = new() { Name = "n", ResourceVersion = live.Metadata.ResourceVersion } });

            private Task Put(Widget x) => {{Client}};
        }

        class Other(IKubernetes c)
        {
            public async Task Copy(GenericClient g) => await {|HARV1010:Put|}(await g.ReadAsync<Widget>("n"));

            private Task Put(Widget x) => {{Client}};
        }
        """);

    [Fact]
    public Task Expectations_on_a_substitute() => Snippets<WriteAnalyzer>.Verify(
        """
        using NSubstitute;

        class Checks
        {
            async Task M(IKubernetes c, Widget w)
            {
                w.Status.Phase = "x";
                await c.CustomObjects.Received(1).ReplaceNamespacedCustomObjectWithHttpMessagesAsync(w, "g", "v", "ns", "ps", "n");
                c.CustomObjects.ReplaceNamespacedCustomObjectWithHttpMessagesAsync(w, "g", "v", "ns", "ps", "n").Returns(default(HttpOperationResponse<object>));
            }
        }
        """,
        "Default",
        "namespace NSubstitute { public static class Extensions { public static T Received<T>(this T substitute, int calls) => substitute; public static void Returns<T>(this Task<T> call, T value) { } } }");

    [Fact]
    public Task Test_of_a_framework_that_does_not_bind() => Verify("""
        class FactAttribute : Attribute;

        class Tests
        {
            [Fact]
            public async Task Sends_it_back(IKubernetes c)
            {
                var n = await c.CoreV1.ReadNodeAsync("n");
                n.Spec.Unschedulable = true;
                await c.CoreV1.ReplaceNodeAsync(n, "n");
            }
        }
        """);

    [Fact]
    public Task Helper_of_tests() => Verify("""
        namespace Contoso.Operator.Tests
        {
            class Cluster(IKubernetes c)
            {
                public async Task Cordon()
                {
                    var n = await c.CoreV1.ReadNodeAsync("n");
                    n.Spec.Unschedulable = true;
                    await c.CoreV1.ReplaceNodeAsync(n, "n");
                }
            }
        }
        """);

    [Fact]
    public Task Plain_data_has_nothing_to_lose() => Verify("""
        class Owner
        {
            public async Task Move(IKubernetes c)
            {
                var s = await c.CoreV1.ReadNamespacedSecretAsync("s", "ns");
                s.SetLabel("a", "b");
                await c.CoreV1.ReplaceNamespacedSecretAsync(s, "s", "ns");
            }
        }
        """);

    private static Task Verify(string source) => Snippets<WriteAnalyzer>.Verify(source);
}
