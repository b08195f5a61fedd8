public class WidgetStore(IKubernetes client)
{
    public async Task SaveAsync(Widget widget, string ns)
    {
        var wanted = new { apiVersion = widget.ApiVersion, kind = widget.Kind, metadata = new { name = widget.Name() }, spec = widget.Spec };
        var patch = new V1Patch(wanted, V1Patch.PatchType.ApplyPatch);
        await client.CustomObjects.PatchNamespacedCustomObjectAsync(
            patch, "example.io", "v1", ns, "widgets", widget.Name(), fieldManager: "widget-operator", force: true);
    }
}
