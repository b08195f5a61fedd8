using System.Net;
using Harvester.Samples.UpgradeApi;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace Harvester.Samples.UpgradeController;

/// <summary>
/// Keeps the record in a ConfigMap of its own, owned by the Upgrade through its uid: it goes when the Upgrade goes, and a client that writes the
/// Upgrade never sends it.
/// </summary>
public sealed class ConfigMapRecords(IKubernetes client) : IUpgradeRecords
{
    public async Task<UpgradeRecord?> FindAsync(Upgrade upgrade, CancellationToken cancellationToken)
    {
        try
        {
            var map = await client.CoreV1.ReadNamespacedConfigMapAsync(
                UpgradeNames.Record(upgrade.Name()), upgrade.Namespace(), cancellationToken: cancellationToken);
            return RecordData.Read(map.Data ?? new Dictionary<string, string>(), map.ResourceVersion());
        }
        catch (HttpOperationException e) when (e.Response.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    public async Task<UpgradeRecord> WriteAsync(Upgrade upgrade, UpgradeRecord record, CancellationToken cancellationToken)
    {
        var name = UpgradeNames.Record(upgrade.Name());
        var data = RecordData.Write(record);
        if (record.StoredVersion is null)
        {
            var created = await client.CoreV1.CreateNamespacedConfigMapAsync(
                new V1ConfigMap
                {
                    Metadata = new V1ObjectMeta
                    {
                        Name = name,
                        NamespaceProperty = upgrade.Namespace(),
                        Labels = new Dictionary<string, string> { [UpgradeLabels.Upgrade] = upgrade.Name() },
                        Annotations = new Dictionary<string, string> { [AnnotationMarker.Key] = AnnotationMarker.Value(upgrade, record.Attempt) },
                        OwnerReferences = [Ownership.Reference(upgrade)],
                    },
                    Data = data,
                },
                upgrade.Namespace(),
                cancellationToken: cancellationToken);
            return record with { StoredVersion = created.ResourceVersion() };
        }

        // A patch that names the version it was read at: refused when another writer was faster.
        var patch = new V1Patch(
            KubernetesJson.Serialize(new { metadata = new { resourceVersion = record.StoredVersion }, data }), V1Patch.PatchType.MergePatch);
        var patched = await client.CoreV1.PatchNamespacedConfigMapAsync(patch, name, upgrade.Namespace(), cancellationToken: cancellationToken);
        return record with { StoredVersion = patched.ResourceVersion() };
    }
}
