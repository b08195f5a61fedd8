public class Scaler(IKubernetes client)
{
    public async Task ScaleAsync(string name, string ns, int replicas)
    {
        var deployment = await client.AppsV1.ReadNamespacedDeploymentAsync(name, ns);
        deployment.Spec.Replicas = replicas;
        deployment.Status.ObservedGeneration = deployment.Metadata.Generation;
        await client.AppsV1.ReplaceNamespacedDeploymentStatusAsync(deployment, name, ns); // HARV1005
    }
}
