using Harvester.ControllerRuntime;
using Harvester.Samples.UpgradeApi;
using k8s;
using k8s.Models;

namespace Harvester.Samples.UpgradeController;

/// <summary>Reads the situation of an upgrade from the server.</summary>
internal static class SituationReader
{
    public static async Task<UpgradeSituation?> ReadAsync(UpgradeServices services, ObjectKey key, CancellationToken cancellationToken)
    {
        var upgrade = await services.Client.FindAsync<Upgrade>(key.Namespace, key.Name, cancellationToken);
        if (upgrade is null)
        {
            return null;
        }

        var marker = services.Marker.Read(upgrade);
        var stored = await services.Records.FindAsync(upgrade, cancellationToken);
        var record = stored?.Uid == upgrade.Uid() ? stored : null;
        var situation = new UpgradeSituation
        {
            Upgrade = upgrade,
            Marker = marker,
            Record = record,
            RecordOfAnotherObject = stored is not null && record is null,
            Drift = record is null ? StatusDrift.Lost : UpgradeStatusView.Compare(upgrade, record),
        };
        if (marker != MarkerState.None || record is not null)
        {
            return situation;
        }

        var (evidence, leftover) = await FindChildrenAsync(services.Client, upgrade, cancellationToken);
        situation = situation with { HasEvidence = evidence || HasOwnTraces(upgrade), Leftover = leftover };
        return situation.IsNew
            ? situation with { OtherInFlight = await FindOtherAsync(services, upgrade, cancellationToken) }
            : situation;
    }

    // read-message is not among them: anybody may set it at any time, also on an object nobody has looked at yet.
    private static bool HasOwnTraces(Upgrade upgrade) =>
        upgrade.GetLabel(UpgradeLabels.State) is not null
        || upgrade.GetLabel(UpgradeLabels.Latest) is not null
        || upgrade.GetLabel(UpgradeLabels.Cleanup) is not null
        || upgrade.GetAnnotation(UpgradeAnnotations.ImageCleanupPlanCompleted) is not null
        || upgrade.Status.Conditions is { Count: > 0 }
        || !string.IsNullOrEmpty(upgrade.Status.PreviousVersion);

    private static async Task<(bool Evidence, string? Leftover)> FindChildrenAsync(
        IKubernetes client, Upgrade upgrade, CancellationToken cancellationToken)
    {
        var selector = $"{UpgradeLabels.Upgrade}={upgrade.Name()}";
        var ns = upgrade.Namespace();
        var children = new List<IKubernetesObject<V1ObjectMeta>>();
        children.AddRange(await client.ListAsync<UpgradeLog>(ns, selector, cancellationToken));
        children.AddRange(await client.ListAsync<VirtualMachineImage>(ns, selector, cancellationToken));
        children.AddRange(await client.ListAsync<V1Deployment>(ns, selector, cancellationToken));
        children.AddRange(await client.ListAsync<V1Job>(ns, selector, cancellationToken));
        children.AddRange(await client.ListAsync<Plan>(Namespaces.Cattle, selector, cancellationToken));

        var own = children.Where(child => Ownership.IsOf(child, upgrade.Uid())).ToList();

        // An image the user uploaded is nobody's child; it only carries the label of the upgrade that uses it.
        var foreign = children.Except(own).FirstOrDefault(child => child is not VirtualMachineImage || child.OwnerReferences() is { Count: > 0 });
        return (own.Count > 0, foreign is null ? null : $"{foreign.Kind} {foreign.Namespace()}/{foreign.Name()}");
    }

    // Two new upgrades at once: the older one goes first.
    private static async Task<string?> FindOtherAsync(UpgradeServices services, Upgrade upgrade, CancellationToken cancellationToken)
    {
        var others = (await services.Client.ListAsync<Upgrade>(upgrade.Namespace(), null, cancellationToken))
            .Where(other => other.Uid() != upgrade.Uid() && other.DeletionTimestamp() is null);
        foreach (var other in others)
        {
            var state = other.GetLabel(UpgradeLabels.State);
            if (state is UpgradeStates.Succeeded or UpgradeStates.Failed || services.Marker.Read(other) == MarkerState.OfAnotherObject)
            {
                continue;
            }

            var started = services.Marker.Read(other) == MarkerState.Ours || state is not null;
            if (started || Order(other).CompareTo(Order(upgrade)) < 0)
            {
                return other.Name();
            }
        }

        return null;
    }

    private static (DateTime, string) Order(Upgrade upgrade) => (upgrade.CreationTimestamp() ?? DateTime.MaxValue, upgrade.Name());
}
