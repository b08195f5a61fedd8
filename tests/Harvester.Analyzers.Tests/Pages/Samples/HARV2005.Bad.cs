public class WidgetReconciler(IKubernetes client)
{
    public async Task ReconcileAsync(Widget widget)
    {
        if (string.IsNullOrEmpty(widget.Status.Phase)) // HARV2005
        {
            widget.Status.Phase = "run-" + Guid.NewGuid();
            await client.CustomObjects.ReplaceNamespacedCustomObjectStatusAsync(widget, "example.io", "v1", widget.Namespace(), "widgets", widget.Name());
        }
    }
}
