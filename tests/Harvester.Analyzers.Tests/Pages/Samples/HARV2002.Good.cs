public class WidgetReconciler(IKubernetes client)
{
    public async Task ReconcileAsync(Widget widget)
    {
        switch (widget.Status?.Phase ?? "Pending")
        {
            case "Pending":
                if (widget.GetAnnotation("example.io/started-for") == widget.Metadata.Uid)
                {
                    await RebuildStatusAsync(widget);
                    break;
                }

                await MarkStartedAsync(widget);
                await client.BatchV1.CreateNamespacedJobAsync(JobFor(widget), widget.Namespace());
                break;
        }
    }

    private Task MarkStartedAsync(Widget widget)
    {
        var marker = new Dictionary<string, string> { ["example.io/started-for"] = widget.Metadata.Uid };
        var patch = new V1Patch(new { metadata = new { annotations = marker } }, V1Patch.PatchType.MergePatch);
        return client.CustomObjects.PatchNamespacedCustomObjectAsync(patch, "example.io", "v1", widget.Namespace(), "widgets", widget.Name());
    }

    private Task RebuildStatusAsync(Widget widget)
    {
        var patch = new V1Patch(new { status = new { phase = "Running" } }, V1Patch.PatchType.MergePatch);
        return client.CustomObjects.PatchNamespacedCustomObjectStatusAsync(patch, "example.io", "v1", widget.Namespace(), "widgets", widget.Name());
    }

    private static V1Job JobFor(Widget widget) => new() { Metadata = new() { Name = widget.Name() } };
}
