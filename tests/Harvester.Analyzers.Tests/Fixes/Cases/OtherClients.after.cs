#nullable enable
namespace Shop.Ops
{
    using KubeOps.KubernetesClient;
    class C(IKubernetesClient client)
    {
        async Task M1(Widget w, CancellationToken ct)
        {
            w.SetLabel("a", "b");
            await client.PatchAsync<Widget>(new V1Patch(new { metadata = new { labels = new Dictionary<string, string> { ["a"] = "b" } } }, V1Patch.PatchType.MergePatch), w.Metadata.Name, w.Metadata.NamespaceProperty, cancellationToken: ct);
        }

        async Task M2(Widget w, CancellationToken ct)
        {
            w.Spec.Replicas = 3;
            w = await client.PatchAsync<Widget>(new V1Patch(new { spec = new { replicas = 3 } }, V1Patch.PatchType.MergePatch), w.Metadata.Name, w.Metadata.NamespaceProperty, cancellationToken: ct);
        }

        void M3(Widget w)
        {
            w.Metadata.Finalizers.Remove("x");
            client.Patch<Widget>(new V1Patch(new object[] { new { op = "test", path = "/metadata/resourceVersion", value = w.Metadata.ResourceVersion }, new { op = "add", path = "/metadata/finalizers", value = w.Metadata.Finalizers } }, V1Patch.PatchType.JsonPatch), w.Metadata.Name, w.Metadata.NamespaceProperty);
        }

        async Task M4(Widget w)
        {
            w.Status.Phase = "x";
            await client.UpdateAsync(w);
        }

        async Task<Widget> M5(Widget w)
        {
            w.Status.Phase = "x";
            w.Spec.Replicas = 3;
            return await client.UpdateAsync(w);
        }

        async Task M6(Widget w)
        {
            w.Status.Phase = "x";
            w.Metadata.Labels["a"] = "b";
            var wStatus = w.Status;
            w = await client.UpdateAsync(w);
            w.Status = wStatus;
            await client.UpdateStatusAsync(w);
        }

        async Task M7(Widget w)
        {
            w.Status.Phase = "x";
            await client.SaveAsync(w);
        }

        async Task M8(Widget w) { w.SetAnnotation("a", "b"); await client.PatchAsync<Widget>(new V1Patch(new { metadata = new { annotations = new Dictionary<string, string> { ["a"] = "b" } } }, V1Patch.PatchType.MergePatch), w.Metadata.Name, w.Metadata.NamespaceProperty); }
    }
}
namespace Shop.Old
{
    using DotnetKubernetesClient;
    class C(IKubernetesClient client)
    {
        async Task M1(Widget w)
        {
            w.Status.Phase = "x";
            w = await client.Update(w);
        }

        async Task M2(Widget w)
        {
            w.Status.Phase = "x";
            await client.Update(w);
        }

        async Task M3(Widget w)
        {
            w.Status.Phase = "x";
            w.Spec.Replicas = 2;
            await client.Update<Widget>(w);
        }

        async Task M4(Widget w)
        {
            w.SetLabel("a", "b");
            await client.Update(w);
        }

        async Task<Widget> M5(Widget w)
        {
            w.Status.Phase = "x";
            return await client.Update(w);
        }

        async Task M6(Widget w)
        {
            w.Spec.Replicas = 2;
            var wStatus = w.Status;
            w = await client.Update(w);
            w.Status = wStatus;
            await client.UpdateStatus(w);
        }
    }
}
namespace Shop.Custom
{
    class C(IKubernetes client, GenericClient g)
    {
        async Task M1(Widget w)
        {
            w.SetLabel("a", "b");
            await client.CustomObjects.PatchNamespacedCustomObjectAsync(new k8s.Models.V1Patch(new { metadata = new { labels = new Dictionary<string, string> { ["a"] = "b" } } }, k8s.Models.V1Patch.PatchType.MergePatch), "example.io", "v1", "ns", "widgets", "n");
            await client.CustomObjects.PatchNamespacedCustomObjectAsync<Widget>(new k8s.Models.V1Patch(new { metadata = new { labels = new Dictionary<string, string> { ["a"] = "b" } } }, k8s.Models.V1Patch.PatchType.MergePatch), "example.io", "v1", "ns", "widgets", "n");
        }

        async Task M2(Widget w)
        {
            w.SetLabel("a", "b");
            await client.CustomObjects.PatchNamespacedCustomObjectWithHttpMessagesAsync(new k8s.Models.V1Patch(new { metadata = new { labels = new Dictionary<string, string> { ["a"] = "b" } } }, k8s.Models.V1Patch.PatchType.MergePatch), "example.io", "v1", "ns", "widgets", "n");
            client.CustomObjects.PatchClusterCustomObject(new k8s.Models.V1Patch(new { metadata = new { labels = new Dictionary<string, string> { ["a"] = "b" } } }, k8s.Models.V1Patch.PatchType.MergePatch), "example.io", "v1", "widgets", "n");
        }

        async Task M3(Widget w)
        {
            w.Spec.Image = "a";
            await g.PatchAsync<Widget>(new k8s.Models.V1Patch(new { spec = new { image = "a" } }, k8s.Models.V1Patch.PatchType.MergePatch), "n");
            await g.PatchNamespacedAsync<Widget>(new k8s.Models.V1Patch(new { spec = new { image = "a" } }, k8s.Models.V1Patch.PatchType.MergePatch), "ns", "n");
        }

        async Task M4(JsonObject json)
        {
            json["metadata"]!["labels"]!["app.kubernetes.io/name"] = "x";
            json["metadata"]!["annotations"]!["b"] = null;
            json["status"] = null;
            await client.CustomObjects.ReplaceNamespacedCustomObjectAsync(json, "example.io", "v1", "ns", "widgets", "n");
        }
    }
    class V1Patch { }
    class D(IKubernetes client)
    {
        async Task M1(V1Node n)
        {
            n.SetLabel("a", "b");
            await client.CoreV1.PatchNodeAsync(new k8s.Models.V1Patch(new { metadata = new { labels = new Dictionary<string, string> { ["a"] = "b" } } }, k8s.Models.V1Patch.PatchType.MergePatch), "n");
        }
    }
}
