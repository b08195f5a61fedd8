using Harvester.Analyzers.CodeFixes;
using Harvester.Analyzers.Tests.Verification;
using Harvester.Analyzers.Writes;

namespace Harvester.Analyzers.Tests.Fixes;

/// <summary>The JSON patch of HARV1002.</summary>
public class PatchFinalizersFixTests
{
    private static Task Verify(string before, string? after, string? options = null, params (string Before, string After)[] others) =>
        Fixes<WriteAnalyzer, PatchFinalizersFix>.Verify(In(before), after is null ? null : In(after), options, [.. others.Select(o => ($"class D {{ {o.Before} }}", $"class D {{ {o.After} }}"))]);

    private static string In(string body) => $$"""
        class C
        {
        {{body}}
        }
        """;

    [Fact]
    public Task A_finalizer_is_removed_or_added() => Verify(
        """
            async Task M(GenericClient c, Widget w)
            {
                w.Metadata.Finalizers.Remove("example.io/f");
                await c.{|HARV1002:ReplaceNamespacedAsync|}(w, "ns", "n");
            }

            void N(IKubernetes c)
            {
                var n = c.CoreV1.ReadNode("n");
                n.Metadata.Finalizers ??= new List<string>();
                n.Metadata.Finalizers.Add("example.io/f");
                c.CoreV1.{|HARV1002-info:ReplaceNode|}(n, n.Name());
            }
        """,
        """
            async Task M(GenericClient c, Widget w)
            {
                w.Metadata.Finalizers.Remove("example.io/f");
                await c.PatchNamespacedAsync<Widget>(new V1Patch(new object[] { new { op = "test", path = "/metadata/resourceVersion", value = w.Metadata.ResourceVersion }, new { op = "add", path = "/metadata/finalizers", value = w.Metadata.Finalizers } }, V1Patch.PatchType.JsonPatch), "ns", "n");
            }

            void N(IKubernetes c)
            {
                var n = c.CoreV1.ReadNode("n");
                n.Metadata.Finalizers ??= new List<string>();
                n.Metadata.Finalizers.Add("example.io/f");
                c.CoreV1.PatchNode(new V1Patch(new object[] { new { op = "test", path = "/metadata/resourceVersion", value = n.Metadata.ResourceVersion }, new { op = "add", path = "/metadata/finalizers", value = n.Metadata.Finalizers } }, V1Patch.PatchType.JsonPatch), n.Name());
            }
        """,
        null,
        ("void M(IKubernetes c, V1Node n) { n.AddFinalizer(\"example.io/f\"); c.CoreV1.{|HARV1002-info:ReplaceNode|}(n, \"n\"); } void N(IKubernetes c, V1Pod p) { p.Metadata.Finalizers.Clear(); c.CoreV1.{|HARV1002-info:ReplaceNamespacedPod|}(p, \"n\", \"ns\"); }",
         "void M(IKubernetes c, V1Node n) { n.AddFinalizer(\"example.io/f\"); c.CoreV1.PatchNode(new V1Patch(new object[] { new { op = \"test\", path = \"/metadata/resourceVersion\", value = n.Metadata.ResourceVersion }, new { op = \"add\", path = \"/metadata/finalizers\", value = n.Metadata.Finalizers } }, V1Patch.PatchType.JsonPatch), \"n\"); } void N(IKubernetes c, V1Pod p) { p.Metadata.Finalizers.Clear(); c.CoreV1.PatchNamespacedPod(new V1Patch(new object[] { new { op = \"test\", path = \"/metadata/resourceVersion\", value = p.Metadata.ResourceVersion }, new { op = \"add\", path = \"/metadata/finalizers\", value = p.Metadata.Finalizers } }, V1Patch.PatchType.JsonPatch), \"n\", \"ns\"); }"));

    [Fact]
    public Task Not_where_labels_were_changed_too() => Verify(
        """
            async Task M(GenericClient c, Widget w)
            {
                w.SetLabel("a", "b");
                w.Metadata.Finalizers.Remove("example.io/f");
                await c.{|HARV1002:ReplaceNamespacedAsync|}(w, "ns", "n");
            }
        """,
        null);

}
