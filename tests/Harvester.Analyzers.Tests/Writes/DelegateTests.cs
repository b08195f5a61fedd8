using Harvester.Analyzers.Tests.Verification;
using Harvester.Analyzers.Writes;

namespace Harvester.Analyzers.Tests.Writes;

/// <summary>Lambdas, local functions and methods as values: they run where they are called.</summary>
public class DelegateTests
{
    private const string Retry = """
        static class Retrying
        {
            public static async Task<T> UpdateAsync<T>(this GenericClient c, string name, Action<T> change) where T : class, IKubernetesObject<V1ObjectMeta>
            {
                for (var attempt = 0; ; attempt++)
                {
                    var x = await c.ReadNamespacedAsync<T>("ns", name);
                    change(x);
                    try { return await c.ReplaceNamespacedAsync(x, "ns", name); }
                    catch (HttpOperationException e) when (e.Response.StatusCode == HttpStatusCode.Conflict && attempt < 3) { /* read again */ }
                }
            }
        }
        """;

    [Fact]
    public Task A_retry_helper_of_ones_own_that_takes_the_change() => Verify("""
        async Task Status(GenericClient c) => await c.{|HARV1001:UpdateAsync|}<Widget>("n", w => w.Status.Phase = "x");

        async Task Label(GenericClient c) => await c.{|HARV1002:UpdateAsync|}<Widget>("n", w => w.SetLabel("a", "b"));

        async Task Spec(GenericClient c) => await c.{|HARV1010:UpdateAsync|}<Widget>("n", w => w.Spec.Replicas = 1);

        async Task Strip(GenericClient c) => await c.{|HARV1004:UpdateAsync|}<Widget>("n", Stripped);

        async Task Data(GenericClient c) => await c.UpdateAsync<V1ConfigMap>("n", m => m.Data["a"] = "b");

        static void Stripped(Widget w) => w.Status = null;
        """);

    [Theory]
    [InlineData("Func<T, Task> change", "await change(x);", "async w => { await Task.Yield(); w.Status.Phase = \"x\"; }", "HARV1001")]
    [InlineData("Func<T, T> change", "x = change(x);", "w => { w.Status = null; return w; }", "HARV1004")]
    [InlineData("Func<T, bool> change", "if (!change(x)) { return; }", "w => w.Metadata.Labels.TryAdd(\"a\", \"b\")", "HARV1002")]
    [InlineData("Action<T> change = null", "change?.Invoke(x);", "w => w.Spec.Replicas = 1", "HARV1010")]
    public Task A_helper_that_calls_its_delegate(string parameter, string call, string change, string rule) => Verify($$"""
        static async Task Change<T>(GenericClient c, {{parameter}}) where T : class, IKubernetesObject<V1ObjectMeta>
        {
            var x = await c.ReadNamespacedAsync<T>("ns", "n");
            {{call}}
            await c.ReplaceNamespacedAsync(x, "ns", "n");
        }

        Task M(GenericClient c) => {|{{rule}}:Change|}<Widget>(c, {{change}});
        """);

    [Fact]
    public Task A_delegate_in_a_local() => Verify("""
        async Task Put(GenericClient c, Widget w)
        {
            Func<Widget, Task> put = x => c.{|HARV1001:ReplaceNamespacedAsync|}(x, "ns", "n");
            w.Status.Phase = "x";
            await put(w);
        }

        async Task Later(GenericClient c, Widget w)
        {
            Func<Task> later = async () => { w.Status.Phase = "x"; await c.{|HARV1001:ReplaceNamespacedAsync|}(w, "ns", "n"); };
            await later();
        }

        async Task Elsewhere(GenericClient c, Widget w)
        {
            Func<Task> later = async () => { w.SetLabel("a", "b"); await c.{|HARV1002:ReplaceNamespacedAsync|}(w, "ns", "n"); };
            await Task.Run(later);
        }
        """);

    [Fact]
    public Task A_delegate_that_calls_itself_or_is_not_called() => Verify("""
        void Again(GenericClient c, Widget w)
        {
            Func<int, Task> again = null;
            again = async n => { w.Spec.Replicas = n; await c.{|HARV1010:ReplaceNamespacedAsync|}(w, "ns", "n"); await again(n - 1); };
            again(3);
        }

        Action<Widget> Never(GenericClient c) => w => { w.Status.Phase = "x"; c.{|HARV1001:ReplaceNamespacedAsync|}(w, "ns", "n"); };
        """);

    [Fact]
    public Task A_helper_that_passes_the_delegate_on() => Verify("""
        async Task M(GenericClient c, Widget w) => await Twice(() => c.{|HARV1002:ReplaceNamespacedAsync|}(Tagged(w), "ns", "n"));

        static Task Twice(Func<Task> work) => Once(work);

        static async Task Once(Func<Task> work) => await work();

        static Widget Tagged(Widget w) { w.SetLabel("a", "b"); return w; }
        """);

    private static Task Verify(string members) => Snippets<WriteAnalyzer>.Verify(Retry + "\nclass C\n{\n" + members + "\n}\n");
}
