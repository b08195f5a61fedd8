// surface: typed async; mutants: HARV1002 HARV1004 HARV1007 HARV1010
using k8s;
using k8s.Models;

namespace Shop.TypedLabelPatch;

/// <summary>Keeps the team label of stateful sets in step with a config map.</summary>
public sealed class TeamLabels
{
    private const string Label = "shop.example.io/team";
    private readonly IKubernetes _client;
    private readonly string _ns;

    public TeamLabels(IKubernetes client, string ns)
    {
        _client = client;
        _ns = ns;
    }

    public async Task SyncAsync(CancellationToken ct)
    {
        var owners = await _client.CoreV1.ReadNamespacedConfigMapAsync("owners", _ns, cancellationToken: ct);
        var sets = await _client.AppsV1.ListNamespacedStatefulSetAsync(_ns, cancellationToken: ct);
        foreach (var set in sets.Items)
        {
            if (owners.Data is null || !owners.Data.TryGetValue(set.Metadata.Name, out var team))
            {
                continue;
            }

            await LabelAsync(set.Metadata.Name, team, ct);
        }
    }

    public async Task LabelAsync(string name, string team, CancellationToken ct)
    {
        var set = await _client.AppsV1.ReadNamespacedStatefulSetAsync(name, _ns, cancellationToken: ct);
        if (set.Metadata.Labels is { } labels && labels.TryGetValue(Label, out var known) && known == team)
        {
            return;
        }

        var change = new Dictionary<string, string> { [Label] = team };
        await _client.AppsV1.PatchNamespacedStatefulSetAsync(new V1Patch(new { metadata = new { labels = change } }, V1Patch.PatchType.MergePatch), name, _ns, cancellationToken: ct);
    }

    public async Task ScaleAsync(string name, int replicas, CancellationToken ct)
    {
        var set = await _client.AppsV1.ReadNamespacedStatefulSetAsync(name, _ns, cancellationToken: ct);
        if (set.Spec.Replicas == replicas)
        {
            return;
        }

        await _client.AppsV1.PatchNamespacedStatefulSetAsync(new V1Patch(new { spec = new { replicas } }, V1Patch.PatchType.MergePatch), name, _ns, cancellationToken: ct);
    }

    public static string Describe(V1StatefulSet set)
    {
        var ready = set.Status?.ReadyReplicas ?? 0;
        return $"{set.Metadata.Name}: {ready} of {set.Spec.Replicas ?? 1}";
    }
}
