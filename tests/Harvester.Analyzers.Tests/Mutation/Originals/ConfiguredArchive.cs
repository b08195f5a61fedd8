// surface: own wrapper, CustomObjects; mutants: HARV0001 HARV1001
// option: harvester_analyzers.guards = strong
// option: harvester_analyzers.status_subresource = unknown
// table: status-write M:Shop.ConfiguredArchive.IArchive.Keep``1(``0)
// table: read M:Shop.ConfiguredArchive.IArchive.Find(System.String)
using k8s;
using k8s.Models;
using Shop.Kinds;

namespace Shop.ConfiguredArchive;

/// <summary>An archive in another library, which the table tells of.</summary>
public interface IArchive
{
    void Keep<T>(T item);

    Database Find(string name);
}

/// <summary>A wrapper around the calls for the status of databases.</summary>
public sealed class States
{
    private readonly IKubernetes _client;
    private readonly string _ns;

    public States(IKubernetes client, string ns)
    {
        _client = client;
        _ns = ns;
    }

    public Database Get(string name) => _client.CustomObjects.GetNamespacedCustomObject<Database>("shop.example.io", "v1", _ns, "databases", name);

    public void Store(Database database) =>
        _client.CustomObjects.ReplaceNamespacedCustomObjectStatus(database, "shop.example.io", "v1", _ns, "databases", database.Metadata.Name);
}

/// <summary>Works on the status of databases.</summary>
public sealed class Progress
{
    private readonly States _states;
    private readonly IArchive _archive;

    public Progress(States states, IArchive archive)
    {
        _states = states;
        _archive = archive;
    }

    public void Report(string name, int ready)
    {
        var database = _states.Get(name);
        if (database.Status.ReadyReplicas == ready)
        {
            return;
        }

        database.Status.ReadyReplicas = ready;
        _states.Store(database);
    }

    public bool IsArchived(string name) => _archive.Find(name) is { Status.Phase: DatabasePhase.Ready };
}
