// surface: Neon, own wrapper; mutants: HARV1002 HARV1010
using k8s;
using k8s.Models;
using Neon.K8s;
using Shop.Kinds;

namespace Shop.NeonDatabases;

/// <summary>Reads and patches databases for the classes around it.</summary>
public sealed class DatabaseStore
{
    private readonly IKubernetes _client;
    private readonly string _ns;

    public DatabaseStore(IKubernetes client, string ns)
    {
        _client = client;
        _ns = ns;
    }

    public Task<Database> GetAsync(string name, CancellationToken ct) =>
        _client.CustomObjects.GetNamespacedCustomObjectAsync<Database>(name, _ns, cancellationToken: ct);

    public async Task PauseAsync(string name, bool paused, CancellationToken ct)
    {
        var database = await _client.CustomObjects.GetNamespacedCustomObjectAsync<Database>(name, _ns, cancellationToken: ct);
        if (database.Spec.Paused == paused)
        {
            return;
        }

        await _client.CustomObjects.PatchNamespacedCustomObjectAsync<Database>(new V1Patch(new { spec = new { paused } }, V1Patch.PatchType.MergePatch), name, _ns, cancellationToken: ct);
    }

    public async Task TeamAsync(string name, string team, CancellationToken ct)
    {
        var database = await _client.CustomObjects.GetNamespacedCustomObjectAsync<Database>(name, _ns, cancellationToken: ct);
        if (database.Metadata.Labels is { } known && known.TryGetValue("team", out var its) && its == team)
        {
            return;
        }

        var labels = new Dictionary<string, string> { ["team"] = team };
        await _client.CustomObjects.PatchNamespacedCustomObjectAsync<Database>(new V1Patch(new { metadata = new { labels } }, V1Patch.PatchType.MergePatch), name, _ns, cancellationToken: ct);
    }
}

/// <summary>Asks the store.</summary>
public sealed class DatabaseQuestions
{
    private readonly DatabaseStore _store;

    public DatabaseQuestions(DatabaseStore store)
    {
        _store = store;
    }

    public async Task<bool> IsReadyAsync(string name, CancellationToken ct)
    {
        var database = await _store.GetAsync(name, ct);
        return database.Status.Phase == DatabasePhase.Ready && !database.Spec.Paused;
    }
}
