public class WidgetReconciler(IKubernetes client)
{
    public async Task ReconcileAsync(Widget widget)
    {
        switch (widget.Status.Phase)
        {
            case "Running":
            case "Done":
                break;
            default: // HARV2004
                await client.BatchV1.CreateNamespacedJobAsync(JobFor(widget), widget.Namespace());
                break;
        }
    }

    private static V1Job JobFor(Widget widget) => new() { Metadata = new() { Name = widget.Name() } };
}
