#nullable enable
class TypedClient
{
    private readonly string _image = "x";
    private string _changing = "x";
    async Task Arguments_on_lines_of_their_own(IKubernetes c, CancellationToken ct)
    {
        var d = await c.AppsV1.ReadNamespacedDeploymentAsync("n", "ns", cancellationToken: ct);

        /* why */ d.SetLabel("a", "b"); // set

        // write it
        await c.AppsV1.PatchNamespacedDeploymentAsync(
            new V1Patch(new { metadata = new { labels = new Dictionary<string, string> { ["a"] = "b" } } }, V1Patch.PatchType.MergePatch), // the object
            "n",
            namespaceParameter: "ns", /* ns */
            cancellationToken: ct).ConfigureAwait(false); // done
    }

    async Task<V1Deployment> Named_arguments(IKubernetes c)
    {
        var d = await c.AppsV1.ReadNamespacedDeploymentAsync("n", "ns");
        d.Spec.Replicas = 3;
        return await c.AppsV1.PatchNamespacedDeploymentAsync(body: new V1Patch(new { spec = new { replicas = 3 } }, V1Patch.PatchType.MergePatch), name: "n", namespaceParameter: "ns");
    }

    async Task Named_arguments_in_another_order(IKubernetes c)
    {
        var d = await c.AppsV1.ReadNamespacedDeploymentAsync("n", "ns");
        d.Spec.Replicas = 3;
        d = await c.AppsV1.PatchNamespacedDeploymentAsync(name: "n", body: new V1Patch(new { spec = new { replicas = 3 } }, V1Patch.PatchType.MergePatch), namespaceParameter: "ns");
    }

    async Task With_http_messages(IKubernetes c)
    {
        var d = await c.AppsV1.ReadNamespacedDeploymentAsync("n", "ns");
        d.Spec.Replicas = 3;
        using var r = await c.AppsV1.PatchNamespacedDeploymentWithHttpMessagesAsync(new V1Patch(new { spec = new { replicas = 3 } }, V1Patch.PatchType.MergePatch), "n", "ns");
        Console.WriteLine(r.Body.Name());
    }

    async Task Two_calls_with_http_messages(IKubernetes c)
    {
        var d = await c.AppsV1.ReadNamespacedDeploymentAsync("n", "ns");
        d.Spec.Replicas = 3;
        d.Status.Replicas = 4;
        var dStatus = d.Status;
        d = (await c.AppsV1.ReplaceNamespacedDeploymentWithHttpMessagesAsync(d, "n", "ns")).Body;
        d.Status = dStatus;
        using var r = await c.AppsV1.ReplaceNamespacedDeploymentStatusWithHttpMessagesAsync(d, "n", "ns");
        var dStatus2 = d.Status;
        d = (await c.AppsV1.ReplaceNamespacedDeploymentWithHttpMessagesAsync(d, "n", "ns")).Body;
        d.Status = dStatus2;
        await c.AppsV1.ReplaceNamespacedDeploymentStatusWithHttpMessagesAsync(d, "n", "ns");
    }

    async Task Not_a_value_that_changes_before_the_call(IKubernetes c)
    {
        var d = await c.AppsV1.ReadNamespacedDeploymentAsync("n", "ns");
        var n = 3;
        d.Spec.Replicas = n;
        n = 5;
        await c.AppsV1.ReplaceNamespacedDeploymentAsync(d, "n", "ns");
    }

    async Task A_readonly_field_and_one_that_may_change(IKubernetes c)
    {
        var d = await c.AppsV1.ReadNamespacedDeploymentAsync("n", "ns");
        d.SetLabel("i", _image);
        await c.AppsV1.PatchNamespacedDeploymentAsync(new V1Patch(new { metadata = new { labels = new Dictionary<string, string> { ["i"] = _image } } }, V1Patch.PatchType.MergePatch), "n", "ns");
        var e = await c.AppsV1.ReadNamespacedDeploymentAsync("n", "ns");
        e.SetLabel("i", _changing);
        await c.AppsV1.PatchNamespacedDeploymentAsync(new V1Patch(new { metadata = new { labels = new Dictionary<string, string?> { ["i"] = e.GetLabel("i") } } }, V1Patch.PatchType.MergePatch), "n", "ns");
    }

