// surface: KubeOps sync, DotnetKubernetesClient; mutants: HARV1001 HARV1005
using k8s;
using k8s.Models;
using Shop.Kinds;

namespace Shop.KubeOpsSyncLabels;

/// <summary>Tells of backups, with the client of today.</summary>
public sealed class BackupStates
{
    private readonly KubeOps.KubernetesClient.IKubernetesClient _client;

    public BackupStates(KubeOps.KubernetesClient.IKubernetesClient client)
    {
        _client = client;
    }

    public void Finish(string name, string ns, string snapshot)
    {
        if (_client.Get<Backup>(name, ns) is not { } backup || backup.Status?.SnapshotId == snapshot)
        {
            return;
        }

        backup.Status ??= new BackupStatus();
        backup.Status.SnapshotId = snapshot;
        backup.Status.Phase = "Finished";
        _client.UpdateStatus(backup);
    }
}

/// <summary>The same with the client that was before it.</summary>
public sealed class EarlierBackupStates
{
    private readonly DotnetKubernetesClient.IKubernetesClient _client;

    public EarlierBackupStates(DotnetKubernetesClient.IKubernetesClient client)
    {
        _client = client;
    }

    public async Task FinishAsync(string name, string ns, string snapshot)
    {
        var backup = await _client.Get<Backup>(name, ns);
        if (backup is null || backup.Status?.SnapshotId == snapshot)
        {
            return;
        }

        backup.Status ??= new BackupStatus();
        backup.Status.SnapshotId = snapshot;
        backup.Status.Phase = "Finished";
        await _client.UpdateStatus(backup);
    }

    public async Task<int> CountAsync(string ns)
    {
        var backups = await _client.List<Backup>(ns, (string?)null);
        return backups.Count(backup => backup.Status is { Phase: "Finished" });
    }
}
