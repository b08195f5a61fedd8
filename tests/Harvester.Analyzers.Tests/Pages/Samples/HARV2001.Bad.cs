public class WidgetReconciler(IKubernetes client)
{
    public async Task ReconcileAsync(Widget widget)
    {
        if (widget.Status is not null) // HARV2001
        {
            return;
        }

        await client.BatchV1.CreateNamespacedJobAsync(JobFor(widget), widget.Namespace());
    }

    private static V1Job JobFor(Widget widget) => new() { Metadata = new() { Name = widget.Name() } };
}
