public class Scaler(IKubernetes client)
{
    public async Task ScaleAsync(string name, string ns, int replicas)
    {
        var patch = new V1Patch(new { spec = new { replicas } }, V1Patch.PatchType.MergePatch);
        var deployment = await client.AppsV1.PatchNamespacedDeploymentAsync(patch, name, ns);
        deployment.Status.ObservedGeneration = deployment.Metadata.Generation;
        await client.AppsV1.ReplaceNamespacedDeploymentStatusAsync(deployment, name, ns);
    }
}
