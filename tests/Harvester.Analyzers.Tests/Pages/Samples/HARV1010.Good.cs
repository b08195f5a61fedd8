public class Scaler(GenericClient client)
{
    public async Task ScaleAsync(string name, string ns)
    {
        var patch = new V1Patch(new { spec = new { replicas = 3 } }, V1Patch.PatchType.MergePatch);
        await client.PatchNamespacedAsync<Widget>(patch, ns, name);
    }
}
