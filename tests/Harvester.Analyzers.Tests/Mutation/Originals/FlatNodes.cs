// surface: flat; mutants: HARV1002 HARV1004 HARV1006
using k8s;
using k8s.Models;

namespace Shop.FlatNodes;

/// <summary>Takes nodes out of service and puts them back, from a command line that waits for each call.</summary>
public sealed class NodeService
{
    private readonly IKubernetes _client;
    private readonly TextWriter _output;

    public NodeService(IKubernetes client, TextWriter output)
    {
        _client = client;
        _output = output;
    }

    public void Cordon(string name)
    {
        var node = _client.ReadNode(name);
        if (node.Spec.Unschedulable == true)
        {
            _output.WriteLine($"{name} is cordoned already");
            return;
        }

        _client.PatchNode(new V1Patch(new { spec = new { unschedulable = true } }, V1Patch.PatchType.MergePatch), name);
        _output.WriteLine($"cordoned {name}");
    }

    public void Tell(string name, string reason)
    {
        var node = _client.ReadNode(name);
        if (node.Metadata.Annotations is { } known && known.TryGetValue("shop.example.io/reason", out var told) && told == reason)
        {
            return;
        }

        var annotations = new Dictionary<string, string> { ["shop.example.io/reason"] = reason };
        _client.PatchNode(new V1Patch(new { metadata = new { annotations } }, V1Patch.PatchType.MergePatch), name);
    }

    public void Capacity(string name, int disks)
    {
        if (disks < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(disks));
        }

        var capacity = new Dictionary<string, string> { ["shop.example.io/disks"] = disks.ToString() };
        _client.PatchNodeStatus(new V1Patch(new { status = new { capacity } }, V1Patch.PatchType.MergePatch), name);
        _output.WriteLine($"{name} has {disks} disks");
    }

    public bool IsInService(string name)
    {
        var node = _client.ReadNode(name);
        return node.Spec.Unschedulable != true && node.Status.Phase is "Running" or "Ready";
    }
}
