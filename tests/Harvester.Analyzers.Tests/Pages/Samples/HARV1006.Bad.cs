public class PhaseWriter(IKubernetes client)
{
    public async Task SetAsync(string name, string ns, string phase)
    {
        var patch = new V1Patch(new { status = new { phase } }, V1Patch.PatchType.MergePatch);
        await client.CustomObjects.PatchNamespacedCustomObjectAsync(patch, "example.io", "v1", ns, "widgets", name); // HARV1006
    }
}
