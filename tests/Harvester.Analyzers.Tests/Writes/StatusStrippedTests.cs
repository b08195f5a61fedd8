using Harvester.Analyzers.Tests.Verification;
using Harvester.Analyzers.Writes;

namespace Harvester.Analyzers.Tests.Writes;

/// <summary>HARV1004.</summary>
public class StatusStrippedTests
{
    private static Task Verify(string body, string mode = "Default") => Snippets<WriteAnalyzer>.Verify(
        $$"""
        class C
        {
            {{body}}
        }
        """,
        mode);

    [Fact]
    public Task Status_set_to_null_before_a_put_of_what_was_read() => Verify("""
        async Task M(GenericClient c, string ns, string n)
        {
            var w = await c.ReadNamespacedAsync<Widget>(ns, n);
            w.Status = null;
            await c.{|HARV1004:ReplaceNamespacedAsync|}(w, ns, n);
        }
        """);

    [Fact]
    public Task The_dismiss_action_of_the_ui() => Verify("""
        async Task Dismiss(IKubernetes c, Widget w)
        {
            var body = JsonSerializer.SerializeToNode(w).AsObject();
            var metadata = body["metadata"].AsObject();
            metadata["labels"]["example.io/read-message"] = "true";
            metadata.Remove("uid");
            metadata.Remove("finalizers");
            body.Remove("status");
            await c.CustomObjects.{|HARV1004:ReplaceNamespacedCustomObjectAsync|}(body, "example.io", "v1", "ns", "widgets", "n");
        }
        """);

    [Fact]
    public Task A_json_document_handed_in_and_stripped_in_a_loop_over_names() => Verify("""
        static readonly string[] Dropped = { "links", "actions", "status" };

        async Task Save(IKubernetes c, JsonObject live)
        {
            var body = (JsonObject)live.DeepClone();
            foreach (var name in Dropped)
            {
                body.Remove(name);
            }

            await c.CustomObjects.{|HARV1004:ReplaceNamespacedCustomObjectAsync|}(body, "example.io", "v1", "ns", "widgets", "n");
        }
        """);

    [Fact]
    public Task The_stripping_stands_in_a_helper() => Verify("""
        async Task Save(IKubernetes c, JsonObject live)
        {
            var body = Clean(live);
            await c.CustomObjects.{|HARV1004:ReplaceNamespacedCustomObjectAsync|}(body, "example.io", "v1", "ns", "widgets", "n");
        }

        static JsonObject Clean(JsonObject value)
        {
            var copy = JsonNode.Parse(value.ToJsonString()).AsObject();
            copy.Remove("status");
            return copy;
        }
        """);

    [Fact]
    public Task The_put_stands_in_a_wrapper() => Verify("""
        async Task Save(IKubernetes c, Widget live)
        {
            live.Status = null;
            await {|HARV1004:Put|}(c, live);
        }

        static Task Put(IKubernetes c, object body) =>
            c.CustomObjects.ReplaceNamespacedCustomObjectAsync(body, "example.io", "v1", "ns", "widgets", "n");
        """);

    [Fact]
    public Task A_copy_that_shares_all_but_the_status() => Verify("""
        record Gadget : IKubernetesObject<V1ObjectMeta>
        {
            public string ApiVersion { get; set; }
            public string Kind { get; set; }
            public V1ObjectMeta Metadata { get; set; }
            public WidgetStatus Status { get; set; }
        }

        async Task M(GenericClient c)
        {
            var live = await c.ReadNamespacedAsync<Gadget>("ns", "n");
            var body = live with { Status = null };
            await c.{|HARV1004:ReplaceNamespacedAsync|}(body, "ns", "n");
        }
        """);

    [Fact]
    public Task Stripped_on_one_path_is_enough() => Verify("""
        async Task M(GenericClient c, Widget w, bool clean)
        {
            w.Status = clean ? null : w.Status;
            if (clean) { w.Status = null; }
            await c.{|HARV1004:ReplaceNamespacedAsync|}(w, "ns", "n");
        }
        """);

