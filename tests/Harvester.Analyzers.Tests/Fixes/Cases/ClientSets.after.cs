#nullable enable
using k8s.ClientSets;
using Neon.K8s;

class ClientSets(ClientSet clients, IKubernetes c)
{
    async Task Label(CancellationToken ct)
    {
        var pod = await clients.CoreV1.Pod.GetAsync("n", "ns", cancellationToken: ct);
        pod.SetLabel("a", "b");
        await clients.CoreV1.Pod.PatchAsync(new V1Patch(new { metadata = new { labels = new Dictionary<string, string> { ["a"] = "b" } } }, V1Patch.PatchType.MergePatch), "n", "ns", cancellationToken: ct).ConfigureAwait(false);
    }

    async Task<V1Node> Spec(bool unschedulable)
    {
        var node = await clients.CoreV1.Node.GetAsync("n");
        node.Spec.Unschedulable = unschedulable;
        return await clients.CoreV1.Node.PatchAsync(name: "n", body: new V1Patch(new { spec = new { unschedulable = unschedulable } }, V1Patch.PatchType.MergePatch));
    }

    async Task Both(V1Node node)
    {
        node.Spec.Unschedulable = true;
        node.Status.Phase = "x";
        var nodeStatus = node.Status;
        node = await clients.CoreV1.Node.UpdateAsync(node, "n");
        node.Status = nodeStatus;
        var stored = await clients.CoreV1.Node.UpdateStatusAsync(node, "n");
        Console.WriteLine(stored.Status.Phase);
    }

    async Task Lists(V1Pod pod, V1OwnerReference owner)
    {
        if (pod.HasFinalizer("f"))
        {
            pod.RemoveFinalizer("f");
        }

        pod.AddOwnerReference(owner);
        _ = await clients.CoreV1.Pod.PatchAsync(new V1Patch(new object[] { new { op = "test", path = "/metadata/resourceVersion", value = pod.Metadata.ResourceVersion }, new { op = "add", path = "/metadata/finalizers", value = pod.Metadata.Finalizers ?? new List<string>() }, new { op = "add", path = "/metadata/ownerReferences", value = pod.Metadata.OwnerReferences } }, V1Patch.PatchType.JsonPatch), "n", "ns");
    }

    Task Parallel(V1PodList pods) => System.Threading.Tasks.Parallel.ForEachAsync(pods.Items, async (pod, ct) =>
    {
        pod.SetAnnotation("seen", "true");
        await clients.CoreV1.Pod.PatchAsync(new V1Patch(new { metadata = new { annotations = new Dictionary<string, string> { ["seen"] = "true" } } }, V1Patch.PatchType.MergePatch), pod.Name(), pod.Namespace(), cancellationToken: ct);
    });

    async Task Neon(CancellationToken ct)
    {
        var widget = await c.CustomObjects.GetNamespacedCustomObjectAsync<Widget>("n", "ns", cancellationToken: ct);
        widget.SetLabel("a", "b");
        await c.CustomObjects.PatchNamespacedCustomObjectAsync<Widget>(new V1Patch(new { metadata = new { labels = new Dictionary<string, string> { ["a"] = "b" } } }, V1Patch.PatchType.MergePatch), "n", "ns", cancellationToken: ct);
        widget.Status.Phase = "x";
        await c.CustomObjects.ReplaceNamespacedCustomObjectAsync<Widget>(widget, "n", "ns", cancellationToken: ct);
    }

    async Task NeonBoth(Widget widget)
    {
        widget.Spec.Replicas = 3;
        widget.Status.Phase = "x";
        await c.CustomObjects.ReplaceNamespacedCustomObjectStatusAsync(widget, "ns");
    }

    async Task NamedByTheRest(V1Deployment d, string? dryRun)
    {
        d.Spec.Replicas = 3;
        await c.AppsV1.ReplaceNamespacedDeploymentAsync(d, "n", "ns", dryRun, "me", "Strict", true);
        await c.AppsV1.PatchNamespacedDeploymentAsync(new V1Patch(new { spec = new { replicas = 3 } }, V1Patch.PatchType.MergePatch), "n", "ns", dryRun, "me");
    }

    async Task Closure(V1Deployment d)
    {
        Action change = () => d.Spec.Replicas = 4;
        d.Spec.Replicas = 3;
        change();
        await c.AppsV1.ReplaceNamespacedDeploymentAsync(d, "n", "ns");
    }

    async Task Handed(V1Deployment d)
    {
        d.Spec.Replicas = 3;
        Change(ref d);
        await c.AppsV1.ReplaceNamespacedDeploymentAsync(d, "n", "ns");
    }

    static void Change(ref V1Deployment d) => d.Spec.Paused = true;

    async Task<bool> Retried(string name)
    {
        for (var i = 0; i < 3; i++)
        {
            try
            {
                var d = await c.AppsV1.ReadNamespacedDeploymentAsync(name, "ns");
                d.Spec.Replicas = i;
                d.Metadata.Annotations ??= new Dictionary<string, string>();
                d.Metadata.Annotations["tries"] = "many";
                await c.AppsV1.PatchNamespacedDeploymentAsync(new V1Patch(new { metadata = new { annotations = new Dictionary<string, string> { ["tries"] = "many" } }, spec = new { replicas = i } }, V1Patch.PatchType.MergePatch), name, "ns");
                return true;
            }
            catch (HttpOperationException conflict) when (conflict.Response.StatusCode == HttpStatusCode.Conflict)
            {
                await Task.Delay(10);
            }
        }

        return false;
    }
}
