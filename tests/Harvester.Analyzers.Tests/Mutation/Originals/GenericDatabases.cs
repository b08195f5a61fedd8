// surface: GenericClient; mutants: HARV1002 HARV1004 HARV1007 HARV1010 HARV1009
using k8s;
using k8s.Models;
using Shop.Kinds;

namespace Shop.GenericDatabases;

/// <summary>Operations of the shop's administrators on databases.</summary>
public sealed class DatabaseAdministration
{
    private readonly GenericClient _databases;
    private readonly string _ns;

    public DatabaseAdministration(IKubernetes kubernetes, string ns)
    {
        _databases = new GenericClient(kubernetes, "shop.example.io", "v1", "databases", false);
        _ns = ns;
    }

    public async Task DismissAsync(string name, CancellationToken ct)
    {
        var database = await _databases.ReadNamespacedAsync<Database>(_ns, name, ct);
        if (database.Status.Phase != DatabasePhase.Ready)
        {
            throw new InvalidOperationException($"{name} is {database.Status.Phase}");
        }

        var labels = new Dictionary<string, string> { ["shop.example.io/read-message"] = "true" };
        await _databases.PatchNamespacedAsync<Database>(new V1Patch(new { metadata = new { labels } }, V1Patch.PatchType.MergePatch), _ns, name, ct);
    }

    public async Task PauseAsync(string name, bool paused, CancellationToken ct)
    {
        var database = await _databases.ReadNamespacedAsync<Database>(_ns, name, ct);
        if (database.Spec.Paused == paused)
        {
            return;
        }

        await _databases.PatchNamespacedAsync<Database>(new V1Patch(new { spec = new { paused } }, V1Patch.PatchType.MergePatch), _ns, name, ct);
    }

    public async Task UpgradeAsync(string name, string version, CancellationToken ct)
    {
        var database = await _databases.ReadNamespacedAsync<Database>(_ns, name, ct);
        if (string.CompareOrdinal(database.Spec.Version, version) >= 0)
        {
            return;
        }

        await _databases.PatchNamespacedAsync<Database>(new V1Patch(new { spec = new { version } }, V1Patch.PatchType.MergePatch), _ns, name, ct);
    }

    public async Task<IReadOnlyList<string>> UnreadAsync(CancellationToken ct)
    {
        var unread = new List<string>();
        await foreach (var (type, database) in _databases.WatchNamespacedAsync<Database>(_ns, null, ct))
        {
            if (type == WatchEventType.Bookmark)
            {
                break;
            }

            if (database.Metadata.Labels?.ContainsKey("shop.example.io/read-message") != true)
            {
                unread.Add(database.Metadata.Name);
            }
        }

        return unread;
    }
}
