public class SaveAction(GenericClient client)
{
    public async Task SaveAsync(string name, string ns)
    {
        var read = new Dictionary<string, string> { ["read-message"] = "true" };
        var patch = new V1Patch(new { metadata = new { labels = read } }, V1Patch.PatchType.MergePatch);
        await client.PatchNamespacedAsync<Widget>(patch, ns, name);
    }
}
