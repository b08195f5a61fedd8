#nullable enable
IKubernetes c = new Kubernetes(KubernetesClientConfiguration.BuildDefaultConfig());
var n = await c.CoreV1.ReadNodeAsync("n");
n.SetLabel("a", "b");
// write
await c.CoreV1.ReplaceNodeAsync(n, "n"); // done
var p = await c.CoreV1.ReadNamespacedPodAsync("n", "ns");
p.Status.Phase = "x";
p.Spec.ActiveDeadlineSeconds = 3;
// both
await c.CoreV1.ReplaceNamespacedPodAsync(p, "n", "ns");
