using Harvester.Analyzers.ClientModel;
using Harvester.Analyzers.Tests.Verification;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Harvester.Analyzers.Tests.ClientModel;

public class ClientModelTests
{
    [Theory]
    [InlineData("c.AppsV1.ReplaceNamespacedDeploymentAsync(d, \"n\", \"ns\")", "ReplaceMain V1Deployment Present d")]
    [InlineData("c.AppsV1.ReplaceNamespacedDeployment(d, \"n\", \"ns\")", "ReplaceMain V1Deployment Present d")]
    [InlineData("AppsV1OperationsExtensions.ReplaceNamespacedDeployment(c.AppsV1, d, \"n\", \"ns\")", "ReplaceMain V1Deployment Present d")]
    [InlineData("c.AppsV1.ReplaceNamespacedDeploymentWithHttpMessagesAsync(d, \"n\", \"ns\")", "ReplaceMain V1Deployment Present d")]
    [InlineData("c.AppsV1.ReplaceNamespacedDeploymentStatusAsync(d, \"n\", \"ns\")", "ReplaceStatus V1Deployment Present d")]
    [InlineData("c.AppsV1.ReplaceNamespacedDeploymentScaleAsync(null, \"n\", \"ns\")", "OtherSubresource V1Scale Absent null")]
    [InlineData("c.CoreV1.ReplaceNamespacedPodEphemeralcontainersAsync(new V1Pod(), \"n\", \"ns\")", "OtherSubresource V1Pod Present new V1Pod()")]
    [InlineData("c.CoreV1.ReplaceNamespacedPodTemplateAsync(null, \"n\", \"ns\")", "ReplaceMain V1PodTemplate Absent null")]
    [InlineData("c.CoreV1.ReadNamespacedPodAsync(\"n\", \"ns\")", "Read V1Pod Present -")]
    [InlineData("c.CoreV1.ListNamespacedPodAsync(\"ns\")", "List V1Pod Present -")]
    [InlineData("c.CoreV1.DeleteNamespacedPodAsync(\"n\", \"ns\")", "Delete V1Pod Present -")]
    [InlineData("c.CoreV1.CreateNamespacedConfigMapAsync(new V1ConfigMap(), \"ns\")", "Create V1ConfigMap Absent new V1ConfigMap()")]
    [InlineData("c.CoreV1.PatchNamespacedPodStatusAsync(p, \"n\", \"ns\")", "PatchStatus V1Pod Present p")]
    [InlineData("c.CustomObjects.ReplaceNamespacedCustomObjectAsync(w, \"g\", \"v\", \"ns\", \"ws\", \"n\")", "ReplaceMain Widget Unknown w")]
    [InlineData("c.CustomObjects.ReplaceNamespacedCustomObjectStatusAsync<Widget>(w, \"g\", \"v\", \"ns\", \"ws\", \"n\")", "ReplaceStatus Widget Unknown w")]
    [InlineData("c.CustomObjects.GetNamespacedCustomObjectAsync<Widget>(\"g\", \"v\", \"ns\", \"ws\", \"n\")", "Read Widget Unknown -")]
    [InlineData("c.CustomObjects.GetNamespacedCustomObjectAsync(\"g\", \"v\", \"ns\", \"ws\", \"n\")", "Read - Unknown -")]
    [InlineData("g.ReplaceNamespacedAsync(w, \"ns\", \"n\")", "ReplaceMain Widget Unknown w")]
    [InlineData("g.ReadNamespacedAsync<Widget>(\"ns\", \"n\")", "Read Widget Unknown -")]
    [InlineData("new k8s.ClientSets.PodClient(null).UpdateAsync(new V1Pod(), \"n\", \"ns\")", "ReplaceMain V1Pod Present new V1Pod()")]
    [InlineData("new k8s.ClientSets.PodClient(null).UpdateStatusAsync(new V1Pod(), \"n\", \"ns\")", "ReplaceStatus V1Pod Present new V1Pod()")]
    [InlineData("new k8s.ClientSets.PodClient(null).PatchAsync(p, \"n\", \"ns\")", "PatchMain V1Pod Present p")]
    [InlineData("c.AppsV1.DeleteNamespacedDeploymentAsync(\"n\", \"ns\")", "Delete V1Deployment Present -")]
    [InlineData("w.GetHashCode()", null)]
    public void A_call_is_known_by_its_symbol(string call, string? meaning)
    {
        var source = $$"""
            class C { object M(Kubernetes c, V1Deployment d, V1Patch p, Widget w, GenericClient g) => {{call}}; }
            """;
        var (symbols, invocation) = Bind(source);
        var resolved = symbols.Resolve(invocation);
        Assert.Equal(
            meaning,
            resolved is null ? null : $"{resolved.Kind} {resolved.ObjectType?.Name ?? "-"} {resolved.Status} {resolved.Body?.Syntax.ToString() ?? "-"}");
    }

    private static (KubernetesSymbols Symbols, IInvocationOperation Invocation) Bind(string source)
    {
        var tree = CSharpSyntaxTree.ParseText(source);
        var compilation = CSharpCompilation.Create(
            "snippet",
            [tree, CSharpSyntaxTree.ParseText(SnippetSetup.Usings)],
            SnippetSetup.References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        Assert.Empty(compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error));
        var invocation = tree.GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>().First();
        return (KubernetesSymbols.TryCreate(compilation)!, (IInvocationOperation)compilation.GetSemanticModel(tree).GetOperation(invocation)!);
    }
}
