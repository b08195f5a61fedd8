// surface: KubeOps async; mutants: HARV2001
using k8s;
using k8s.Models;
using KubeOps.KubernetesClient;
using Shop.Kinds;

namespace Shop.BackupEarlyReturn;

/// <summary>Copies a backup to a second region by a job per backup.</summary>
public sealed class ReplicationReconciler
{
    private readonly IKubernetesClient _client;

    public ReplicationReconciler(IKubernetesClient client)
    {
        _client = client;
    }

    public async Task ReconcileAsync(Backup backup, CancellationToken ct)
    {
        if (backup.Status is not null)
        {
            await FollowAsync(backup, ct);
            return;
        }

        var jobs = await _client.ListAsync<V1Job>(backup.Metadata.NamespaceProperty, $"shop.example.io/backup={backup.Metadata.Name}", ct);
        if (jobs.Count > 0)
        {
            await FollowAsync(backup, ct);
            return;
        }

        await _client.CreateAsync(Build(backup), ct);
    }

    private async Task FollowAsync(Backup backup, CancellationToken ct)
    {
        var job = await _client.GetAsync<V1Job>($"{backup.Metadata.Name}-copy", backup.Metadata.NamespaceProperty, ct);
        var phase = job?.Status?.Succeeded > 0 ? "Copied" : "Copying";
        if (backup.Status?.Phase == phase)
        {
            return;
        }

        backup.Status ??= new BackupStatus();
        backup.Status.Phase = phase;
        await _client.UpdateStatusAsync(backup, ct);
    }

    private static V1Job Build(Backup backup)
    {
        var job = new V1Job
        {
            Metadata = new V1ObjectMeta { Name = $"{backup.Metadata.Name}-copy", NamespaceProperty = backup.Metadata.NamespaceProperty },
            Spec = new V1JobSpec { BackoffLimit = 4, Template = new V1PodTemplateSpec() },
        };
        job.Metadata.Labels = new Dictionary<string, string> { ["shop.example.io/backup"] = backup.Metadata.Name };
        job.Spec.Template.Spec = new V1PodSpec
        {
            RestartPolicy = "Never",
            Containers = new List<V1Container> { new() { Name = "copy", Image = "copy:1", Args = new List<string> { backup.Spec.Bucket } } },
        };
        return job;
    }
}