    async Task Maps_that_may_be_missing(IKubernetes c, string? v)
    {
        var d = await c.AppsV1.ReadNamespacedDeploymentAsync("n", "ns");
        if (d.Metadata.Labels == null)
        {
            d.Metadata.Labels = new Dictionary<string, string>();
        }
        if (d.Metadata.Annotations is null) d.Metadata.Annotations = new Dictionary<string, string>();
        d.Metadata.Labels["a"] = "b";
        d.Metadata.Labels.Add("c", "d");
        d.Metadata.Annotations?.Remove("x");
        d.SetAnnotation("y", v);
        await c.AppsV1.PatchNamespacedDeploymentAsync(new V1Patch(new { metadata = new { labels = new Dictionary<string, string> { ["a"] = "b", ["c"] = "d" }, annotations = new Dictionary<string, string?> { ["x"] = null, ["y"] = v } } }, V1Patch.PatchType.MergePatch), "n", "ns");
    }

    async Task A_write_deeper_than_its_change(IKubernetes c, bool b)
    {
        var d = await c.AppsV1.ReadNamespacedDeploymentAsync("n", "ns");
        d.SetLabel("a", "b");
        try
        {
            if (b)
                await c.AppsV1.PatchNamespacedDeploymentAsync(new V1Patch(new { metadata = new { labels = new Dictionary<string, string> { ["a"] = "b" } } }, V1Patch.PatchType.MergePatch), "n", "ns");
        }
        catch (HttpOperationException e) when (e.Response.StatusCode == HttpStatusCode.Conflict)
        {
            Console.WriteLine(d.Name());
        }
    }

    async Task A_change_outside_the_lambda(IKubernetes c)
    {
        var d = await c.AppsV1.ReadNamespacedDeploymentAsync("n", "ns");
        d.SetLabel("a", "b");
        await Retry(async () =>
        {
            d.SetLabel("c", "d");
            await c.AppsV1.PatchNamespacedDeploymentAsync(new V1Patch(new { metadata = new { labels = new Dictionary<string, string> { ["a"] = "b", ["c"] = "d" } } }, V1Patch.PatchType.MergePatch), "n", "ns");
        });
        await Retry(() => c.AppsV1.ReplaceNamespacedDeploymentAsync(d, "n", "ns"));
    }

    static Task Retry(Func<Task> f) => f();
    async Task Two_writes_in_a_row(IKubernetes c)
    {
        var d = await c.AppsV1.ReadNamespacedDeploymentAsync("n", "ns");
        d.SetLabel("a", "b");
        d = await c.AppsV1.PatchNamespacedDeploymentAsync(new V1Patch(new { metadata = new { labels = new Dictionary<string, string> { ["a"] = "b" } } }, V1Patch.PatchType.MergePatch), "n", "ns");
        d.SetLabel("c", "d");
        await c.AppsV1.PatchNamespacedDeploymentAsync(new V1Patch(new { metadata = new { labels = new Dictionary<string, string> { ["c"] = "d" } } }, V1Patch.PatchType.MergePatch), "n", "ns");
    }

    async Task Writes_in_branches(IKubernetes c, bool b)
    {
        var d = await c.AppsV1.ReadNamespacedDeploymentAsync("n", "ns");
        if (b)
        {
            d.SetLabel("a", "b");
            await c.AppsV1.PatchNamespacedDeploymentAsync(new V1Patch(new { metadata = new { labels = new Dictionary<string, string> { ["a"] = "b" } } }, V1Patch.PatchType.MergePatch), "n", "ns");
            return;
        }
        else
        {
            d.SetLabel("c", "d");
            await c.AppsV1.PatchNamespacedDeploymentAsync(new V1Patch(new { metadata = new { labels = new Dictionary<string, string> { ["c"] = "d" } } }, V1Patch.PatchType.MergePatch), "n", "ns");
        }
    }

    async Task Not_a_change_before_a_loop_that_reads_again(IKubernetes c)
    {
        var d = await c.AppsV1.ReadNamespacedDeploymentAsync("n", "ns");
        d.SetLabel("first", "b");
        while (true)
        {
            d.SetLabel("a", "b");
            await c.AppsV1.ReplaceNamespacedDeploymentAsync(d, "n", "ns");
            d = await c.AppsV1.ReadNamespacedDeploymentAsync("n", "ns");
        }
    }

