public class ReadinessProbe(IKubernetes client)
{
    public async Task MarkReadyAsync(string name, string ns)
    {
        var deployment = await client.AppsV1.ReadNamespacedDeploymentAsync(name, ns);
        deployment.Status.ReadyReplicas = deployment.Spec.Replicas;
        await client.AppsV1.ReplaceNamespacedDeploymentStatusAsync(deployment, name, ns);
    }
}
