public class WidgetReconciler(IKubernetes client)
{
    public async Task ReconcileAsync(Widget widget)
    {
        switch (widget.Status.Phase)
        {
            case "Running":
            case "Done":
                break;
            default:
                if (await FindJobAsync(widget) is { } job)
                {
                    await RebuildStatusAsync(widget, job);
                    break;
                }

                await client.BatchV1.CreateNamespacedJobAsync(JobFor(widget), widget.Namespace());
                break;
        }
    }

    private async Task<V1Job?> FindJobAsync(Widget widget)
    {
        var jobs = await client.BatchV1.ListNamespacedJobAsync(widget.Namespace());
        return jobs.Items.FirstOrDefault(j => j.Name() == widget.Name());
    }

    private Task RebuildStatusAsync(Widget widget, V1Job job)
    {
        var phase = job.Status.CompletionTime is null ? "Running" : "Done";
        var patch = new V1Patch(new { status = new { phase } }, V1Patch.PatchType.MergePatch);
        return client.CustomObjects.PatchNamespacedCustomObjectStatusAsync(patch, "example.io", "v1", widget.Namespace(), "widgets", widget.Name());
    }

    private static V1Job JobFor(Widget widget) => new() { Metadata = new() { Name = widget.Name() } };
}
