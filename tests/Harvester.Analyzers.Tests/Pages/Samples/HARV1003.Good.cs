public class ChildWriter(IKubernetes client)
{
    public async Task UpdateAsync(string name, string ns, V1DeploymentSpec spec)
    {
        var wanted = new V1Deployment { ApiVersion = "apps/v1", Kind = "Deployment", Metadata = new() { Name = name }, Spec = spec };
        var patch = new V1Patch(wanted, V1Patch.PatchType.ApplyPatch);
        await client.AppsV1.PatchNamespacedDeploymentAsync(patch, name, ns, fieldManager: "widget-operator", force: true);
    }
}
