// surface: own wrapper, typed async; mutants: HARV0001 HARV2002
// option: harvester_analyzers.guards = accepted
// option: harvester_analyzers.analyze_tests = false
// table: reconciler T:Shop.ConfiguredReconciler.IWork
// table: guard M:Shop.ConfiguredReconciler.Ledger.Knows(System.String)
using k8s;
using k8s.Models;
using Shop.Kinds;

namespace Shop.ConfiguredReconciler;

/// <summary>What the framework of another library calls.</summary>
public interface IWork
{
    Task ReconcileAsync(Backup backup, CancellationToken ct);
}

/// <summary>A ledger kept outside of the cluster.</summary>
public abstract class Ledger
{
    public abstract bool Knows(string uid);

    public abstract void Add(string uid);
}

/// <summary>Starts one job for each backup.</summary>
public sealed class BackupWork : IWork
{
    private readonly IKubernetes _client;
    private readonly Ledger _ledger;
    private readonly string _image;

    public BackupWork(IKubernetes client, Ledger ledger, string image)
    {
        _client = client;
        _ledger = ledger;
        _image = image;
    }

    public async Task ReconcileAsync(Backup backup, CancellationToken ct)
    {
        if (!string.IsNullOrEmpty(backup.Status?.Phase) || backup.Metadata.DeletionTimestamp is not null)
        {
            return;
        }

        var ns = backup.Metadata.NamespaceProperty;
        var jobs = await _client.BatchV1.ListNamespacedJobAsync(ns, labelSelector: $"backup={backup.Metadata.Uid}", cancellationToken: ct);
        if (jobs.Items.Count > 0)
        {
            return;
        }

        _ledger.Add(backup.Metadata.Uid);
        await _client.BatchV1.CreateNamespacedJobAsync(Job(backup), ns, cancellationToken: ct);
    }

    public bool IsKnown(Backup backup) => _ledger.Knows(backup.Metadata.Uid);

    private V1Job Job(Backup backup) => new()
    {
        Metadata = new V1ObjectMeta { Name = backup.Metadata.Name, Labels = new Dictionary<string, string> { ["backup"] = backup.Metadata.Uid } },
        Spec = new V1JobSpec
        {
            Template = new V1PodTemplateSpec { Spec = new V1PodSpec { RestartPolicy = "Never", Containers = new List<V1Container> { new() { Name = "run", Image = _image } } } },
        },
    };
}
