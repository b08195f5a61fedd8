public class MessageAction(GenericClient client)
{
    public async Task DismissAsync(string name, string ns)
    {
        var widget = await client.ReadNamespacedAsync<Widget>(ns, name);
        widget.SetLabel("example.io/seen", "true");
        await client.ReplaceNamespacedAsync(widget, ns, name); // HARV1002
    }
}
