// surface: DotnetKubernetesClient; mutants: HARV1001 HARV1005
using DotnetKubernetesClient;
using k8s;
using k8s.Models;
using Shop.Kinds;

namespace Shop.DotnetClientStatus;

/// <summary>Follows the restore of databases with the first generation of the operator client.</summary>
public sealed class RestoreFollower
{
    private readonly IKubernetesClient _client;
    private readonly Func<string, Task<bool>> _isRestored;

    public RestoreFollower(IKubernetesClient client, Func<string, Task<bool>> isRestored)
    {
        _client = client;
        _isRestored = isRestored;
    }

    public async Task FollowAsync(string ns)
    {
        foreach (var database in await _client.List<Database>(ns, "shop.example.io/restoring=true"))
        {
            var restored = await _isRestored(database.Metadata.Name);
            if (!restored || database.Status.Phase == DatabasePhase.Ready)
            {
                continue;
            }

            database.Status.Phase = DatabasePhase.Ready;
            database.Status.Message = "restored";
            await _client.UpdateStatus(database);
        }
    }

    public async Task CountAsync(string name, string ns, int ready)
    {
        var database = await _client.Get<Database>(name, ns);
        if (database is null)
        {
            return;
        }

        database.Status.ReadyReplicas = ready;
        await _client.UpdateStatus<Database>(database);
    }

    public async Task<bool> IsReadyAsync(string name, string ns)
    {
        var database = await _client.Get<Database>(name, ns);
        return database is { Status.Phase: DatabasePhase.Ready };
    }

    public async Task ForgetAsync(string name, string ns)
    {
        var database = await _client.Get<Database>(name, ns);
        if (database is not null)
        {
            await _client.Delete(database);
        }
    }

    public async Task<string> ServerAsync()
    {
        var current = await _client.GetCurrentNamespace();
        return $"working in {current}";
    }
}
