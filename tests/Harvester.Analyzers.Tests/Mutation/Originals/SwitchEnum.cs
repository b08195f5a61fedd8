// surface: typed async; mutants: HARV2004
using k8s;
using k8s.Models;
using Shop.Kinds;

namespace Shop.SwitchEnum;

/// <summary>Walks a database through its phases; the volume claim says whether there is one already.</summary>
public sealed class VolumePhases
{
    private readonly IKubernetes _client;

    public VolumePhases(IKubernetes client)
    {
        _client = client;
    }

    public async Task ReconcileAsync(Database database, CancellationToken ct)
    {
        var ns = database.Metadata.NamespaceProperty;
        switch (database.Status.Phase)
        {
            case DatabasePhase.Ready:
            case DatabasePhase.Failed:
                break;
            case DatabasePhase.Creating:
                await TellAsync(database, "waiting for the volume", ct);
                break;
            case DatabasePhase.New:
                var claims = await _client.CoreV1.ListNamespacedPersistentVolumeClaimAsync(ns, labelSelector: $"database={database.Metadata.Name}", cancellationToken: ct);
                if (claims.Items.Count > 0)
                {
                    await TellAsync(database, "volume found", ct);
                    return;
                }

                await _client.CoreV1.CreateNamespacedPersistentVolumeClaimAsync(Build(database), ns, cancellationToken: ct);
                break;
            default:
                throw new InvalidOperationException($"unknown phase {database.Status.Phase}");
        }
    }

    private Task TellAsync(Database database, string message, CancellationToken ct)
    {
        var body = new V1Patch(new { status = new { message } }, V1Patch.PatchType.MergePatch);
        return _client.CustomObjects.PatchNamespacedCustomObjectStatusAsync(body, "shop.example.io", "v1", database.Metadata.NamespaceProperty, "databases", database.Metadata.Name, cancellationToken: ct);
    }

    private static V1PersistentVolumeClaim Build(Database database) => new()
    {
        Metadata = new V1ObjectMeta
        {
            Name = $"{database.Metadata.Name}-data",
            Labels = new Dictionary<string, string> { ["database"] = database.Metadata.Name },
        },
        Spec = new V1PersistentVolumeClaimSpec
        {
            AccessModes = new List<string> { "ReadWriteOnce" },
            Resources = new V1VolumeResourceRequirements { Requests = new Dictionary<string, ResourceQuantity> { ["storage"] = new("10Gi") } },
        },
    };
}