    [Fact]
    public Task Inside_a_retry_lambda() => Verify("""
        async Task M(GenericClient c)
        {
            await Retry(async () =>
            {
                var w = await c.ReadNamespacedAsync<Widget>("ns", "n");
                w.Status = default;
                await c.{|HARV1004:ReplaceNamespacedAsync|}(w, "ns", "n");
            });
        }

        static async Task Retry(Func<Task> action) { for (var i = 0; i < 3; i++) { await action(); } }
        """);

    [Fact]
    public Task A_built_in_kind_keeps_its_status() => Verify("""
        async Task M(IKubernetes c)
        {
            var d = await c.AppsV1.ReadNamespacedDeploymentAsync("n", "ns");
            d.Status = null;
            await c.AppsV1.{|HARV1004-info:ReplaceNamespacedDeploymentAsync|}(d, "n", "ns");
        }
        """);

    [Fact]
    public Task Strict_makes_it_an_error() => Verify(
        """
        async Task M(GenericClient c, Widget w)
        {
            w.Status = null;
            await c.{|HARV1004-error:ReplaceNamespacedAsync|}(w, "ns", "n");
        }
        """,
        "Strict");

    [Fact]
    public Task Not_when_it_goes_to_a_create() => Verify("""
        async Task M(GenericClient c, Widget w)
        {
            w.Status = null;
            w.Metadata.ResourceVersion = null;
            await c.CreateNamespacedAsync(w, "ns");
        }
        """);

    [Fact]
    public Task Not_when_only_a_hash_is_made_of_it() => Verify("""
        async Task<string> M(GenericClient c)
        {
            var w = await c.ReadNamespacedAsync<Widget>("ns", "n");
            w.Status = null;
            return JsonSerializer.Serialize(w);
        }
        """);

    [Fact]
    public Task Not_when_a_status_is_given_again() => Verify("""
        async Task M(GenericClient c, Widget w, WidgetStatus kept)
        {
            w.Status = null;
            w.Status = kept;
            await c.{|HARV1001:ReplaceNamespacedAsync|}(w, "ns", "n");
        }
        """);

    [Fact]
    public Task Not_when_the_copy_is_stripped_and_the_original_sent() => Verify("""
        async Task M(GenericClient c, Widget w)
        {
            var copy = JsonSerializer.Deserialize<Widget>(JsonSerializer.Serialize(w));
            copy.Status = null;
            Console.WriteLine(JsonSerializer.Serialize(copy));
            await c.{|HARV1010:ReplaceNamespacedAsync|}(w, "ns", "n");
        }
        """);

    [Fact]
    public Task Not_for_a_member_that_is_only_called_status() => Verify("""
        async Task M(IKubernetes c, JsonObject live)
        {
            live["metadata"]["labels"].AsObject().Remove("status");
            live["spec"].AsObject().Remove("status");
            await c.CustomObjects.ReplaceNamespacedCustomObjectAsync(live, "example.io", "v1", "ns", "widgets", "n");
        }
        """);

    [Fact]
    public Task Not_for_an_object_built_here() => Verify("""
        async Task M(GenericClient c)
        {
            var w = new Widget { Metadata = new() { Name = "n" }, Status = null };
            await c.{|HARV1003:ReplaceNamespacedAsync|}(w, "ns", "n");
        }
        """);

    [Fact]
    public Task Not_for_a_put_of_the_status() => Verify("""
        async Task M(IKubernetes c, Widget w)
        {
            w.Status = null;
            await c.CustomObjects.ReplaceNamespacedCustomObjectStatusAsync(w, "example.io", "v1", "ns", "widgets", "n");
        }
        """);

    [Fact]
    public Task Not_where_the_writer_chooses_the_endpoint() => Verify("""
        class StatusWriterAttribute : Attribute { }

        [StatusWriter]
        async Task M(GenericClient c, Widget w)
        {
            w.Status = null;
            await c.ReplaceNamespacedAsync(w, "ns", "n");
        }
        """);

    [Fact]
    public Task Not_for_another_type_of_the_same_name() => Verify("""
        class GenericClient { public Task ReplaceNamespacedAsync(Widget w, string ns, string n) => Task.CompletedTask; }

        async Task M(GenericClient c, Widget w)
        {
            w.Status = null;
            await c.ReplaceNamespacedAsync(w, "ns", "n");
        }
        """);
}
