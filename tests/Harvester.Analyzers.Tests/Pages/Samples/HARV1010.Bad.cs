public class Scaler(GenericClient client)
{
    public async Task ScaleAsync(string name, string ns)
    {
        var widget = await client.ReadNamespacedAsync<Widget>(ns, name);
        widget.Spec.Replicas = 3;
        await client.ReplaceNamespacedAsync(widget, ns, name); // HARV1010
    }
}
