// surface: KubeOps sync; mutants: HARV1001 HARV1005
using k8s;
using k8s.Models;
using KubeOps.KubernetesClient;
using Shop.Kinds;

namespace Shop.KubeOpsSync;

/// <summary>A maintenance command over databases.</summary>
public sealed class Maintenance
{
    private readonly IKubernetesClient _client;
    private readonly TextWriter _output;

    public Maintenance(IKubernetesClient client, TextWriter output)
    {
        _client = client;
        _output = output;
    }

    public int Acknowledge(string ns)
    {
        var count = 0;
        foreach (var database in _client.List<Database>(ns))
        {
            if (database.Status.Phase != DatabasePhase.Failed || database.Status.Message is null)
            {
                continue;
            }

            database.Status.Message = null;
            _client.UpdateStatus(database);
            _output.WriteLine($"acknowledged {database.Metadata.Name}");
            count++;
        }

        return count;
    }

    public void Reset(string name, string ns)
    {
        var database = _client.Get<Database>(name, ns);
        if (database is null)
        {
            _output.WriteLine($"{name} does not exist");
            return;
        }

        database.Status.ReadyReplicas = 0;
        _client.UpdateStatus<Database>(database);
    }

    public void Show(string ns)
    {
        foreach (var database in _client.List<Database>(ns).OrderBy(d => d.Metadata.Name))
        {
            var condition = database.Status.Conditions.FirstOrDefault(c => c.Type == "Ready");
            _output.WriteLine($"{database.Metadata.Name} {database.Status.Phase} {condition?.Reason ?? "-"}");
        }
    }

    public void Remove(string name, string ns)
    {
        if (_client.Get<Database>(name, ns) is { } database)
        {
            _client.Delete(database);
        }
    }
}
