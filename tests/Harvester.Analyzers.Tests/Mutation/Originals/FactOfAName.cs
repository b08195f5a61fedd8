// surface: KubeOps async; mutants: HARV2005
using k8s;
using k8s.Models;
using KubeOps.KubernetesClient;
using Shop.Kinds;

namespace Shop.FactOfAName;

/// <summary>Names the snapshot of a backup by the claim that holds it.</summary>
public sealed class SnapshotNameReconciler
{
    private readonly IKubernetesClient _client;

    public SnapshotNameReconciler(IKubernetesClient client)
    {
        _client = client;
    }

    public async Task ReconcileAsync(Backup item, CancellationToken ct)
    {
        var child = await _client.GetAsync<V1PersistentVolumeClaim>(item.Metadata.Name, item.Metadata.NamespaceProperty, ct);
        if (child is null)
        {
            await _client.CreateAsync(Build(item), ct);
            return;
        }

        if (string.IsNullOrEmpty(item.Status?.SnapshotId))
        {
            // The child tells it again, as often as the status is lost.
            item.Status ??= new BackupStatus();
            item.Status.SnapshotId = child.Metadata.Uid;
            await _client.UpdateStatusAsync(item, ct);
        }
    }

    public async Task DeletedAsync(Backup item, CancellationToken ct)
    {
        var child = await _client.GetAsync<V1PersistentVolumeClaim>(item.Metadata.Name, item.Metadata.NamespaceProperty, ct);
        if (child is not null && child.OwnerReferences()?.Any(o => o.Uid == item.Metadata.Uid) == true)
        {
            await _client.DeleteAsync(child, ct);
        }
    }

    private static V1PersistentVolumeClaim Build(Backup item)
    {
        var child = new V1PersistentVolumeClaim
        {
            Metadata = new V1ObjectMeta
            {
                Name = item.Metadata.Name,
                NamespaceProperty = item.Metadata.NamespaceProperty,
                Labels = new Dictionary<string, string> { ["shop.example.io/of"] = item.Metadata.Name },
            },
        };
        child.AddOwnerReference(new V1OwnerReference
        {
            ApiVersion = item.ApiVersion,
            Kind = item.Kind,
            Name = item.Metadata.Name,
            Uid = item.Metadata.Uid,
        });
        return child;
    }
}
