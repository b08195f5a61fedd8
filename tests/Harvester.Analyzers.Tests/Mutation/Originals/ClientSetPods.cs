// surface: ClientSets; mutants: HARV1001 HARV1002 HARV1007 HARV1010
using k8s;
using k8s.ClientSets;
using k8s.Models;

namespace Shop.ClientSetPods;

/// <summary>Sets a readiness gate of pods from an external load balancer.</summary>
public sealed class ReadinessGate
{
    private const string Gate = "shop.example.io/balanced";
    private readonly ClientSet _clients;

    public ReadinessGate(Kubernetes kubernetes)
    {
        _clients = new ClientSet(kubernetes);
    }

    public async Task OpenAsync(string name, string ns, CancellationToken ct)
    {
        var pod = await _clients.CoreV1.Pod.GetAsync(name, ns, cancellationToken: ct);
        if (pod.Spec.ReadinessGates?.Any(g => g.ConditionType == Gate) != true)
        {
            return;
        }

        pod.Status.Conditions ??= new List<V1PodCondition>();
        var condition = pod.Status.Conditions.FirstOrDefault(c => c.Type == Gate);
        if (condition is null)
        {
            pod.Status.Conditions.Add(new V1PodCondition { Type = Gate, Status = "True" });
        }
        else
        {
            condition.Status = "True";
        }

        await _clients.CoreV1.Pod.UpdateStatusAsync(pod, name, ns, cancellationToken: ct);
    }

    public async Task TagAsync(string name, string ns, string pool, CancellationToken ct)
    {
        var pod = await _clients.CoreV1.Pod.GetAsync(name, ns, cancellationToken: ct);
        if (pod.Metadata.Labels?.ContainsKey("pool") == true)
        {
            return;
        }

        var labels = new Dictionary<string, string> { ["pool"] = pool };
        await _clients.CoreV1.Pod.PatchAsync(new V1Patch(new { metadata = new { labels } }, V1Patch.PatchType.MergePatch), name, ns, cancellationToken: ct);
    }

    public async Task DeadlineAsync(string name, string ns, long seconds, CancellationToken ct)
    {
        var pod = await _clients.CoreV1.Pod.GetAsync(name, ns, cancellationToken: ct);
        if (pod.Spec.ActiveDeadlineSeconds <= seconds)
        {
            return;
        }

        await _clients.CoreV1.Pod.PatchAsync(new V1Patch(new { spec = new { activeDeadlineSeconds = seconds } }, V1Patch.PatchType.MergePatch), name, ns, cancellationToken: ct);
    }

    public async Task<int> CountAsync(string ns, CancellationToken ct)
    {
        var pods = await _clients.CoreV1.Pod.ListAsync(ns, cancellationToken: ct);
        return pods.Items.Count(p => p.Status?.Phase == "Running");
    }
}