    async Task The_variable_of_a_loop(IKubernetes c)
    {
        foreach (var d in (await c.AppsV1.ListNamespacedDeploymentAsync("ns")).Items)
        {
            if (d.Metadata.Labels.ContainsKey("a")) continue;
            if (d.Metadata.Labels.TryGetValue("b", out var b) && b == "c") { return; }
            d.SetLabel("a", "b");
            await c.AppsV1.PatchNamespacedDeploymentAsync(new V1Patch(new { metadata = new { labels = new Dictionary<string, string> { ["a"] = "b" } } }, V1Patch.PatchType.MergePatch), d.Name(), d.Namespace());
        }
    }

    async Task Not_objects_and_maps_set_whole(IKubernetes c, Dictionary<string, string> labels, V1PodTemplateSpec t)
    {
        var d = await c.AppsV1.ReadNamespacedDeploymentAsync("n", "ns");
        d.Metadata.Labels = labels;
        await c.AppsV1.ReplaceNamespacedDeploymentAsync(d, "n", "ns");
        var e = await c.AppsV1.ReadNamespacedDeploymentAsync("n", "ns");
        e.Spec.Template = t;
        await c.AppsV1.ReplaceNamespacedDeploymentAsync(e, "n", "ns");
        var f = await c.AppsV1.ReadNamespacedDeploymentAsync("n", "ns");
        f.Spec.Template.Spec.NodeSelector = labels;
        await c.AppsV1.ReplaceNamespacedDeploymentAsync(f, "n", "ns");
        var g = await c.AppsV1.ReadNamespacedDeploymentAsync("n", "ns");
        g.Spec.Template.Spec.Containers[0].Image = "x";
        await c.AppsV1.ReplaceNamespacedDeploymentAsync(g, "n", "ns");
    }

    async Task Lists_of_the_metadata(IKubernetes c, V1OwnerReference o)
    {
        var d = await c.AppsV1.ReadNamespacedDeploymentAsync("n", "ns");
        d.Metadata.OwnerReferences ??= new List<V1OwnerReference>();
        d.Metadata.OwnerReferences.Add(o);
        await c.AppsV1.PatchNamespacedDeploymentAsync(new V1Patch(new object[] { new { op = "test", path = "/metadata/resourceVersion", value = d.Metadata.ResourceVersion }, new { op = "add", path = "/metadata/ownerReferences", value = d.Metadata.OwnerReferences } }, V1Patch.PatchType.JsonPatch), "n", "ns");
        var e = await c.AppsV1.ReadNamespacedDeploymentAsync("n", "ns");
        if (!e.Metadata.Finalizers.Contains("f")) { e.Metadata.Finalizers.Add("f"); }
        e.AddOwnerReference(o);
        await c.AppsV1.PatchNamespacedDeploymentAsync(new V1Patch(new object[] { new { op = "test", path = "/metadata/resourceVersion", value = e.Metadata.ResourceVersion }, new { op = "add", path = "/metadata/finalizers", value = e.Metadata.Finalizers }, new { op = "add", path = "/metadata/ownerReferences", value = e.Metadata.OwnerReferences } }, V1Patch.PatchType.JsonPatch), "n", "ns");
        var f = await c.AppsV1.ReadNamespacedDeploymentAsync("n", "ns");
        f.Metadata.Finalizers = f.Metadata.Finalizers.Where(x => x != "a").ToList();
        await c.AppsV1.PatchNamespacedDeploymentAsync(new V1Patch(new object[] { new { op = "test", path = "/metadata/resourceVersion", value = f.Metadata.ResourceVersion }, new { op = "add", path = "/metadata/finalizers", value = f.Metadata.Finalizers } }, V1Patch.PatchType.JsonPatch), "n", "ns");
        var g = await c.AppsV1.ReadNamespacedDeploymentAsync("n", "ns");
        g.Metadata.Finalizers = null;
        await c.AppsV1.ReplaceNamespacedDeploymentAsync(g, "n", "ns");
    }

