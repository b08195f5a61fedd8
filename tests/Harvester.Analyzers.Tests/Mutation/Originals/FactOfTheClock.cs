// surface: KubeOps async; mutants: HARV2005
using k8s;
using k8s.Models;
using KubeOps.KubernetesClient;
using Shop.Kinds;

namespace Shop.FactOfTheClock;

/// <summary>Tells when a database was started, by its stateful set.</summary>
public sealed class StartReconciler
{
    private readonly IKubernetesClient _client;

    public StartReconciler(IKubernetesClient client)
    {
        _client = client;
    }

    public async Task ReconcileAsync(Database item, CancellationToken ct)
    {
        var child = await _client.GetAsync<V1StatefulSet>(item.Metadata.Name, item.Metadata.NamespaceProperty, ct);
        if (child is null)
        {
            await _client.CreateAsync(Build(item), ct);
            return;
        }

        if (item.Status.StartedAt == default)
        {
            // The child tells it again, as often as the status is lost.
            item.Status.StartedAt = child.Metadata.CreationTimestamp;
            await _client.UpdateStatusAsync(item, ct);
        }
    }

    public async Task DeletedAsync(Database item, CancellationToken ct)
    {
        var child = await _client.GetAsync<V1StatefulSet>(item.Metadata.Name, item.Metadata.NamespaceProperty, ct);
        if (child is not null && child.OwnerReferences()?.Any(o => o.Uid == item.Metadata.Uid) == true)
        {
            await _client.DeleteAsync(child, ct);
        }
    }

    private static V1StatefulSet Build(Database item)
    {
        var child = new V1StatefulSet
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
