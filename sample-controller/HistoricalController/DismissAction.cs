using Harvester.Samples.UpgradeApi;
using k8s;
using k8s.Models;

namespace Harvester.Samples.HistoricalController;

/// <summary>
/// What the button <c>Dismiss it</c> of the UI extension up to 1.0.4 does: it labels its cached copy of the upgrade and saves that copy with a
/// PUT of the whole object, cleaned of everything a save is not meant to carry.
/// </summary>
public sealed class DismissAction(IKubernetes client)
{
    /// <summary>Dismisses the message about an upgrade as the page shows it.</summary>
    /// <param name="cached">The page's copy of the upgrade; stays as it is.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public async Task DismissAsync(Upgrade cached, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(cached);
        var body = KubernetesJson.Deserialize<Upgrade>(KubernetesJson.Serialize(cached));
        body.SetLabel(UpgradeLabels.ReadMessage, "true");
        CleanForSave(body);
        await client.CustomObjects.ReplaceNamespacedCustomObjectAsync(
            body,
            "harvesterhci.io",
            "v1beta1",
            body.Metadata.NamespaceProperty,
            "upgrades",
            body.Metadata.Name,
            cancellationToken: cancellationToken);
    }

    /// <summary>The resourceVersion stays, so does every label and annotation.</summary>
    private static void CleanForSave(Upgrade upgrade)
    {
        upgrade.Status = null!;
        upgrade.Metadata.Finalizers = null;
        upgrade.Metadata.OwnerReferences = null;
        upgrade.Metadata.Uid = null;
        upgrade.Metadata.CreationTimestamp = null;
        upgrade.Metadata.DeletionTimestamp = null;
        upgrade.Metadata.Generation = null;
        upgrade.Metadata.ManagedFields = null;
        upgrade.Metadata.SelfLink = null;
    }
}
