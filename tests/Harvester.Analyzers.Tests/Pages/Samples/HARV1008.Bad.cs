public class ConfigApplier(IKubernetes client)
{
    public async Task ApplyAsync(V1ConfigMap config, string ns)
    {
        var patch = new V1Patch(config, V1Patch.PatchType.ApplyPatch);
        await client.CoreV1.PatchNamespacedConfigMapAsync(patch, config.Name(), ns); // HARV1008
    }
}
