#nullable enable
IKubernetes c = new Kubernetes(KubernetesClientConfiguration.BuildDefaultConfig());
var n = await c.CoreV1.ReadNodeAsync("n");
n.SetLabel("a", "b");
// write
await c.CoreV1.PatchNodeAsync(new V1Patch(new { metadata = new { labels = new Dictionary<string, string> { ["a"] = "b" } } }, V1Patch.PatchType.MergePatch), "n"); // done
var p = await c.CoreV1.ReadNamespacedPodAsync("n", "ns");
p.Status.Phase = "x";
p.Spec.ActiveDeadlineSeconds = 3;
// both
var pStatus = p.Status;
p = await c.CoreV1.ReplaceNamespacedPodAsync(p, "n", "ns");
p.Status = pStatus;
await c.CoreV1.ReplaceNamespacedPodStatusAsync(p, "n", "ns");
