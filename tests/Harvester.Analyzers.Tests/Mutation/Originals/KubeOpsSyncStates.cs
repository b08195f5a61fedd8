// surface: KubeOps sync; mutants: HARV1001 HARV1005
using k8s;
using k8s.Models;
using KubeOps.KubernetesClient;
using Shop.Kinds;

namespace Shop.KubeOpsSyncStates;

/// <summary>Checks databases one after the other and keeps what it saw in their status.</summary>
public sealed class HealthCheck
{
    private readonly IKubernetesClient _client;
    private readonly Func<string, bool> _answers;

    public HealthCheck(IKubernetesClient client, Func<string, bool> answers)
    {
        _client = client;
        _answers = answers;
    }

    public int Check(string ns)
    {
        var failed = 0;
        foreach (var database in _client.List<Database>(ns))
        {
            var phase = _answers(database.Metadata.Name) ? DatabasePhase.Ready : DatabasePhase.Failed;
            if (database.Status.Phase == phase)
            {
                continue;
            }

            database.Status.Phase = phase;
            _client.UpdateStatus(database);
            failed += phase == DatabasePhase.Failed ? 1 : 0;
        }

        return failed;
    }

    public void Replicas(string name, string ns, int ready)
    {
        var database = _client.Get<Database>(name, ns);
        if (database is null || database.Status.ReadyReplicas == ready)
        {
            return;
        }

        database.Status.ReadyReplicas = ready;
        _client.UpdateStatus<Database>(database);
    }

    public IReadOnlyList<string> Names(string ns)
    {
        var names = new List<string>();
        foreach (var database in _client.List<Database>(ns))
        {
            names.Add(database.Metadata.Name);
        }

        names.Sort(StringComparer.Ordinal);
        return names;
    }
}
