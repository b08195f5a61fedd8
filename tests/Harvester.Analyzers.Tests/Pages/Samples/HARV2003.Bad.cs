public class WidgetReconciler(IKubernetes client)
{
    public async Task ReconcileAsync(Widget widget)
    {
        if (GetStatus(widget, "Completed") == "") // HARV2003
        {
            await client.CoreV1.CreateNamespacedConfigMapAsync(LogFor(widget), widget.Namespace());
        }
    }

    private static string GetStatus(Widget widget, string type) =>
        widget.Status.Conditions?.FirstOrDefault(c => c.Type == type)?.Status ?? "";

    private static V1ConfigMap LogFor(Widget widget) => new() { Metadata = new() { Name = widget.Name() } };
}
