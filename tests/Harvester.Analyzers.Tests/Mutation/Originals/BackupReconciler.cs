// surface: GenericClient; mutants: HARV2001 HARV1006
using k8s;
using k8s.Autorest;
using k8s.Models;
using Shop.Kinds;
using System.Net;

namespace Shop.BackupReconciler;

/// <summary>Runs one job for each backup; the job's existence, not the status, says whether it was started.</summary>
public sealed class BackupReconciler
{
    private readonly IKubernetes _client;
    private readonly GenericClient _backups;

    public BackupReconciler(IKubernetes client)
    {
        _client = client;
        _backups = new GenericClient(client, "shop.example.io", "v1", "backups", false);
    }

    public async Task ReconcileAsync(string ns, string name, CancellationToken ct)
    {
        var backup = await _backups.ReadNamespacedAsync<Backup>(ns, name, ct);
        if (backup.Metadata.DeletionTimestamp is not null)
        {
            return;
        }

        if (backup.Status is null)
        {
            var job = await FindAsync(ns, name, ct);
            if (job is not null)
            {
                await TellAsync(backup, "Running", job.Metadata.Name, ct);
                return;
            }

            await _client.BatchV1.CreateNamespacedJobAsync(Build(backup), ns, cancellationToken: ct);
            await TellAsync(backup, "Started", name, ct);
        }
    }

    private async Task<V1Job?> FindAsync(string ns, string name, CancellationToken ct)
    {
        try
        {
            return await _client.BatchV1.ReadNamespacedJobAsync(name, ns, cancellationToken: ct);
        }
        catch (HttpOperationException e) when (e.Response.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    private Task TellAsync(Backup backup, string phase, string jobName, CancellationToken ct)
    {
        var body = new V1Patch(new { status = new { phase, jobName } }, V1Patch.PatchType.MergePatch);
        return _client.CustomObjects.PatchNamespacedCustomObjectStatusAsync(body, "shop.example.io", "v1", backup.Metadata.NamespaceProperty, "backups", backup.Metadata.Name, cancellationToken: ct);
    }

    private static V1Job Build(Backup backup) => new()
    {
        Metadata = new V1ObjectMeta { Name = backup.Metadata.Name, NamespaceProperty = backup.Metadata.NamespaceProperty },
        Spec = new V1JobSpec { Template = new V1PodTemplateSpec { Spec = new V1PodSpec { RestartPolicy = "Never" } } },
    };
}
