public class PodLabeler(IKubernetes client)
{
    public async Task LabelAsync(string name, string ns)
    {
        var seen = new Dictionary<string, string> { ["example.io/seen"] = "true" };
        var patch = new V1Patch(new { metadata = new { labels = seen } }, V1Patch.PatchType.MergePatch);
        await client.CoreV1.PatchNamespacedPodAsync(patch, name, ns);
    }
}
