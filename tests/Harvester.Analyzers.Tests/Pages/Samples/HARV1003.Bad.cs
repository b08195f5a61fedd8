public class ChildWriter(IKubernetes client)
{
    public async Task UpdateAsync(string name, string ns, V1DeploymentSpec spec)
    {
        var wanted = new V1Deployment { Metadata = new() { Name = name }, Spec = spec };
        await client.AppsV1.ReplaceNamespacedDeploymentAsync(wanted, name, ns); // HARV1003
    }
}
