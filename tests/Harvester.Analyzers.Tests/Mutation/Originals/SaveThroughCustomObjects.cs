// surface: CustomObjects; mutants: HARV1011 HARV1010 HARV1009
using k8s;
using k8s.Models;
using Shop.Kinds;

namespace Shop.SaveThroughCustomObjects;

/// <summary>Copies the wishes of one namespace's databases to another's.</summary>
public sealed class Mirror
{
    private readonly IKubernetes _client;
    private readonly string _from;
    private readonly string _to;

    public Mirror(IKubernetes client, string from, string to)
    {
        _client = client;
        _from = from;
        _to = to;
    }

    public async Task CopyAsync(string name, CancellationToken ct)
    {
        var source = await _client.CustomObjects.GetNamespacedCustomObjectAsync<Database>("shop.example.io", "v1", _from, "databases", name, ct);
        await ReplicasAsync(source, ct);
        await PausedAsync(source, ct);
    }

    public async Task ReplicasAsync(Database source, CancellationToken ct)
    {
        var target = await _client.CustomObjects.GetNamespacedCustomObjectAsync<Database>("shop.example.io", "v1", _to, "databases", source.Metadata.Name, ct);
        if (target.Spec.Replicas == source.Spec.Replicas)
        {
            return;
        }

        var replicas = source.Spec.Replicas;
        await _client.CustomObjects.PatchNamespacedCustomObjectAsync(new V1Patch(new { spec = new { replicas } }, V1Patch.PatchType.MergePatch), "shop.example.io", "v1", _to, "databases", source.Metadata.Name, cancellationToken: ct);
    }

    public async Task PausedAsync(Database source, CancellationToken ct)
    {
        var target = await _client.CustomObjects.GetNamespacedCustomObjectAsync<Database>("shop.example.io", "v1", _to, "databases", source.Metadata.Name, ct);
        if (target.Spec.Paused == source.Spec.Paused)
        {
            return;
        }

        var paused = source.Spec.Paused;
        await _client.CustomObjects.PatchNamespacedCustomObjectAsync(new V1Patch(new { spec = new { paused } }, V1Patch.PatchType.MergePatch), "shop.example.io", "v1", _to, "databases", source.Metadata.Name, cancellationToken: ct);
    }

    /// <summary>How many replicas the copy is behind.</summary>
    public async Task<int> LagAsync(string name, CancellationToken ct)
    {
        var source = await _client.CustomObjects.GetNamespacedCustomObjectAsync<Database>("shop.example.io", "v1", _from, "databases", name, ct);
        var target = await _client.CustomObjects.GetNamespacedCustomObjectAsync<Database>("shop.example.io", "v1", _to, "databases", name, ct);
        return source.Status.ReadyReplicas - target.Status.ReadyReplicas;
    }
}
