// surface: ClientSets, WithHttpMessages, typed sync; mutants: HARV1001 HARV1005 HARV1010
using k8s;
using k8s.ClientSets;
using k8s.Models;

namespace Shop.ClientSetNodes;

/// <summary>Looks after nodes: through client sets where it can, with headers where it must, and blocking in its command line.</summary>
public sealed class NodeCare
{
    private readonly IKubernetes _client;
    private readonly ClientSet _clients;

    public NodeCare(Kubernetes client)
    {
        _client = client;
        _clients = new ClientSet(client);
    }

    public async Task CordonAsync(string name, CancellationToken ct)
    {
        var node = await _clients.CoreV1.Node.GetAsync(name, cancellationToken: ct);
        if (node.Spec.Unschedulable == true)
        {
            return;
        }

        await _clients.CoreV1.Node.PatchAsync(new V1Patch(new { spec = new { unschedulable = true } }, V1Patch.PatchType.MergePatch), name, cancellationToken: ct);
    }

    public async Task PhaseAsync(string name, string phase, CancellationToken ct)
    {
        var node = await _clients.CoreV1.Node.GetAsync(name, cancellationToken: ct);
        if (node.Status.Phase == phase)
        {
            return;
        }

        node.Status.Phase = phase;
        await _clients.CoreV1.Node.UpdateStatusAsync(node, name, cancellationToken: ct);
    }

    public async Task DisksAsync(string name, int disks, CancellationToken ct)
    {
        using var answer = await _client.CoreV1.ReadNodeWithHttpMessagesAsync(name, cancellationToken: ct);
        var node = answer.Body;
        node.Status.Capacity ??= new Dictionary<string, ResourceQuantity>();
        node.Status.Capacity["shop.example.io/disks"] = new ResourceQuantity(disks.ToString());
        using var stored = await _client.CoreV1.ReplaceNodeStatusWithHttpMessagesAsync(node, name, cancellationToken: ct);
        Console.WriteLine($"{name}: {stored.Response.StatusCode}");
    }

    public void Forget(string name)
    {
        var node = _client.CoreV1.ReadNode(name);
        node.Status.VolumesInUse = new List<string>();
        _client.CoreV1.ReplaceNodeStatus(node, name);
    }

    public async Task<bool> IsCordonedAsync(string name, CancellationToken ct)
    {
        var node = await _clients.CoreV1.Node.GetAsync(name, cancellationToken: ct);
        return node.Spec.Unschedulable == true;
    }
}
