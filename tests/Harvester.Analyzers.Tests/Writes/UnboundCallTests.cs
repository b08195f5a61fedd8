using Harvester.Analyzers.Tests.Verification;
using Harvester.Analyzers.Writes;

namespace Harvester.Analyzers.Tests.Writes;

/// <summary>Code with errors in it, as it is seen while someone types, and without the packages it needs: one part of a call does not bind.</summary>
public class UnboundCallTests
{
    [Theory]
    [InlineData("NameOfTheCall", """async Task M() { var w = await c.ReadNamespacedAsync<Widget>("ns", "n"); w.Spec.Replicas = 1; await c.{|HARV1010:ReplaceNamespacedAsync|}(w, "ns", Missing.Name); }""")]
    [InlineData("NameOfTheRead", """async Task M() { var w = await c.ReadNamespacedAsync<Widget>("ns", Missing.Name); w.Spec.Replicas = 1; await c.{|HARV1010:ReplaceNamespacedAsync|}(w, "ns", "n"); }""")]
    [InlineData("BothAndALabel", """async Task M() { V1Deployment d = await k.AppsV1.ReadNamespacedDeploymentAsync(Missing.Name, "ns"); d.SetLabel("a", "b"); await k.AppsV1.{|HARV1002-info:ReplaceNamespacedDeploymentAsync|}(d, Missing.Name, "ns"); }""")]
    [InlineData("NamedArguments", """async Task M(Widget w) { w.Status.Phase = "a"; await k.CustomObjects.{|HARV1001:ReplaceNamespacedCustomObjectAsync|}(group: Missing.Group, version: "v1", namespaceParameter: "ns", plural: "widgets", name: w.Name(), body: w); }""")]
    [InlineData("Configured", """async Task M(Widget w) { w.Status = null; await k.CustomObjects.{|HARV1004:ReplaceNamespacedCustomObjectAsync|}(w, Missing.Group, "v1", "ns", "widgets", "n").ConfigureAwait(false); }""")]
    [InlineData("StatusCall", """async Task M(V1Deployment d) { d.Spec.Replicas = 2; await k.AppsV1.{|HARV1005:ReplaceNamespacedDeploymentStatusAsync|}(d, Missing.Name, "ns"); }""")]
    [InlineData("CopyByAHelper", """async Task M() { var w = Missing.JsonClone(await c.ReadNamespacedAsync<Widget>("ns", "n")); w.Spec.Replicas = 1; await c.{|HARV1010:ReplaceNamespacedAsync|}(w, "ns", "n"); }""")]
    [InlineData("LabelsChangedByAHelper", """async Task Run(Widget w) => await Label(w); async Task Label(Widget w) { Missing.Set(w.Metadata.Labels, "a"); await c.{|HARV1010:ReplaceNamespacedAsync|}(w, "ns", "n"); }""")]
    public Task Judged_by_the_rest_of_it(string name, string body) => Verify(name, body);

    [Theory]
    [InlineData("FreshWithVersion", """async Task M(string rv) { var d = new V1Deployment { Metadata = new() { Name = "a", ResourceVersion = rv } }; await k.AppsV1.ReplaceNamespacedDeploymentAsync(d, Missing.Name, "ns"); }""")]
    [InlineData("PlainData", """async Task M(V1ConfigMap m) { m.Data["a"] = "b"; await k.CoreV1.ReplaceNamespacedConfigMapAsync(m, Missing.Name, "ns"); }""")]
    [InlineData("StatusOnly", """async Task M(V1Deployment d) { d.Status.Replicas = 2; await k.AppsV1.ReplaceNamespacedDeploymentStatusAsync(d, Missing.Name, "ns"); }""")]
    [InlineData("Scale", """async Task M(V1Scale s) { s.Spec.Replicas = 2; await k.AppsV1.ReplaceNamespacedDeploymentScaleAsync(s, Missing.Name, "ns"); }""")]
    [InlineData("BodyUnknown", """async Task M() { await k.AppsV1.ReplaceNamespacedDeploymentAsync(Missing.Deployment, "n", "ns"); }""")]
    [InlineData("NoClientAtAll", """async Task M(Widget w) { w.Spec.Replicas = 1; await Missing.Client.ReplaceAsync(w); }""")]
    [InlineData("Namesake", """class Store { public void Update(Widget w, string name) { } } void M(Store s, Widget w) { w.Spec.Replicas = 1; s.Update(w, Missing.Name); }""")]
    public Task Silent_where_the_rest_says_so(string name, string body) => Verify(name, body);

    private static Task Verify(string name, string body) => Snippets<WriteAnalyzer>.VerifyUnbound($$"""
        class {{name}}(GenericClient c, IKubernetes k)
        {
            {{body}}
        }
        """);
}
