using Harvester.Analyzers.CodeFixes;
using Harvester.Analyzers.Tests.Verification;
using Harvester.Analyzers.Writes;

namespace Harvester.Analyzers.Tests.Writes;

/// <summary>The code fix of HARV1002.</summary>
public class PatchMetadataFixTests
{
    private static Task Verify(string before, string? after) =>
        Fixes<WriteAnalyzer, PatchMetadataFix>.Verify(In(before), after is null ? null : In(after));

    private static string In(string body) => $$"""
        class C
        {
        {{body}}
        }
        """;

    [Fact]
    public Task A_label_by_the_generic_client() => Verify(
        """
            async Task M(GenericClient c)
            {
                var w = await c.ReadNamespacedAsync<Widget>("ns", "n");
                w.SetLabel("read-message", "true");
                await c.{|HARV1002:ReplaceNamespacedAsync|}(w, "ns", w.Name());
            }
        """,
        """
            async Task M(GenericClient c)
            {
                var w = await c.ReadNamespacedAsync<Widget>("ns", "n");
                w.SetLabel("read-message", "true");
                await c.PatchNamespacedAsync<Widget>(new V1Patch(new { metadata = new { labels = new Dictionary<string, string> { ["read-message"] = "true" } } }, V1Patch.PatchType.MergePatch), "ns", w.Name());
            }
        """);

    [Fact]
    public Task Labels_and_annotations_by_the_typed_client() => Verify(
        """
            async Task M(IKubernetes c, string key, CancellationToken ct)
            {
                var d = await c.AppsV1.ReadNamespacedDeploymentAsync("n", "ns");
                d.Metadata.Annotations ??= new Dictionary<string, string>();
                d.Metadata.Annotations[key] = "b";
                d.Metadata.Labels.Remove("old"); // no longer used
                d = await c.AppsV1.{|HARV1002-info:ReplaceNamespacedDeploymentAsync|}(d, "n", "ns", cancellationToken: ct);
            }
        """,
        """
            async Task M(IKubernetes c, string key, CancellationToken ct)
            {
                var d = await c.AppsV1.ReadNamespacedDeploymentAsync("n", "ns");
                d.Metadata.Annotations ??= new Dictionary<string, string>();
                d.Metadata.Annotations[key] = "b";
                d.Metadata.Labels.Remove("old"); // no longer used
                d = await c.AppsV1.PatchNamespacedDeploymentAsync(new V1Patch(new { metadata = new { labels = new Dictionary<string, string> { ["old"] = null }, annotations = new Dictionary<string, string> { [key] = "b" } } }, V1Patch.PatchType.MergePatch), "n", "ns", cancellationToken: ct);
            }
        """);

    [Fact]
    public Task Custom_objects() => Verify(
        """
            async Task M(IKubernetes c, Widget w)
            {
                w.SetAnnotation("a", "b");
                await c.CustomObjects.{|HARV1002:ReplaceNamespacedCustomObjectAsync|}(w, "example.io", "v1", "ns", "widgets", "n");
            }
        """,
        """
            async Task M(IKubernetes c, Widget w)
            {
                w.SetAnnotation("a", "b");
                await c.CustomObjects.PatchNamespacedCustomObjectAsync(new V1Patch(new { metadata = new { annotations = new Dictionary<string, string> { ["a"] = "b" } } }, V1Patch.PatchType.MergePatch), "example.io", "v1", "ns", "widgets", "n");
            }
        """);

    [Theory]
    [InlineData("""if (DateTime.Now.Hour == 1) { w.SetLabel("a", "b"); }""")]
    [InlineData("""w.SetLabel("a", Guid.NewGuid().ToString());""")]
    [InlineData("""w.Metadata.Finalizers.Remove("f");""")]
    [InlineData("""w.SetLabel("a", "b"); w.Metadata.Finalizers.Add("f");""")]
    public Task Not_offered_where_the_change_is_not_plain(string change) => Verify(
        $$"""
            async Task M(GenericClient c, Widget w)
            {
                {{change}}
                await c.{|HARV1002:ReplaceNamespacedAsync|}(w, "ns", "n");
            }
        """,
        null);
}
