// surface: GenericClient; mutants: HARV1011 HARV1002
using k8s;
using k8s.Models;
using Shop.Kinds;

namespace Shop.SaveDatabases;

/// <summary>Imports databases that another cluster exported.</summary>
public sealed class DatabaseImport
{
    private readonly GenericClient _databases;
    private readonly string _ns;
    private readonly TextWriter _log;

    public DatabaseImport(IKubernetes kubernetes, string ns, TextWriter log)
    {
        _databases = new GenericClient(kubernetes, "shop.example.io", "v1", "databases", false);
        _ns = ns;
        _log = log;
    }

    public async Task ImportAsync(IEnumerable<Database> exported, CancellationToken ct)
    {
        foreach (var database in exported)
        {
            ct.ThrowIfCancellationRequested();
            await VersionAsync(database, ct);
            await OriginAsync(database, "imported", ct);
        }
    }

    public async Task VersionAsync(Database exported, CancellationToken ct)
    {
        var live = await _databases.ReadNamespacedAsync<Database>(_ns, exported.Metadata.Name, ct);
        if (live.Spec.Version == exported.Spec.Version)
        {
            return;
        }

        var version = exported.Spec.Version;
        _log.WriteLine($"{live.Metadata.Name}: {live.Spec.Version} -> {version}");
        await _databases.PatchNamespacedAsync<Database>(new V1Patch(new { spec = new { version } }, V1Patch.PatchType.MergePatch), _ns, exported.Metadata.Name, ct);
    }

    public async Task OriginAsync(Database exported, string origin, CancellationToken ct)
    {
        var live = await _databases.ReadNamespacedAsync<Database>(_ns, exported.Metadata.Name, ct);
        if (live.Metadata.Annotations is { } known && known.ContainsKey("shop.example.io/origin"))
        {
            return;
        }

        var annotations = new Dictionary<string, string> { ["shop.example.io/origin"] = origin };
        await _databases.PatchNamespacedAsync<Database>(new V1Patch(new { metadata = new { annotations } }, V1Patch.PatchType.MergePatch), _ns, exported.Metadata.Name, ct);
    }

    public void Compare(Database one, Database other)
    {
        if (one.Spec.Engine != other.Spec.Engine)
        {
            _log.WriteLine($"{one.Metadata.Name}: {one.Spec.Engine} is not {other.Spec.Engine}");
        }
    }
}
