#nullable enable
namespace Shop.Ops
{
    using KubeOps.KubernetesClient;
    class C(IKubernetesClient client)
    {
        async Task M1(Widget w, CancellationToken ct)
        {
            w.SetLabel("a", "b");
            await client.UpdateAsync(w, ct);
        }

        async Task M2(Widget w, CancellationToken ct)
        {
            w.Spec.Replicas = 3;
            w = await client.UpdateAsync<Widget>(w, cancellationToken: ct);
        }

        void M3(Widget w)
        {
            w.Metadata.Finalizers.Remove("x");
            client.Update(w);
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
            await client.UpdateStatusAsync(w);
        }

        async Task M7(Widget w)
        {
            w.Status.Phase = "x";
            await client.SaveAsync(w);
        }

        async Task M8(Widget w) { w.SetAnnotation("a", "b"); w.Status = null; await client.UpdateAsync(w); }
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
            await client.CustomObjects.ReplaceNamespacedCustomObjectAsync(w, "example.io", "v1", "ns", "widgets", "n");
            await client.CustomObjects.ReplaceNamespacedCustomObjectAsync<Widget>(w, "example.io", "v1", "ns", "widgets", "n");
        }

        async Task M2(Widget w)
        {
            w.SetLabel("a", "b");
            await client.CustomObjects.ReplaceNamespacedCustomObjectWithHttpMessagesAsync(w, "example.io", "v1", "ns", "widgets", "n");
            client.CustomObjects.ReplaceClusterCustomObject(w, "example.io", "v1", "widgets", "n");
        }

        async Task M3(Widget w)
        {
            w.Spec.Image = "a";
            await g.ReplaceAsync(w, "n");
            await g.ReplaceNamespacedAsync<Widget>(w, "ns", "n");
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
            await client.CoreV1.ReplaceNodeAsync(n, "n");
        }
    }
}
