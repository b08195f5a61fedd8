using Harvester.Analyzers.Tests.Verification;
using Harvester.Analyzers.Writes;

namespace Harvester.Analyzers.Tests.Writes;

/// <summary>Where the object that is sent may come from: everywhere the analysis can follow it, and places whose name tells what they hold.</summary>
public class OriginTests
{
    [Theory]
    [InlineData("Property", """class Ctx { public Widget Resource { get; init; } } async Task M(Ctx x) { x.Resource.Spec.Replicas = 1; await c.{|HARV1010:ReplaceNamespacedAsync|}(x.Resource, "ns", "n"); }""")]
    [InlineData("LocalOfProperty", """class Ctx { public Widget Resource { get; init; } } async Task M(Ctx x) { var w = x.Resource; w.Spec.Replicas = 1; await c.{|HARV1010:ReplaceNamespacedAsync|}(w, "ns", "n"); }""")]
    [InlineData("TupleReturn", """async Task<(Widget, bool)> Get() => (await c.ReadNamespacedAsync<Widget>("ns", "n"), true); async Task M() { var (w, ok) = await Get(); w.Spec.Replicas = 1; await c.{|HARV1010:ReplaceNamespacedAsync|}(w, "ns", "n"); }""")]
    [InlineData("InterfaceReader", """interface IReader { Task<Widget> GetAsync(string n); } async Task M(IReader r) { var w = await r.GetAsync("n"); w.Spec.Replicas = 1; await c.{|HARV1010:ReplaceNamespacedAsync|}(w, "ns", "n"); }""")]
    [InlineData("Dictionary", """readonly Dictionary<string, Widget> cache = new(); async Task M() { if (cache.TryGetValue("n", out var w)) { w.Spec.Replicas = 1; await c.{|HARV1010:ReplaceNamespacedAsync|}(w, "ns", "n"); } }""")]
    [InlineData("DictionaryIndexer", """readonly Dictionary<string, Widget> cache = new(); async Task M() { var w = cache["n"]; w.Spec.Replicas = 1; await c.{|HARV1010:ReplaceNamespacedAsync|}(w, "ns", "n"); }""")]
    [InlineData("Linq", """async Task M() { var l = (await k.AppsV1.ListNamespacedDeploymentAsync("ns")); var w = l.Items.Where(i => i.Spec.Replicas > 1).OrderBy(i => i.Metadata.Name).FirstOrDefault(); w.Spec.Replicas = 1; await k.AppsV1.{|HARV1010-info:ReplaceNamespacedDeploymentAsync|}(w, "n", "ns"); }""")]
    [InlineData("Foreach", """async Task M() { var l = (await k.AppsV1.ListNamespacedDeploymentAsync("ns")); foreach (var w in l.Items.Where(i => i.Spec.Replicas > 1).ToList()) { w.Spec.Replicas = 1; await k.AppsV1.{|HARV1010-info:ReplaceNamespacedDeploymentAsync|}(w, "n", "ns"); } }""")]
    [InlineData("WhenAll", """async Task M() { var l = (await k.AppsV1.ListNamespacedDeploymentAsync("ns")); await Task.WhenAll(l.Items.Select(async w => { w.Spec.Replicas = 1; await k.AppsV1.{|HARV1010-info:ReplaceNamespacedDeploymentAsync|}(w, "n", "ns"); })); }""")]
    [InlineData("SwitchPattern", """async Task M(object o) { switch (o) { case Widget w: w.Spec.Replicas = 1; await c.{|HARV1010:ReplaceNamespacedAsync|}(w, "ns", "n"); break; } }""")]
    [InlineData("As", """async Task M(object o) { var w = o as Widget; w.Spec.Replicas = 1; await c.{|HARV1010:ReplaceNamespacedAsync|}(w, "ns", "n"); }""")]
    [InlineData("Conditional", """async Task M(Widget a, Widget b, bool f) { var w = f ? a : b; w.Spec.Replicas = 1; await c.{|HARV1010:ReplaceNamespacedAsync|}(w, "ns", "n"); }""")]
    [InlineData("Coalesce", """async Task M(Widget a) { var w = a ?? await c.ReadNamespacedAsync<Widget>("ns", "n"); w.Spec.Replicas = 1; await c.{|HARV1010:ReplaceNamespacedAsync|}(w, "ns", "n"); }""")]
    [InlineData("CoalesceFresh", """async Task M() { var w = await c.ReadNamespacedAsync<Widget>("ns", "n") ?? new Widget(); w.Spec.Replicas = 1; await c.{|HARV1010:ReplaceNamespacedAsync|}(w, "ns", "n"); }""")]
    [InlineData("Field", """Widget current; async Task Load() { current = await c.ReadNamespacedAsync<Widget>("ns", "n"); } async Task M() { current.Spec.Replicas = 1; await c.{|HARV1010:ReplaceNamespacedAsync|}(current, "ns", "n"); }""")]
    [InlineData("Retry", """async Task Retry(Func<Task> f) { for (var i = 0; i < 3; i++) { await f(); } } async Task M() { await Retry(async () => { var w = await c.ReadNamespacedAsync<Widget>("ns", "n"); w.Spec.Replicas = 1; await c.{|HARV1010:ReplaceNamespacedAsync|}(w, "ns", "n"); }); }""")]
    [InlineData("Mutator", """async Task Mutate(Action<Widget> change) { var w = await c.ReadNamespacedAsync<Widget>("ns", "n"); change(w); await c.{|HARV1010:ReplaceNamespacedAsync|}(w, "ns", "n"); }""")]
    [InlineData("GenericMutator", """async Task Mutate<T>(Action<T> change) where T : class, IKubernetesObject<V1ObjectMeta>, IStatus<WidgetStatus> { var w = await c.ReadNamespacedAsync<T>("ns", "n"); change(w); await c.{|HARV1010:ReplaceNamespacedAsync|}(w, "ns", "n"); }""")]
    [InlineData("GenericCallSite", """async Task Save<T>(T x) where T : class, IKubernetesObject<V1ObjectMeta> => await c.ReplaceNamespacedAsync(x, "ns", x.Name()); async Task M(Widget w) { w.Spec.Replicas = 1; await {|HARV1010:Save|}(w); }""")]
    [InlineData("InterfaceWrapper", """interface IStore { Task Save(Widget w); } class Store(GenericClient c) : IStore { public Task Save(Widget w) => c.{|HARV1010:ReplaceNamespacedAsync|}(w, "ns", "n"); } async Task M(IStore s, Widget w) { w.SetLabel("a", "b"); await s.{|HARV1002:Save|}(w); }""")]
    [InlineData("ObjectWrapper", """async Task Put(object body) => await k.CustomObjects.ReplaceNamespacedCustomObjectAsync(body, "g", "v", "ns", "p", "n"); async Task M(Widget w) { w.Spec.Replicas = 1; await {|HARV1010:Put|}(w); }""")]
    [InlineData("JsonClone", """async Task M(Widget a) { var w = JsonSerializer.Deserialize<Widget>(JsonSerializer.Serialize(a)); w.Spec.Replicas = 1; await c.{|HARV1010:ReplaceNamespacedAsync|}(w, "ns", "n"); }""")]
    [InlineData("AsyncStream", """async Task M(IAsyncEnumerable<(WatchEventType, Widget)> events) { await foreach (var (type, w) in events) { w.SetLabel("a", "b"); await c.{|HARV1002:ReplaceNamespacedAsync|}(w, "ns", "n"); } }""")]
    [InlineData("TryGetOut", """bool TryGet(out Widget w) { w = c.ReadNamespacedAsync<Widget>("ns", "n").Result; return true; } async Task M() { if (TryGet(out var w)) { w.Spec.Replicas = 1; await c.{|HARV1010:ReplaceNamespacedAsync|}(w, "ns", "n"); } }""")]
    [InlineData("WatcherEventArgs", """class Ev<T> { public T Object { get; init; } } async Task M(Ev<Widget> e) { e.Object.Metadata.Labels["a"] = "b"; await c.{|HARV1002:ReplaceNamespacedAsync|}(e.Object, "ns", "n"); }""")]
    [InlineData("LoopReassign", """async Task M() { Widget w = null; for (var i = 0; i < 5; i++) { try { w = await c.ReadNamespacedAsync<Widget>("ns", "n"); w.Spec.Replicas = 1; await c.{|HARV1010:ReplaceNamespacedAsync|}(w, "ns", "n"); break; } catch (HttpOperationException) { /* the next attempt reads again */ } } }""")]
    [InlineData("Selector", """async Task M(IEnumerable<V1Deployment> all) { foreach (var d in all) { d.Spec.Replicas = 0; await k.AppsV1.{|HARV1010-info:ReplaceNamespacedDeploymentAsync|}(d, d.Name(), d.Namespace()); } }""")]
    [InlineData("FreshBuilder", """static V1Deployment Build() => new() { Metadata = new() { Name = "n" } }; async Task M() { var d = Build(); d.Metadata.ResourceVersion = (await k.AppsV1.ReadNamespacedDeploymentAsync("n", "ns")).Metadata.ResourceVersion; await k.AppsV1.ReplaceNamespacedDeploymentAsync(d, "n", "ns"); }""")]
    [InlineData("UnknownBuilder", """interface IBuilder { Task<V1Deployment> CreateDeployment(Widget w); V1Service BuildService(Widget w); } async Task M(IBuilder b, Widget w) { await k.AppsV1.ReplaceNamespacedDeploymentAsync(await b.CreateDeployment(w), "n", "ns"); await k.CoreV1.ReplaceNamespacedServiceAsync(b.BuildService(w), "n", "ns"); }""")]
    [InlineData("UnknownGetter", """interface IBuilder { V1Deployment GetDesired(Widget w); } async Task M(IBuilder b, Widget w) { await k.AppsV1.ReplaceNamespacedDeploymentAsync(b.GetDesired(w), "n", "ns"); }""")]
    [InlineData("SameIndex", """async Task M() { var l = (await k.AppsV1.ListNamespacedDeploymentAsync("ns")).Items; for (var i = 0; i < l.Count; i++) { l[i].Status = null; await k.AppsV1.{|HARV1004-info:ReplaceNamespacedDeploymentAsync|}(l[i], "n", "ns"); } }""")]
    [InlineData("OtherIndex", """async Task M() { var l = (await k.AppsV1.ListNamespacedDeploymentAsync("ns")).Items; l[0].Status = null; await k.AppsV1.{|HARV1010-info:ReplaceNamespacedDeploymentAsync|}(l[1], "n", "ns"); }""")]
    [InlineData("Projection", """async Task M() { var l = (await k.AppsV1.ListNamespacedDeploymentAsync("ns")).Items.Select(x => new V1Deployment { Metadata = x.Metadata, Spec = x.Spec }); foreach (var d in l) { await k.AppsV1.ReplaceNamespacedDeploymentAsync(d, d.Name(), "ns"); } }""")]
    [InlineData("WatchTuple", """async Task M() { await foreach (var e in k.AppsV1.WatchListNamespacedDeploymentAsync("ns")) { e.Item2.Metadata.Labels["a"] = "b"; await k.AppsV1.{|HARV1002-info:ReplaceNamespacedDeploymentAsync|}(e.Item2, "n", "ns"); } }""")]
    [InlineData("ValueTask", """async Task M() { var w = await new ValueTask<Widget>(c.ReadNamespacedAsync<Widget>("ns", "n")); w.Status = null; await c.{|HARV1004:ReplaceNamespacedAsync|}(w, "ns", "n"); }""")]
    [InlineData("Continuation", """Task M() => c.ReadNamespacedAsync<Widget>("ns", "n").ContinueWith(t => { t.Result.Status = null; return c.{|HARV1004:ReplaceNamespacedAsync|}(t.Result, "ns", "n"); });""")]
    [InlineData("PrimaryConstructor", """class Handler(Widget w, GenericClient g) { public async Task M() { w.Status.Phase = "x"; await g.{|HARV1001:ReplaceNamespacedAsync|}(w, "ns", "n"); } }""")]
    [InlineData("JsonText", """async Task M() { var live = await k.CustomObjects.GetNamespacedCustomObjectAsync("g", "v", "ns", "p", "n"); var w = KubernetesJson.Deserialize<Widget>(live.ToString()); w.SetLabel("a", "b"); await c.{|HARV1002:ReplaceNamespacedAsync|}(w, "ns", "n"); }""")]
    public Task Object_from(string place, string members) => Snippets<WriteAnalyzer>.Verify("class S(GenericClient c, IKubernetes k) { " + members + " }  // " + place);
}
