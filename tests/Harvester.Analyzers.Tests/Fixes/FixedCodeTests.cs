using System.Text.Json.Nodes;
using Harvester.Analyzers.Tests.Verification;
using Harvester.Testing.ApiServer;
using k8s;

namespace Harvester.Analyzers.Tests.Fixes;

/// <summary>What the fixes write is run against the API server: a patch stores what the PUT stored, and no status is lost.</summary>
public class FixedCodeTests
{
    private const string Definition = """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: { name: widgets.example.io }
        spec:
          group: example.io
          scope: Namespaced
          names: { plural: widgets, singular: widget, kind: Widget, listKind: WidgetList }
          versions:
          - name: v1
            served: true
            storage: true
            subresources: SUBRESOURCES
            schema:
              openAPIV3Schema: { type: object, x-kubernetes-preserve-unknown-fields: true }
        """;

    private const string Stored = """
        {
          "apiVersion": "example.io/v1", "kind": "Widget",
          "metadata": {
            "name": "n", "namespace": "default", "labels": { "old": "1", "kept": "1" }, "annotations": { "kept": "1", "app.example.io/a": "1" },
            "finalizers": ["example.io/f", "example.io/g"]
          },
          "spec": { "replicas": 1, "image": "a" },
          "status": { "phase": "Running", "specHash": "h", "state": 0, "started": false }
        }
        """;

    [Theory]
    [InlineData("""w.SetLabel("a", "b"); w.SetAnnotation("c", null);""")]
    [InlineData("""w.SetLabel("old", "2"); w.SetAnnotation("kept", null);""")]
    [InlineData("""w.Metadata.Labels.Remove("old"); w.Metadata.Labels["a"] = "b"; w.Metadata.Annotations?.Remove("app.example.io/a");""")]
    [InlineData("""w.Metadata.Labels["a"] = "b"; w.Metadata.Labels.Remove("a");""")]
    [InlineData("""w.Metadata.Labels.Remove("old"); w.Metadata.Labels.Add("old", "3");""")]
    [InlineData("""var key = "kept"; w.SetLabel(key, "2"); w.SetLabel("kept", "3");""")]
    [InlineData("""string image = null; w.Spec.Image = image; w.Spec.Replicas = 7;""")]
    [InlineData("""w.Spec.Image = null;""")]
    [InlineData("""w.Spec.Replicas = 0;""")]
    [InlineData("""w.Metadata.Finalizers.Remove("example.io/f");""")]
    [InlineData("""w.AddFinalizer("example.io/h");""")]
    [InlineData("""w.SetLabel("a", 3.ToString()); w.Metadata.Annotations["kept"] = 4.ToString(); w.SetLabel("old", w.GetLabel("missing"));""")]
    [InlineData("""w.RemoveFinalizer("example.io/g");""")]
    [InlineData("""w.Metadata.Finalizers.Clear();""")]
    [InlineData("""w.Metadata.Finalizers = w.Metadata.Finalizers.Where(f => f != "example.io/g").ToList();""")]
    [InlineData("""w.AddOwnerReference(new V1OwnerReference { ApiVersion = "v1", Kind = "ConfigMap", Name = "o", Uid = "u" });""")]
    [InlineData("""w.SetLabel("a", "b"); w.Status = null;""")]
    public async Task A_patch_stores_what_the_put_stored(string changes)
    {
        foreach (var write in new[]
        {
            """await new GenericClient(c, "example.io", "v1", "widgets").ReplaceNamespacedAsync(w, "default", "n");""",
            """await c.CustomObjects.ReplaceNamespacedCustomObjectAsync(w, "example.io", "v1", "default", "widgets", "n");""",
        })
        {
            var before = $$"""
                public class C
                {
                    public async Task M(IKubernetes c)
                    {
                        var w = await c.CustomObjects.GetNamespacedCustomObjectAsync<Widget>("example.io", "v1", "default", "widgets", "n");
                        {{changes}}
                        {{write}}
                    }
                }
                """;
            var after = await FixRun.FixAsync(before, nullable: Microsoft.CodeAnalysis.NullableContextOptions.Disable);
            Assert.Contains("V1Patch.PatchType.", after);
            Assert.DoesNotContain("Replace", after);
            var patched = await RunAsync(after, "{ status: {} }");
            Assert.Equal(await RunAsync(before, "{ status: {} }"), patched);
            Assert.Equal("Running", (string?)JsonNode.Parse(await RunAsync(after, "{}"))!["status"]!["phase"]);
        }
    }

