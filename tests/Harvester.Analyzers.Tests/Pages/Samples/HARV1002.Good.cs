public class MessageAction(GenericClient client)
{
    public async Task DismissAsync(string name, string ns)
    {
        var seen = new Dictionary<string, string> { ["example.io/seen"] = "true" };
        var patch = new V1Patch(new { metadata = new { labels = seen } }, V1Patch.PatchType.MergePatch);
        await client.PatchNamespacedAsync<Widget>(patch, ns, name);
    }
}
