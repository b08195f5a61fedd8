class FlatClient
{
    async Task Label(IKubernetes c, CancellationToken ct)
    {
        var d = await c.ReadNamespacedDeploymentAsync("n", "ns", cancellationToken: ct);
        d.Metadata.Labels["a"] = "b";
        await c.ReplaceNamespacedDeploymentAsync(d, "n", "ns", cancellationToken: ct);
    }

    void Status(IKubernetes c)
    {
        var n = c.ReadNode("n");
        n.Status.Phase = "x";
        c.ReplaceNode(n, "n");
    }

    async Task Both(IKubernetes c)
    {
        using var answer = await c.ReadNamespacedPodWithHttpMessagesAsync("n", "ns");
        var p = answer.Body;
        p.Spec.ActiveDeadlineSeconds = 3;
        p.Status.Phase = "x";
        using var stored = await c.ReplaceNamespacedPodWithHttpMessagesAsync(p, "n", "ns");
    }

    async Task StatusOnly(IKubernetes c, V1Pod p)
    {
        p.Spec.ActiveDeadlineSeconds = 3;
        await c.ReplaceNamespacedPodStatusAsync(p, "n", "ns");
    }

    async Task Patch(IKubernetes c)
    {
        await c.PatchNamespacedPodAsync(new V1Patch(new { status = new { phase = "x" } }, V1Patch.PatchType.MergePatch), "n", "ns");
        await c.PatchNamespacedPodAsync(new V1Patch(new { spec = new { } }, V1Patch.PatchType.ApplyPatch), "n", "ns", force: true);
    }
}
