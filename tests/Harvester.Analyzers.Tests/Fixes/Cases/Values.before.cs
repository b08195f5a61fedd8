#nullable enable
class Names;

class Values
{
    async Task A_copy_that_shares_its_metadata(IKubernetes c)
    {
        var n = await c.CoreV1.ReadNodeAsync("n");
        n.SetAnnotation("x", "y");
        var copy = n with { Status = null }; // no status
        copy.SetLabel("a", "b");
        await c.CoreV1.ReplaceNodeAsync(copy, "n");
    }

    async Task A_copy_made_in_the_call(IKubernetes c)
    {
        var n = await c.CoreV1.ReadNodeAsync("n");
        n.SetLabel("a", "b");
        await c.CoreV1.ReplaceNodeAsync(n with { Status = null }, "n");
    }

    async Task Not_a_copy_of_what_is_another_object_now(IKubernetes c)
    {
        var n = await c.CoreV1.ReadNodeAsync("n");
        var copy = n with { Status = null };
        n = await c.CoreV1.ReadNodeAsync("n");
        n.SetLabel("a", "b");
        await c.CoreV1.ReplaceNodeAsync(copy, "n");
    }

    async Task Not_an_object_that_is_perhaps_another(IKubernetes c, bool b)
    {
        var n = await c.CoreV1.ReadNodeAsync("n");
        n.SetLabel("a", "b");
        if (b) n = await c.CoreV1.ReadNodeAsync("m");
        await c.CoreV1.ReplaceNodeAsync(n, "n");
    }

    async Task Changes_since_the_object_was_read_again(IKubernetes c, bool b)
    {
        var n = await c.CoreV1.ReadNodeAsync("n");
        n.SetLabel("a", "b");
        n = await c.CoreV1.ReadNodeAsync("m");
        n.Spec.Unschedulable = b;
        await c.CoreV1.ReplaceNodeAsync(n, "n");
        n.SetLabel("late", "b");
        Console.WriteLine($"{n.Metadata.Name} {n.Spec.PodCIDR}");
    }

    async Task Not_a_change_that_is_perhaps_made_again(GenericClient c, Widget w, int count, string? image, WidgetState s)
    {
        w.Spec.Replicas = count;
        w.Spec.Image = image;
        if (image is not null) { w.Spec.Image = image; }
        await c.ReplaceNamespacedAsync(w, "ns", "n");
    }

    async Task A_value_that_may_be_null(GenericClient c, Widget w, int count, string? image)
    {
        w.Spec.Replicas = count;
        w.Spec.Image = image;
        await c.ReplaceNamespacedAsync(w, "ns", "n");
    }

    async Task Names_in_camel_case(GenericClient c, Odd w, int count)
    {
        w.Spec.URL = "u";
        w.Spec.IPAddress = "i";
        w.Spec.@class = "c";
        await c.ReplaceNamespacedAsync(w, "ns", "n");
    }

    async Task Not_a_member_that_is_not_sent(GenericClient c, Odd w, int count)
    {
        w.Spec.Written = count;
        await c.ReplaceNamespacedAsync(w, "ns", "n");
    }

    async Task A_name_with_a_dash_and_a_list(GenericClient c, Odd w, TimeSpan t, List<string> l)
    {
        w.Spec.Names = l;
        w.Spec.Wait = t;
        w.Spec.Dashed = 3;
        await c.ReplaceNamespacedAsync(w, "ns", "n");
    }

    async Task Not_a_value_that_a_lambda_changes(GenericClient c, Widget w)
    {
        int.TryParse("3", out var n);
        w.Spec.Replicas = n;
        Action later = () => n++;
        later();
        await c.ReplaceNamespacedAsync(w, "ns", "n");
    }

    async Task A_counter(GenericClient c, Widget w)
    {
        for (var i = 0; i < 3; i++)
        {
            w.Spec.Replicas = i;
            await c.ReplaceNamespacedAsync(w, "ns", "n");
        }
    }

    async Task Not_in_a_local_function(GenericClient c, Widget w)
    {
        async Task Save() { await c.ReplaceNamespacedAsync(w, "ns", "n"); }
        w.Spec.Replicas = 3;
        await Save();
    }

    async Task Errors_elsewhere(GenericClient c, Widget w)
    {
        w.Spec.Replicas = 3;
        Missing.Call();
        await c.ReplaceNamespacedAsync(w, "ns", "n");
    }

