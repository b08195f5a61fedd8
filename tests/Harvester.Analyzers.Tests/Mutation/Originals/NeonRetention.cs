// surface: Neon; mutants: HARV1002 HARV1009
using k8s;
using k8s.Models;
using Neon.K8s;
using Shop.Kinds;

namespace Shop.NeonRetention;

/// <summary>Decides how long backups are kept.</summary>
public sealed class Retention
{
    private readonly IKubernetes _client;

    public Retention(IKubernetes client)
    {
        _client = client;
    }

    public async Task StoredAsync(string name, string ns, string snapshot, CancellationToken ct)
    {
        var backup = await _client.CustomObjects.GetNamespacedCustomObjectAsync<Backup>(name, ns, cancellationToken: ct);
        if (backup.Status?.SnapshotId == snapshot)
        {
            return;
        }

        backup.Status ??= new BackupStatus();
        backup.Status.SnapshotId = snapshot;
        await _client.CustomObjects.ReplaceNamespacedCustomObjectStatusAsync<Backup>(backup, ns, cancellationToken: ct);
    }

    public async Task MarkAsync(string name, string ns, CancellationToken ct)
    {
        var backup = await _client.CustomObjects.GetNamespacedCustomObjectAsync<Backup>(name, ns, cancellationToken: ct);
        if (backup.Metadata.Labels?.ContainsKey("retention") == true)
        {
            return;
        }

        var labels = new Dictionary<string, string> { ["retention"] = "true" };
        await _client.CustomObjects.PatchNamespacedCustomObjectAsync<Backup>(new V1Patch(new { metadata = new { labels } }, V1Patch.PatchType.MergePatch), name, ns, cancellationToken: ct);
    }

    public async Task FinishedAsync(string name, string ns, CancellationToken ct)
    {
        var backup = await _client.CustomObjects.GetNamespacedCustomObjectAsync<Backup>(name, ns, cancellationToken: ct);
        if (backup.Status is { Phase: "Finished" })
        {
            return;
        }

        backup.Status ??= new BackupStatus();
        backup.Status.Phase = "Finished";
        backup.Status.FinishedAt = DateTime.UtcNow;
        await _client.CustomObjects.ReplaceNamespacedCustomObjectStatusAsync<Backup>(backup, ns, cancellationToken: ct);
    }

    public static string Describe(Backup backup)
    {
        var phase = backup.Status?.Phase ?? "unknown";
        return $"{backup.Metadata.Name} of {backup.Spec.DatabaseName}: {phase}";
    }
}