    [Theory]
    [InlineData("await c.CustomObjects.ReplaceNamespacedCustomObjectAsync(w, \"example.io\", \"v1\", \"default\", \"widgets\", \"n\");")]
    [InlineData("await c.CustomObjects.ReplaceNamespacedCustomObjectStatusAsync(w, \"example.io\", \"v1\", \"default\", \"widgets\", \"n\");")]
    [InlineData("using var r = await c.CustomObjects.ReplaceNamespacedCustomObjectStatusWithHttpMessagesAsync<Widget>(w, \"example.io\", \"v1\", \"default\", \"widgets\", \"n\");")]
    [InlineData("if (w.Spec.Replicas == 5) await c.CustomObjects.ReplaceNamespacedCustomObjectAsync(w, \"example.io\", \"v1\", \"default\", \"widgets\", \"n\");")]
    [InlineData("foreach (var x in new[] { w }) { x.Spec.Replicas = 5; x.Status.Phase = \"Done\"; await c.CustomObjects.ReplaceNamespacedCustomObjectAsync<Widget>(x, \"example.io\", \"v1\", \"default\", \"widgets\", \"n\"); }")]
    public async Task Two_calls_store_spec_and_status(string write)
    {
        var before = $$"""
            public class C
            {
                public async Task M(IKubernetes c)
                {
                    var w = await c.CustomObjects.GetNamespacedCustomObjectAsync<Widget>("example.io", "v1", "default", "widgets", "n");
                    w.Spec.Replicas = 5;
                    w.SetLabel("a", "b");
                    w.Status.Phase = "Done";
                    {{write}}
                }
            }
            """;
        var after = await FixRun.FixAsync(before, "harvester_analyzers.status_subresource = present", Microsoft.CodeAnalysis.NullableContextOptions.Disable);
        var stored = JsonNode.Parse(await RunAsync(after, "{ status: {} }"))!;
        Assert.Equal(5, (int?)stored["spec"]!["replicas"]);
        Assert.Equal("b", (string?)stored["metadata"]!["labels"]!["a"]);
        Assert.Equal("Done", (string?)stored["status"]!["phase"]);
    }

    private static async Task<string> RunAsync(string source, string subresources)
    {
        var token = TestContext.Current.CancellationToken;
        await using var server = await KubernetesApiServer.StartAsync(
            o =>
            {
                // An owner that is not there is none of what is tested here.
                o.CollectGarbage = false;
                o.AddCustomResourceDefinition(Definition.Replace("SUBRESOURCES", subresources, StringComparison.Ordinal));
            },
            token);
        using var client = server.CreateClient();
        var stored = JsonNode.Parse(Stored)!;
        var created = (System.Text.Json.JsonElement)await client.CustomObjects.CreateNamespacedCustomObjectAsync(stored, "example.io", "v1", "default", "widgets", cancellationToken: token);
        if (subresources.Contains("status", StringComparison.Ordinal))
        {
            stored["metadata"]!["resourceVersion"] = created.GetProperty("metadata").GetProperty("resourceVersion").GetString();
            await client.CustomObjects.ReplaceNamespacedCustomObjectStatusAsync(stored, "example.io", "v1", "default", "widgets", "n", cancellationToken: token);
        }

        await FixRun.ExecuteAsync(source, client);
        var answer = (System.Text.Json.JsonElement)await client.CustomObjects.GetNamespacedCustomObjectAsync("example.io", "v1", "default", "widgets", "n", token);
        var result = JsonNode.Parse(answer.GetRawText())!;
        foreach (var member in new[] { "resourceVersion", "managedFields", "uid", "creationTimestamp" })
        {
            result["metadata"]!.AsObject().Remove(member);
        }

        return result.ToJsonString();
    }
}
