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
