public class SaveAction(GenericClient client)
{
    public async Task SaveAsync(string name, string ns)
    {
        var widget = await client.ReadNamespacedAsync<Widget>(ns, name);
        widget.SetLabel("read-message", "true");
        widget.Status = null;
        await client.ReplaceNamespacedAsync(widget, ns, name); // HARV1004
    }
}
