// surface: WithHttpMessages; mutants: HARV1001 HARV1002 HARV1010 HARV1006
using k8s;
using k8s.Models;

namespace Shop.HttpMessagesNodes;

/// <summary>Marks nodes whose disks are worn, and records what was measured.</summary>
public sealed class DiskWear
{
    private readonly IKubernetes _client;
    private readonly Func<string, Task<int>> _measure;

    public DiskWear(IKubernetes client, Func<string, Task<int>> measure)
    {
        _client = client;
        _measure = measure;
    }

    public async Task CheckAsync(string name, CancellationToken ct)
    {
        var wear = await _measure(name);
        using var answer = await _client.CoreV1.ReadNodeWithHttpMessagesAsync(name, cancellationToken: ct);
        var node = answer.Body;
        if (wear < 80)
        {
            return;
        }

        var annotations = new Dictionary<string, string> { ["shop.example.io/disk-wear"] = wear.ToString() };
        using var patched = await _client.CoreV1.PatchNodeWithHttpMessagesAsync(new V1Patch(new { metadata = new { annotations } }, V1Patch.PatchType.MergePatch), name, cancellationToken: ct);
        Console.WriteLine($"{node.Metadata.Name}: {patched.Response.StatusCode}");
    }

    public async Task CordonAsync(string name, CancellationToken ct)
    {
        using var answer = await _client.CoreV1.ReadNodeWithHttpMessagesAsync(name, cancellationToken: ct);
        var node = answer.Body;
        if (node.Spec.Unschedulable == true)
        {
            return;
        }

        using var patched = await _client.CoreV1.PatchNodeWithHttpMessagesAsync(new V1Patch(new { spec = new { unschedulable = true } }, V1Patch.PatchType.StrategicMergePatch), name, cancellationToken: ct);
        Console.WriteLine($"cordoned: {patched.Response.StatusCode}");
    }

    public async Task ConditionAsync(string name, string reason, CancellationToken ct)
    {
        using var answer = await _client.CoreV1.ReadNodeWithHttpMessagesAsync(name, cancellationToken: ct);
        var node = answer.Body;
        node.Status.Conditions ??= new List<V1NodeCondition>();
        node.Status.Conditions.Add(new V1NodeCondition { Type = "DiskWorn", Status = "True", Reason = reason });
        using var stored = await _client.CoreV1.ReplaceNodeStatusWithHttpMessagesAsync(node, name, cancellationToken: ct);
        Console.WriteLine($"told: {stored.Response.StatusCode}");
    }

    public async Task CapacityAsync(string name, int disks, CancellationToken ct)
    {
        var capacity = new Dictionary<string, string> { ["shop.example.io/disks"] = disks.ToString() };
        using var stored = await _client.CoreV1.PatchNodeStatusWithHttpMessagesAsync(new V1Patch(new { status = new { capacity } }, V1Patch.PatchType.MergePatch), name, cancellationToken: ct);
        Console.WriteLine($"capacity: {stored.Response.StatusCode}");
    }
}
