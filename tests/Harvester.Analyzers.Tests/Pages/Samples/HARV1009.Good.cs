public class Resizer(GenericClient client)
{
    public async Task ResizeAsync(string name, string ns, int replicas)
    {
        var patch = new V1Patch(new { spec = new { replicas } }, V1Patch.PatchType.MergePatch);
        await client.PatchNamespacedAsync<Widget>(patch, ns, name);
    }
}
