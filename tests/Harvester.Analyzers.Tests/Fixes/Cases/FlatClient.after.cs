class FlatClient
{
    async Task Label(IKubernetes c, CancellationToken ct)
    {
        var d = await c.ReadNamespacedDeploymentAsync("n", "ns", cancellationToken: ct);
        d.Metadata.Labels["a"] = "b";
        await c.PatchNamespacedDeploymentAsync(new V1Patch(new { metadata = new { labels = new Dictionary<string, string> { ["a"] = "b" } } }, V1Patch.PatchType.MergePatch), "n", "ns", cancellationToken: ct);
    }

    void Status(IKubernetes c)
    {
        var n = c.ReadNode("n");
        n.Status.Phase = "x";
        c.ReplaceNodeStatus(n, "n");
    }

    async Task Both(IKubernetes c)
    {
        using var answer = await c.ReadNamespacedPodWithHttpMessagesAsync("n", "ns");
        var p = answer.Body;
        p.Spec.ActiveDeadlineSeconds = 3;
        p.Status.Phase = "x";
        var pStatus = p.Status;
        p = (await c.ReplaceNamespacedPodWithHttpMessagesAsync(p, "n", "ns")).Body;
        p.Status = pStatus;
        using var stored = await c.ReplaceNamespacedPodStatusWithHttpMessagesAsync(p, "n", "ns");
    }

    async Task StatusOnly(IKubernetes c, V1Pod p)
    {
        p.Spec.ActiveDeadlineSeconds = 3;
        var pStatus = p.Status;
        p = await c.ReplaceNamespacedPodAsync(p, "n", "ns");
        p.Status = pStatus;
        await c.ReplaceNamespacedPodStatusAsync(p, "n", "ns");
    }

    async Task Patch(IKubernetes c)
    {
        await c.PatchNamespacedPodStatusAsync(new V1Patch(new { status = new { phase = "x" } }, V1Patch.PatchType.MergePatch), "n", "ns");
        await c.PatchNamespacedPodAsync(new V1Patch(new { spec = new { } }, V1Patch.PatchType.ApplyPatch), "n", "ns", force: true, fieldManager: "widget-operator");
    }
}
