public class WidgetStore(GenericClient client)
{
    public async Task SaveAsync(Widget widget, string ns)
    {
        var stored = await client.ReadNamespacedAsync<Widget>(ns, widget.Name());
        widget.Metadata.ResourceVersion = stored.Metadata.ResourceVersion;
        await client.ReplaceNamespacedAsync(widget, ns, widget.Name()); // HARV1011
    }
}
