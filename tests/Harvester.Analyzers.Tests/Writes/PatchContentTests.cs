using Harvester.Analyzers.Tests.Verification;
using Harvester.Analyzers.Writes;

namespace Harvester.Analyzers.Tests.Writes;

/// <summary>HARV1006, whatever a patch is made of, and one rule for one patch.</summary>
public class PatchContentTests
{
    private const string Builder = """
        using System.Linq.Expressions;

        public class JsonPatchDocument
        {
            public JsonPatchDocument Replace(string path, object value) => this;
        }

        public class JsonPatchDocument<T>
        {
            public JsonPatchDocument<T> Replace<TMember>(Expression<Func<T, TMember>> path, TMember value) => this;

            public JsonPatchDocument<T> Add<TMember>(Expression<Func<T, TMember>> path, TMember value) => this;

            public JsonPatchDocument<T> Remove<TMember>(Expression<Func<T, TMember>> path) => this;

            public JsonPatchDocument<T> Test<TMember>(Expression<Func<T, TMember>> path, TMember value) => this;
        }
        """;

    [Theory]
    [InlineData("new V1Patch(new JsonPatchDocument<V1Node>().Replace(x => x.Status.Phase, text), V1Patch.PatchType.JsonPatch)")]
    [InlineData("new V1Patch(new JsonPatchDocument<V1Node>().Add(x => x.Spec.PodCIDR, text).Remove(x => x.Status.Addresses), V1Patch.PatchType.JsonPatch)")]
    [InlineData("new V1Patch(JsonSerializer.Serialize(document), V1Patch.PatchType.JsonPatch)")]
    [InlineData("new V1Patch(plain, V1Patch.PatchType.JsonPatch)")]
    [InlineData("new V1Patch(operations, V1Patch.PatchType.JsonPatch)")]
    [InlineData("new V1Patch(operations.ToArray(), V1Patch.PatchType.JsonPatch)")]
    [InlineData("""new V1Patch("[{\"op\":\"move\",\"from\":\"/status/phase\",\"path\":\"/metadata/annotations/phase\"}]", V1Patch.PatchType.JsonPatch)""")]
    [InlineData("new V1Patch(node.ToJsonString(), V1Patch.PatchType.MergePatch)")]
    [InlineData("""new V1Patch(JsonNode.Parse("{\"status\":{}}"), V1Patch.PatchType.MergePatch)""")]
    [InlineData(""""new V1Patch(System.Text.Encoding.UTF8.GetString("""{"status":{}}"""u8), V1Patch.PatchType.MergePatch)"""")]
    public Task Status_in(string patch) => Verify($$"""await c.CoreV1.{|HARV1006:PatchNodeAsync|}({{patch}}, "n");""");

    [Theory]
    [InlineData("new V1Patch(new JsonPatchDocument<V1Node>().Add(x => x.Metadata.Labels[\"status\"], text), V1Patch.PatchType.JsonPatch)")]
    [InlineData("new V1Patch(new JsonPatchDocument<V1Node>().Test(x => x.Status.Phase, text).Remove(x => x.Spec.Taints), V1Patch.PatchType.JsonPatch)")]
    [InlineData("""new V1Patch("[{\"op\":\"test\",\"path\":\"/status/phase\",\"value\":1},{\"op\":\"remove\",\"path\":\"/spec/taints\"}]", V1Patch.PatchType.JsonPatch)""")]
    [InlineData("""new V1Patch(new object[] { new { op = "test", path = "/status/phase", value = 1 }, new { op = "remove", path = "/spec/taints" } }, V1Patch.PatchType.JsonPatch)""")]
    [InlineData("new V1Patch(labels.ToJsonString(), V1Patch.PatchType.MergePatch)")]
    [InlineData("new V1Patch(text, V1Patch.PatchType.MergePatch)")]
    [InlineData("""new V1Patch($"{{\"status\":{{\"phase\":\"{text}\"}}}}", V1Patch.PatchType.MergePatch)""")]
    public Task No_status_in(string patch) => Verify($$"""await c.CoreV1.PatchNodeAsync({{patch}}, "n");""");

    [Fact]
    public Task One_rule_speaks_of_one_patch() => Verify("""
        await c.CustomObjects.{|HARV1009:PatchNamespacedCustomObjectAsync|}(new V1Patch(new { status = 1 }, V1Patch.PatchType.StrategicMergePatch), "g", "v1", "ns", "ps", "n");
        await c.CoreV1.{|HARV1008:PatchNodeAsync|}(new V1Patch(new { status = 1 }, V1Patch.PatchType.ApplyPatch), "n");
        """);

    private static Task Verify(string calls) => Snippets<PatchAnalyzer>.Verify(
        $$"""
        class C
        {
            async Task M(IKubernetes c, string text)
            {
                var document = new JsonPatchDocument<V1Node>();
                document.Replace(x => x.Status.Phase, text);
                var plain = new JsonPatchDocument();
                plain.Replace("/status/phase", text);
                var operations = new List<object>();
                operations.Add(new { op = "add", path = $"/status/{text}", value = text });
                var node = new JsonObject { ["status"] = new JsonObject { ["phase"] = text } };
                var labels = new JsonObject { ["metadata"] = new JsonObject { ["labels"] = new JsonObject { ["status"] = text } } };
                {{calls}}
            }
        }
        """,
        "Default",
        Builder);
}
