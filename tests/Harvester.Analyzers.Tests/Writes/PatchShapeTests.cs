using Harvester.Analyzers.Tests.Verification;
using Harvester.Analyzers.Writes;

namespace Harvester.Analyzers.Tests.Writes;

/// <summary>HARV1006, HARV1008 and HARV1009.</summary>
public class PatchShapeTests
{
    private static Task Verify(string body, string mode = "Default", params string[] others) => Snippets<PatchAnalyzer>.Verify(
        $$"""
        partial class C
        {
            {{body}}
        }
        """,
        mode,
        others);

    [Fact]
    public Task Apply_without_field_manager() => Verify("""
        async Task M(IKubernetes c, k8s.ClientSets.ClientSet s, V1ConfigMap m)
        {
            var patch = new V1Patch(m, V1Patch.PatchType.ApplyPatch);
            await c.CoreV1.{|HARV1008:PatchNamespacedConfigMapAsync|}(patch, "n", "ns");
            await c.CoreV1.{|HARV1008:PatchNamespacedConfigMapAsync|}(patch, "n", "ns", fieldManager: "");
            c.CoreV1.{|HARV1008:PatchNamespacedConfigMap|}(patch, "n", "ns", fieldManager: null);
            using var _ = await c.CoreV1.{|HARV1008:PatchNamespacedConfigMapWithHttpMessagesAsync|}(patch, "n", "ns");
            await s.CoreV1.ConfigMap.{|HARV1008:PatchAsync|}(patch, "n", "ns");
            await c.CustomObjects.{|HARV1008:PatchNamespacedCustomObjectAsync|}(patch, "example.io", "v1", "ns", "widgets", "n");
            await c.AppsV1.{|HARV1008:PatchNamespacedDeploymentScaleAsync|}(patch, "n", "ns");
        }
        """);

    [Fact]
    public Task The_generic_client_cannot_apply() => Verify("""
        async Task M(GenericClient c, V1ConfigMap m) => await c.{|HARV1008:PatchNamespacedAsync|}<V1ConfigMap>(new V1Patch(m, V1Patch.PatchType.ApplyPatch), "ns", "n");
        """);

    [Fact]
    public Task Apply_with_a_manager_or_by_another_kind_of_patch() => Verify("""
        async Task M(IKubernetes c, V1ConfigMap m, V1Patch.PatchType type, string manager)
        {
            await c.CoreV1.PatchNamespacedConfigMapAsync(new V1Patch(m, V1Patch.PatchType.ApplyPatch), "n", "ns", fieldManager: "me");
            await c.CoreV1.PatchNamespacedConfigMapAsync(new V1Patch(m, V1Patch.PatchType.ApplyPatch), "n", "ns", null, manager);
            await c.CoreV1.PatchNamespacedConfigMapAsync(new V1Patch(m, type), "n", "ns");
            await c.CoreV1.PatchNamespacedConfigMapAsync(new V1Patch(new { data = m.Data }, V1Patch.PatchType.MergePatch), "n", "ns");
        }

        static Task Forward(IKubernetes c, V1Patch patch, string name, string manager) => c.CoreV1.PatchNamespacedConfigMapAsync(patch, name, "ns", fieldManager: manager);
        """);

    [Fact]
    public Task Status_in_a_patch_of_the_main_resource() => Verify("""
        async Task M(IKubernetes c, GenericClient g, k8s.ClientSets.ClientSet s)
        {
            await c.CustomObjects.{|HARV1006:PatchNamespacedCustomObjectAsync|}(new V1Patch(new { status = new { phase = "x" } }, V1Patch.PatchType.MergePatch), "example.io", "v1", "ns", "widgets", "n");
            await c.CoreV1.{|HARV1006:PatchNodeAsync|}(new V1Patch(new { Status = new V1NodeStatus() }, V1Patch.PatchType.StrategicMergePatch), "n");
            c.CoreV1.{|HARV1006:PatchNode|}(new V1Patch(new Dictionary<string, object> { ["status"] = new V1NodeStatus() }, V1Patch.PatchType.MergePatch), "n");
            await g.{|HARV1006:PatchNamespacedAsync|}<Widget>(new V1Patch(new JsonObject { ["status"] = new JsonObject() }, V1Patch.PatchType.MergePatch), "ns", "n");
            var text = "{\"spec\":{},\"status\":{\"phase\":\"x\"}}";
            var patch = new V1Patch(text, V1Patch.PatchType.MergePatch);
            await s.CoreV1.Pod.{|HARV1006:PatchAsync|}(patch, "n", "ns");
            using var _ = await c.CoreV1.{|HARV1006:PatchNodeWithHttpMessagesAsync|}(new V1Patch(JsonSerializer.Serialize(new { status = 1 }), V1Patch.PatchType.MergePatch), "n");
        }
        """);

