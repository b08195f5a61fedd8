// surface: CustomObjects; mutants: HARV1001 HARV1005 HARV1010
using k8s;
using k8s.Models;
using Shop.Kinds;

namespace Shop.CustomObjectStatusPut;

/// <summary>Writes what the storage side tells about a backup into its status.</summary>
public sealed class BackupObserver
{
    private const string Group = "shop.example.io";
    private const string Version = "v1";
    private const string Plural = "backups";
    private readonly IKubernetes _client;
    private readonly Func<string, Task<string?>> _snapshotOf;

    public BackupObserver(IKubernetes client, Func<string, Task<string?>> snapshotOf)
    {
        _client = client;
        _snapshotOf = snapshotOf;
    }

    public async Task ObserveAsync(string ns, string name, CancellationToken ct)
    {
        var backup = await _client.CustomObjects.GetNamespacedCustomObjectAsync<Backup>(Group, Version, ns, Plural, name, ct);
        var snapshot = await _snapshotOf(backup.Spec.Bucket);
        if (snapshot is null || backup.Status?.SnapshotId == snapshot)
        {
            return;
        }

        backup.Status ??= new BackupStatus();
        backup.Status.SnapshotId = snapshot;
        backup.Status.Phase = "Stored";
        await _client.CustomObjects.ReplaceNamespacedCustomObjectStatusAsync(backup, Group, Version, ns, Plural, name, cancellationToken: ct);
    }

    public async Task MoveAsync(string ns, string name, string bucket, CancellationToken ct)
    {
        var backup = await _client.CustomObjects.GetNamespacedCustomObjectAsync<Backup>(Group, Version, ns, Plural, name, ct);
        if (backup.Spec.Bucket == bucket)
        {
            return;
        }

        await _client.CustomObjects.PatchNamespacedCustomObjectAsync(new V1Patch(new { spec = new { bucket } }, V1Patch.PatchType.MergePatch), Group, Version, ns, Plural, name, cancellationToken: ct);
    }

    public async Task FailAsync(string ns, string name, string reason, CancellationToken ct)
    {
        var backup = await _client.CustomObjects.GetNamespacedCustomObjectAsync<Backup>(Group, Version, ns, Plural, name, ct);
        backup.Status ??= new BackupStatus();
        backup.Status.Phase = "Failed";
        Console.Error.WriteLine($"{ns}/{name}: {reason}");
        await _client.CustomObjects.ReplaceNamespacedCustomObjectStatusAsync(backup, Group, Version, ns, Plural, name, cancellationToken: ct);
    }

    public static bool IsFinished(Backup backup) => backup.Status is { FinishedAt: not null };
}

/// <summary>What a person reads about a backup.</summary>
public static class BackupText
{
    public static string Of(Backup backup) => $"{backup.Metadata.Name}: {backup.Status?.Phase ?? "nothing seen yet"}";
}
