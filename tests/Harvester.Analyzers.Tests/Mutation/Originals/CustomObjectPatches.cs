// surface: CustomObjects; mutants: HARV1009 HARV1006 HARV1002 HARV1008
using k8s;
using k8s.Models;
using Shop.Kinds;

namespace Shop.CustomObjectPatches;

/// <summary>Reads and patches backups through the untyped API.</summary>
public sealed class BackupStore
{
    private const string Group = "shop.example.io";
    private const string Version = "v1";
    private const string Plural = "backups";
    private readonly IKubernetes _client;

    public BackupStore(IKubernetes client)
    {
        _client = client;
    }

    public Task<Backup> GetAsync(string ns, string name, CancellationToken ct) =>
        _client.CustomObjects.GetNamespacedCustomObjectAsync<Backup>(Group, Version, ns, Plural, name, ct);

    public async Task KeepAsync(string ns, string name, CancellationToken ct)
    {
        var backup = await _client.CustomObjects.GetNamespacedCustomObjectAsync<Backup>(Group, Version, ns, Plural, name, ct);
        if (backup.Metadata.Annotations?.ContainsKey("shop.example.io/keep") == true)
        {
            return;
        }

        var annotations = new Dictionary<string, string> { ["shop.example.io/keep"] = "true" };
        await _client.CustomObjects.PatchNamespacedCustomObjectAsync(new V1Patch(new { metadata = new { annotations } }, V1Patch.PatchType.MergePatch), Group, Version, ns, Plural, name, cancellationToken: ct);
    }

    public Task PhaseAsync(string ns, string name, string phase, CancellationToken ct)
    {
        var body = new V1Patch(new { status = new { phase } }, V1Patch.PatchType.MergePatch);
        return _client.CustomObjects.PatchNamespacedCustomObjectStatusAsync(body, Group, Version, ns, Plural, name, cancellationToken: ct);
    }

    public async Task ApplyAsync(string ns, string name, string bucket, CancellationToken ct)
    {
        var body = new
        {
            apiVersion = $"{Group}/{Version}",
            kind = "Backup",
            metadata = new { name },
            spec = new { bucket },
        };
        await _client.CustomObjects.PatchNamespacedCustomObjectAsync(new V1Patch(body, V1Patch.PatchType.ApplyPatch), Group, Version, ns, Plural, name, fieldManager: "backup-store", force: true, cancellationToken: ct);
    }

    public async Task<bool> ExistsAsync(string ns, string name, CancellationToken ct)
    {
        try
        {
            await GetAsync(ns, name, ct);
            return true;
        }
        catch (k8s.Autorest.HttpOperationException e) when (e.Response.StatusCode == System.Net.HttpStatusCode.NotFound)
        {
            return false;
        }
    }
}
