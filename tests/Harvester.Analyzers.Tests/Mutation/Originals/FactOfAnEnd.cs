// surface: KubeOps async; mutants: HARV2005
using k8s;
using k8s.Models;
using KubeOps.KubernetesClient;
using Shop.Kinds;

namespace Shop.FactOfAnEnd;

/// <summary>Tells when a backup ended, by its job.</summary>
public sealed class EndReconciler
{
    private readonly IKubernetesClient _client;

    public EndReconciler(IKubernetesClient client)
    {
        _client = client;
    }

    public async Task ReconcileAsync(Backup item, CancellationToken ct)
    {
        var child = await _client.GetAsync<V1Job>(item.Metadata.Name, item.Metadata.NamespaceProperty, ct);
        if (child is null)
        {
            await _client.CreateAsync(Build(item), ct);
            return;
        }

        if (item.Status is null)
        {
            // The child tells it again, as often as the status is lost.
            item.Status = new BackupStatus();
            item.Status.FinishedAt = child.Status?.CompletionTime;
            await _client.UpdateStatusAsync(item, ct);
        }
    }

    public async Task DeletedAsync(Backup item, CancellationToken ct)
    {
        var child = await _client.GetAsync<V1Job>(item.Metadata.Name, item.Metadata.NamespaceProperty, ct);
        if (child is not null && child.OwnerReferences()?.Any(o => o.Uid == item.Metadata.Uid) == true)
        {
            await _client.DeleteAsync(child, ct);
        }
    }

    private static V1Job Build(Backup item)
    {
        var child = new V1Job
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
