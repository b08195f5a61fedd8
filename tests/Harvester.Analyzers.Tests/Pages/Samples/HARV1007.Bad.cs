public class PodLabeler(IKubernetes client)
{
    public async Task LabelAsync(string name, string ns)
    {
        var pod = await client.CoreV1.ReadNamespacedPodAsync(name, ns);
        pod.SetLabel("example.io/seen", "true");
        await client.CoreV1.PatchNamespacedPodAsync(new V1Patch(pod, V1Patch.PatchType.MergePatch), name, ns); // HARV1007
    }
}