    [Fact]
    public Task Status_that_reaches_the_patch_on_its_way() => Verify("""
        private static readonly V1Patch Kept = new(new { status = 1 }, V1Patch.PatchType.MergePatch);

        async Task M(IKubernetes c, Widget w)
        {
            await c.CoreV1.{|HARV1006:PatchNodeAsync|}(Kept, "n");
            await c.CoreV1.{|HARV1006:PatchNodeAsync|}(Make(w), "n");
            V1Patch later;
            later = new V1Patch(new { w.Status }, V1Patch.PatchType.MergePatch);
            await c.CoreV1.{|HARV1006:PatchNodeAsync|}(later, "n");
            var json = new JsonObject();
            json["status"] = new JsonObject();
            await c.CoreV1.{|HARV1006:PatchNodeAsync|}(new V1Patch(json, V1Patch.PatchType.MergePatch), "n");
            var map = new Dictionary<string, object>();
            map.Add("status", 1);
            await c.CoreV1.{|HARV1006:PatchNodeAsync|}(new V1Patch(map, V1Patch.PatchType.MergePatch), "n");
            await c.CoreV1.{|HARV1006:PatchNodeAsync|}(new V1Patch(new V1Node { Status = new() }, V1Patch.PatchType.MergePatch), "n");
            var operations = new JsonArray { new JsonObject { ["op"] = "remove", ["path"] = "/status/phase" } };
            await c.CoreV1.{|HARV1006:PatchNodeAsync|}(new V1Patch(operations, V1Patch.PatchType.JsonPatch), "n");
        }

        static V1Patch Make(Widget w) { return new V1Patch(new { status = w.Status }, V1Patch.PatchType.MergePatch); }
        """);

    [Fact]
    public Task A_json_patch_below_status() => Verify("""
        async Task M(IKubernetes c)
        {
            await c.CoreV1.{|HARV1006:PatchNodeAsync|}(new V1Patch("[{\"op\":\"replace\",\"path\":\"/status/phase\",\"value\":\"x\"}]", V1Patch.PatchType.JsonPatch), "n");
            await c.CoreV1.{|HARV1006:PatchNodeAsync|}(new V1Patch(new[] { new { op = "replace", path = "/status/phase", value = "x" } }, V1Patch.PatchType.JsonPatch), "n");
            await c.CoreV1.{|HARV1006:PatchNodeAsync|}(new V1Patch(JsonSerializer.Serialize(new object[] { new { op = "test", path = "/metadata/name", value = "n" }, new { op = "remove", path = "/status" } }), V1Patch.PatchType.JsonPatch), "n");
        }
        """);

    [Fact]
    public Task The_word_is_not_the_field() => Verify("""
        async Task M(IKubernetes c, string text)
        {
            await c.CoreV1.PatchNodeAsync(new V1Patch("{\"metadata\":{\"labels\":{\"status\":\"x\"}}}", V1Patch.PatchType.MergePatch), "n");
            await c.CoreV1.PatchNodeAsync(new V1Patch(new { metadata = new { labels = new { status = "x" } } }, V1Patch.PatchType.MergePatch), "n");
            await c.CoreV1.PatchNodeAsync(new V1Patch("[{\"op\":\"add\",\"path\":\"/spec/status\",\"value\":1},{\"op\":\"add\",\"path\":\"/statuses\",\"value\":1}]", V1Patch.PatchType.JsonPatch), "n");
            await c.CoreV1.PatchNodeAsync(new V1Patch("{\"status\":\"" + text + "\"}", V1Patch.PatchType.MergePatch), "n");
            await c.CoreV1.PatchNodeAsync(new V1Patch("not json: status", V1Patch.PatchType.MergePatch), "n");
            await c.CustomObjects.PatchNamespacedCustomObjectStatusAsync(new V1Patch(new { status = 1 }, V1Patch.PatchType.MergePatch), "example.io", "v1", "ns", "widgets", "n");
        }
        """);

    [Fact]
    public Task Strategic_merge_of_a_custom_kind() => Verify("""
        async Task M(IKubernetes c, GenericClient g)
        {
            var patch = new V1Patch(new { spec = new { replicas = 1 } }, V1Patch.PatchType.StrategicMergePatch);
            await c.CustomObjects.{|HARV1009:PatchNamespacedCustomObjectAsync|}(patch, "example.io", "v1", "ns", "widgets", "n");
            c.CustomObjects.{|HARV1009:PatchClusterCustomObjectStatus|}(patch, "example.io", "v1", "widgets", "n");
            await g.{|HARV1009:PatchNamespacedAsync|}<Widget>(patch, "ns", "n");
        }
        """);

    [Fact]
    public Task Strategic_merge_of_a_built_in_or_unknown_kind() => Verify("""
        async Task M<T>(IKubernetes c, GenericClient g) where T : class, IKubernetesObject<V1ObjectMeta>
        {
            var patch = new V1Patch(new { spec = new { replicas = 1 } }, V1Patch.PatchType.StrategicMergePatch);
            await c.AppsV1.PatchNamespacedDeploymentAsync(patch, "n", "ns");
            await g.PatchNamespacedAsync<V1Deployment>(patch, "ns", "n");
            await g.PatchNamespacedAsync<T>(patch, "ns", "n");
        }
        """);

    [Theory]
    [InlineData("Strict", "{|HARV1008-warning:PatchNamespacedConfigMapAsync|}")]
    [InlineData("Default", "PatchNamespacedConfigMapAsync")]
    [InlineData("Recommended", "PatchNamespacedConfigMapAsync")]
    public Task Strict_asks_whether_an_apply_takes_fields_from_others(string mode, string call) => Verify(
        $$"""
        async Task M(IKubernetes c, V1ConfigMap m)
        {
            await c.CoreV1.{{call}}(new V1Patch(m, V1Patch.PatchType.ApplyPatch), "n", "ns", fieldManager: "me");
            await c.CoreV1.PatchNamespacedConfigMapAsync(new V1Patch(m, V1Patch.PatchType.ApplyPatch), "n", "ns", fieldManager: "me", force: true);
            await c.CoreV1.PatchNamespacedConfigMapAsync(new V1Patch(m, V1Patch.PatchType.ApplyPatch), "n", "ns", fieldManager: "me", force: false);
        }
        """,
        mode);
}
