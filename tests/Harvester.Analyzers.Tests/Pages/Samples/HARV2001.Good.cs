public class WidgetReconciler(IKubernetes client)
{
    public async Task ReconcileAsync(Widget widget)
    {
        if (widget.Status is not null)
        {
            return;
        }

        if (await FindJobAsync(widget) is { } job)
        {
            await RebuildStatusAsync(widget, job);
            return;
        }

        await client.BatchV1.CreateNamespacedJobAsync(JobFor(widget), widget.Namespace());
    }

    private async Task<V1Job?> FindJobAsync(Widget widget)
    {
        var jobs = await client.BatchV1.ListNamespacedJobAsync(widget.Namespace(), labelSelector: $"example.io/widget={widget.Uid()}");
        return jobs.Items.FirstOrDefault();
    }

    private async Task RebuildStatusAsync(Widget widget, V1Job job)
    {
        var patch = new V1Patch(new { status = new { phase = job.Status.Succeeded > 0 ? "Done" : "Running" } }, V1Patch.PatchType.MergePatch);
        await client.CustomObjects.PatchNamespacedCustomObjectStatusAsync(patch, "example.io", "v1", widget.Namespace(), "widgets", widget.Name());
    }

    private static V1Job JobFor(Widget widget) => new() { Metadata = new() { Name = widget.Name() } };
}