    async Task Members_of_built_in_kinds(IKubernetes c)
    {
        var s = await c.CoreV1.ReadNamespacedServiceAsync("n", "ns");
        s.Spec.Type = "NodePort";
        await c.CoreV1.PatchNamespacedServiceAsync(new V1Patch(new { spec = new { type = "NodePort" } }, V1Patch.PatchType.MergePatch), "n", "ns");
        var d = await c.AppsV1.ReadNamespacedDeploymentAsync("n", "ns");
        d.Spec.Strategy.RollingUpdate.MaxSurge = 3;
        await c.AppsV1.PatchNamespacedDeploymentAsync(new V1Patch(new { spec = new { strategy = new { rollingUpdate = new { maxSurge = 3 } } } }, V1Patch.PatchType.MergePatch), "n", "ns");
    }

    void Blocking_waits(IKubernetes c)
    {
        var d = c.AppsV1.ReadNamespacedDeploymentAsync("n", "ns").Result;
        d.Spec.Replicas = 3;
        d.Status.Replicas = 2;
        var dStatus = d.Status;
        d = c.AppsV1.ReplaceNamespacedDeploymentAsync(d, "n", "ns").GetAwaiter().GetResult();
        d.Status = dStatus;
        d = c.AppsV1.ReplaceNamespacedDeploymentStatusAsync(d, "n", "ns").GetAwaiter().GetResult();
        d.Status.Replicas = 2;
        d.Spec.Replicas = 3;
        var dStatus2 = d.Status;
        d = c.AppsV1.ReplaceNamespacedDeploymentAsync(d, "n", "ns").Result;
        d.Status = dStatus2;
        var x = c.AppsV1.ReplaceNamespacedDeploymentStatusAsync(d, "n", "ns").Result;
        d.Status.Replicas = 2;
        d.Spec.Replicas = 3;
        c.AppsV1.ReplaceNamespacedDeploymentAsync(d, "n", "ns").Wait();
    }

    async Task Statements_without_a_block(IKubernetes c, V1Deployment d, bool b)
    {
        d.Spec.Replicas = 3;
        d.Status.Replicas = 2;
        if (b)
        {
            // go
            var dStatus = d.Status;
            d = await c.AppsV1.ReplaceNamespacedDeploymentAsync(d, "n", "ns");
            d.Status = dStatus;
            await c.AppsV1.ReplaceNamespacedDeploymentStatusAsync(d, "n", "ns");
        } // one
        else { var dStatus2 = d.Status; d = await c.AppsV1.ReplaceNamespacedDeploymentAsync(d, "n", "ns"); d.Status = dStatus2; await c.AppsV1.ReplaceNamespacedDeploymentStatusAsync(d, "n", "ns"); }
        switch (b)
        {
            case true:
                var dStatus3 = d.Status;
                d = await c.AppsV1.ReplaceNamespacedDeploymentAsync(d, "n", "ns");
                d.Status = dStatus3;
                await c.AppsV1.ReplaceNamespacedDeploymentStatusAsync(d, "n", "ns");
                break;
        }
    }

    V1Node node = new();
    async Task Two_calls_with_a_field(IKubernetes c)
    {
        node = await c.CoreV1.ReadNodeAsync("n");
        node.Spec.Unschedulable = true;
        node.Status.Phase = "x";
        var updated = await c.CoreV1.ReplaceNodeAsync(node, "n");
        updated.Status = node.Status;
        await c.CoreV1.ReplaceNodeStatusAsync(updated, "n");
        this.node.Status.Phase = "x";
        var updated2 = await c.CoreV1.ReplaceNodeAsync(this.node, "n");
        updated2.Status = this.node.Status;
        await c.CoreV1.ReplaceNodeStatusAsync(updated2, "n");
    }

    async Task A_copy_without_status(IKubernetes c)
    {
        var n = await c.CoreV1.ReadNodeAsync("n");
        var copy = n;
        copy.SetLabel("a", "b");
        await c.CoreV1.PatchNodeAsync(new V1Patch(new { metadata = new { labels = new Dictionary<string, string> { ["a"] = "b" } } }, V1Patch.PatchType.MergePatch), "n");
    }

    async Task A_copy_made_in_the_call(IKubernetes c)
    {
        var n = await c.CoreV1.ReadNodeAsync("n");
        n.SetLabel("a", "b");
        await c.CoreV1.PatchNodeAsync(new V1Patch(new { metadata = new { labels = new Dictionary<string, string> { ["a"] = "b" } } }, V1Patch.PatchType.MergePatch), "n");
    }
}
