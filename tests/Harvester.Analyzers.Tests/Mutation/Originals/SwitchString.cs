// surface: KubeOps async; mutants: HARV2004
using k8s;
using k8s.Models;
using KubeOps.KubernetesClient;
using Shop.Kinds;

namespace Shop.SwitchString;

/// <summary>Walks a backup through its phases; an unknown phase asks the job, it does not start one blindly.</summary>
public sealed class BackupPhases
{
    private readonly IKubernetesClient _client;

    public BackupPhases(IKubernetesClient client)
    {
        _client = client;
    }

    public async Task ReconcileAsync(Backup backup, CancellationToken ct)
    {
        switch (backup.Status?.Phase)
        {
            case "Done":
                break;
            case "Running":
                await FollowAsync(backup, ct);
                break;
            case null:
            case "":
                var job = await _client.GetAsync<V1Job>(backup.Metadata.Name, backup.Metadata.NamespaceProperty, ct);
                if (job is not null)
                {
                    await FollowAsync(backup, ct);
                    return;
                }

                await _client.CreateAsync(Build(backup), ct);
                break;
            default:
                throw new InvalidOperationException($"unknown phase {backup.Status?.Phase}");
        }
    }

    private async Task FollowAsync(Backup backup, CancellationToken ct)
    {
        var job = await _client.GetAsync<V1Job>(backup.Metadata.Name, backup.Metadata.NamespaceProperty, ct);
        var phase = job?.Status?.Succeeded > 0 ? "Done" : "Running";
        if (backup.Status?.Phase == phase)
        {
            return;
        }

        backup.Status ??= new BackupStatus();
        backup.Status.Phase = phase;
        await _client.UpdateStatusAsync(backup, ct);
    }

    private static V1Job Build(Backup backup) => new()
    {
        Metadata = new V1ObjectMeta { Name = backup.Metadata.Name, NamespaceProperty = backup.Metadata.NamespaceProperty },
        Spec = new V1JobSpec { Template = new V1PodTemplateSpec { Spec = new V1PodSpec { RestartPolicy = "Never" } } },
    };
}
