// surface: KubeOps async; mutants: HARV1001 HARV1005
using k8s;
using k8s.Models;
using KubeOps.KubernetesClient;
using Shop.Kinds;

namespace Shop.KubeOpsFinalizers;

/// <summary>Shows on databases what their pods report.</summary>
public sealed class DatabaseHealth
{
    private readonly IKubernetesClient _client;

    public DatabaseHealth(IKubernetesClient client)
    {
        _client = client;
    }

    public async Task ReportAsync(string name, string ns, CancellationToken ct)
    {
        var database = await _client.GetAsync<Database>(name, ns, ct);
        if (database is null)
        {
            return;
        }

        var pods = await _client.ListAsync<V1Pod>(ns, $"shop.example.io/database={name}", ct);
        var ready = pods.Count(p => p.Status?.Conditions?.Any(c => c.Type == "Ready" && c.Status == "True") == true);
        if (database.Status.ReadyReplicas == ready)
        {
            return;
        }

        database.Status.ReadyReplicas = ready;
        database.Status.Message = ready < database.Spec.Replicas ? "waiting for pods" : null;
        await _client.UpdateStatusAsync(database, ct);
    }

    public async Task FailAsync(string name, string ns, string message, CancellationToken ct)
    {
        var database = await _client.GetAsync<Database>(name, ns, ct);
        if (database is null || database.Status.Phase == DatabasePhase.Failed)
        {
            return;
        }

        database.Status.Phase = DatabasePhase.Failed;
        database.Status.Message = message;
        await _client.UpdateStatusAsync<Database>(database, ct);
    }

    public async Task<IReadOnlyList<string>> FailedAsync(string ns, CancellationToken ct)
    {
        var databases = await _client.ListAsync<Database>(ns, cancellationToken: ct);
        return databases
            .Where(d => d.Status.Phase == DatabasePhase.Failed)
            .OrderBy(d => d.Metadata.CreationTimestamp)
            .Select(d => $"{d.Metadata.Name}: {d.Status.Message}")
            .ToList();
    }
}