    Task A_task_that_is_returned(GenericClient c, Widget w)
    {
        w.Spec.Replicas = 3;
        return c.ReplaceNamespacedAsync(w, "ns", "n", CancellationToken.None);
    }

    Task<Widget> A_task_that_is_kept(GenericClient c, Widget w)
    {
        w.Spec.Replicas = 3;
        var t = c.ReplaceNamespacedAsync(w, "ns", "n");
        return t;
    }

    async Task Patches(IKubernetes c, CancellationToken ct)
    {
        await c.CoreV1.PatchNodeAsync(
            new V1Patch(new { status = new { phase = "x" } }, V1Patch.PatchType.MergePatch), // body
            "n",
            cancellationToken: ct);
        var patch = new V1Patch(new V1ConfigMap(), V1Patch.PatchType.ApplyPatch);
        await c.CoreV1.PatchNamespacedConfigMapAsync(
            patch,
            "n",
            "ns"); // end
        await c.CoreV1.PatchNamespacedConfigMapAsync(patch, "n", "ns", fieldManager: null, force: true);
        var kind = V1Patch.PatchType.StrategicMergePatch;
        await c.CustomObjects.PatchNamespacedCustomObjectAsync(new V1Patch(new { spec = 1 }, kind), "example.io", "v1", "ns", "widgets", "n");
        await c.CustomObjects.PatchNamespacedCustomObjectAsync(body: new V1Patch(type: V1Patch.PatchType.StrategicMergePatch, body: new { spec = 1 }), "example.io", "v1", "ns", "widgets", "n");
    }

    async Task Not_a_call_within_an_expression(IKubernetes c, bool b)
    {
        var n = await c.CoreV1.ReadNodeAsync("n");
        if (b)
        {
            n.Status.Phase = "x";
            n.Spec.Unschedulable = true;
        }
        var r = (await c.CoreV1.ReplaceNodeAsync(n, "n")).Metadata.Name;
        n.Status.Phase = r;
        Console.WriteLine(await c.CoreV1.ReplaceNodeAsync(n, "n"));
    }

    async Task Not_a_fresh_document(IKubernetes c)
    {
        var json = JsonNode.Parse("{}")!.AsObject();
        json["status"] = new JsonObject { ["phase"] = "x" };
        await c.CustomObjects.ReplaceNamespacedCustomObjectAsync(json, "example.io", "v1", "ns", "widgets", "n");
    }

    async Task Not_a_sum(GenericClient c, Widget w)
    {
        w.Spec.Image += "x";
        await c.ReplaceNamespacedAsync(w, "ns", "n");
    }

    async Task Not_behind_an_alias(GenericClient c, Widget w)
    {
        var spec = w.Spec;
        spec.Replicas = 3;
        w.SetLabel("a", "b");
        await c.ReplaceNamespacedAsync(w, "ns", "n");
    }

    async Task Not_a_tuple(GenericClient c, Widget w)
    {
        (w.Spec.Replicas, w.Spec.Image) = (1, "2");
        w.SetLabel("a", "b");
        await c.ReplaceNamespacedAsync(w, "ns", "n");
    }

    async Task Questions_about_maps(GenericClient c, Widget w, string? key)
    {
        if (w.Metadata.Labels.TryGetValue("a", out var old) && old == key) return;
        w.SetLabel("a", key);
        w.SetLabel(nameof(Names), "b" + "c");
        await c.ReplaceNamespacedAsync(w, "ns", w.Name());
    }
}
public class Odd : IKubernetesObject<V1ObjectMeta>
{
    public string ApiVersion { get; set; } = "";
    public string Kind { get; set; } = "";
    public V1ObjectMeta Metadata { get; set; } = new();
    public OddSpec Spec { get; set; } = new();
    public WidgetStatus Status { get; set; } = new();
}
public class OddSpec { public string URL { get; set; } = ""; public string IPAddress { get; set; } = ""; public string @class { get; set; } = ""; public List<string> Names { get; set; } = []; public TimeSpan Wait { get; set; }
    [System.Text.Json.Serialization.JsonIgnore] public int Written { get; set; }
    [System.Text.Json.Serialization.JsonPropertyName("a-b")] public int Dashed { get; set; } }
