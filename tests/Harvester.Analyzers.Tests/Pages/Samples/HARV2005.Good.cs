public class WidgetReconciler(IKubernetes client)
{
    public async Task ReconcileAsync(Widget widget)
    {
        if (string.IsNullOrEmpty(widget.Status.Phase))
        {
            widget.Status.Phase = "run-" + widget.Metadata.Uid;
            await client.CustomObjects.ReplaceNamespacedCustomObjectStatusAsync(widget, "example.io", "v1", widget.Namespace(), "widgets", widget.Name());
        }
    }
}
