public class WidgetReconciler(IKubernetes client)
{
    public async Task ReconcileAsync(Widget widget)
    {
        if (GetStatus(widget, "Completed") == "")
        {
            if (await FindLogAsync(widget) is { } log)
            {
                await RebuildStatusAsync(widget, log);
                return;
            }

            await client.CoreV1.CreateNamespacedConfigMapAsync(LogFor(widget), widget.Namespace());
        }
    }

    private async Task<V1ConfigMap?> FindLogAsync(Widget widget)
    {
        var logs = await client.CoreV1.ListNamespacedConfigMapAsync(widget.Namespace(), labelSelector: $"example.io/widget={widget.Uid()}");
        return logs.Items.FirstOrDefault();
    }

    private Task RebuildStatusAsync(Widget widget, V1ConfigMap log)
    {
        var patch = new V1Patch(new { status = new { phase = log.Data["phase"] } }, V1Patch.PatchType.MergePatch);
        return client.CustomObjects.PatchNamespacedCustomObjectStatusAsync(patch, "example.io", "v1", widget.Namespace(), "widgets", widget.Name());
    }

    private static string GetStatus(Widget widget, string type) =>
        widget.Status.Conditions?.FirstOrDefault(c => c.Type == type)?.Status ?? "";

    private static V1ConfigMap LogFor(Widget widget) => new() { Metadata = new() { Name = widget.Name() } };
}
