// surface: own wrapper; mutants: HARV1001
using k8s;
using k8s.Models;
using Shop.Kinds;

namespace Shop.OwnWrapper;

/// <summary>A repository as many teams write one around the generic client.</summary>
public sealed class Repository<T>
    where T : IKubernetesObject<V1ObjectMeta>
{
    private readonly IKubernetes _client;
    private readonly string _plural;

    public Repository(IKubernetes client, string plural)
    {
        _client = client;
        _plural = plural;
    }

    public Task<T> GetAsync(string ns, string name, CancellationToken ct) =>
        _client.CustomObjects.GetNamespacedCustomObjectAsync<T>("shop.example.io", "v1", ns, _plural, name, ct);

    public Task SaveStatusAsync(T item, CancellationToken ct) =>
        _client.CustomObjects.ReplaceNamespacedCustomObjectStatusAsync(item, "shop.example.io", "v1", item.Metadata.NamespaceProperty, _plural, item.Metadata.Name, cancellationToken: ct);

    public Task PatchAsync(V1Patch patch, string ns, string name, CancellationToken ct) =>
        _client.CustomObjects.PatchNamespacedCustomObjectAsync(patch, "shop.example.io", "v1", ns, _plural, name, cancellationToken: ct);
}

/// <summary>Works on databases through the repository.</summary>
public sealed class DatabaseOperations
{
    private readonly Repository<Database> _databases;

    public DatabaseOperations(Repository<Database> databases)
    {
        _databases = databases;
    }

    public async Task FailAsync(string ns, string name, string message, CancellationToken ct)
    {
        var database = await _databases.GetAsync(ns, name, ct);
        database.Status.Phase = DatabasePhase.Failed;
        database.Status.Message = message;
        await _databases.SaveStatusAsync(database, ct);
    }

    public async Task ReadyAsync(string ns, string name, int replicas, CancellationToken ct)
    {
        var database = await _databases.GetAsync(ns, name, ct);
        if (database.Status.ReadyReplicas == replicas)
        {
            return;
        }

        database.Status.ReadyReplicas = replicas;
        await _databases.SaveStatusAsync(database, ct);
    }

    public Task PauseAsync(string ns, string name, bool paused, CancellationToken ct) =>
        _databases.PatchAsync(new V1Patch(new { spec = new { paused } }, V1Patch.PatchType.MergePatch), ns, name, ct);
}
