// surface: typed async; mutants: HARV2001 HARV2001
using k8s;
using k8s.Models;
using KubeOps.KubernetesClient;
using Shop.Kinds;

namespace Shop.BackupMarker;

/// <summary>Asks an external vault for a snapshot once for each backup; an annotation bound to the uid says that it did.</summary>
public sealed class SnapshotReconciler
{
    private const string Marker = "shop.example.io/started-for";
    private readonly IKubernetesClient _client;
    private readonly IKubernetes _kubernetes;

    public SnapshotReconciler(IKubernetesClient client, IKubernetes kubernetes)
    {
        _client = client;
        _kubernetes = kubernetes;
    }

    public async Task ReconcileAsync(Backup backup, CancellationToken ct)
    {
        if (backup.Metadata.Annotations is { } annotations && annotations.TryGetValue(Marker, out var started) && started == backup.Metadata.Uid)
        {
            await RecoverAsync(backup, ct);
            return;
        }

        if (backup.Status is null)
        {
            await MarkAsync(backup, ct);
            await _kubernetes.CoreV1.CreateNamespacedConfigMapAsync(Request(backup), backup.Metadata.NamespaceProperty, cancellationToken: ct);
        }
    }

    private Task MarkAsync(Backup backup, CancellationToken ct)
    {
        var marks = new Dictionary<string, string> { [Marker] = backup.Metadata.Uid };
        return _kubernetes.CustomObjects.PatchNamespacedCustomObjectAsync(new V1Patch(new { metadata = new { annotations = marks } }, V1Patch.PatchType.MergePatch), "shop.example.io", "v1", backup.Metadata.NamespaceProperty, "backups", backup.Metadata.Name, cancellationToken: ct);
    }

    private async Task RecoverAsync(Backup backup, CancellationToken ct)
    {
        if (backup.Status is { Phase: "Done" })
        {
            return;
        }

        backup.Status ??= new BackupStatus();
        backup.Status.Phase = "Running";
        await _client.UpdateStatusAsync(backup, ct);
    }

    private static V1ConfigMap Request(Backup backup) => new()
    {
        Metadata = new V1ObjectMeta
        {
            Name = $"{backup.Metadata.Name}-snapshot",
            NamespaceProperty = backup.Metadata.NamespaceProperty,
            Labels = new Dictionary<string, string> { ["shop.example.io/backup"] = backup.Metadata.Name },
        },
        Data = new Dictionary<string, string> { ["bucket"] = backup.Spec.Bucket },
    };
}
