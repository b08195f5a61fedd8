using Harvester.Samples.UpgradeApi;
using k8s.Models;

namespace Harvester.Samples.UpgradeController.Simulated;

/// <summary>A guard of the controller that can be taken away, to see what it is for.</summary>
public enum Guard
{
    /// <summary>None is taken away.</summary>
    None,

    /// <summary>The annotation that says for which uid work was started.</summary>
    Marker,

    /// <summary>The record outside the Upgrade.</summary>
    Record,

    /// <summary>The rebuilding of a lost status.</summary>
    Rebuild,
}

/// <summary>No marker: nothing is put on the object, and what is on it is not looked at. What this process itself started, it still knows.</summary>
public sealed class NoMarker(k8s.IKubernetes client) : IDurableMarker
{
    private readonly HashSet<string> started = new(StringComparer.Ordinal);

    public MarkerState Read(Upgrade upgrade) => started.Contains(upgrade.Uid()) ? MarkerState.Ours : MarkerState.None;

    public async Task<Upgrade> WriteAsync(
        Upgrade upgrade, int attempt, IReadOnlyDictionary<string, string> labels, CancellationToken cancellationToken)
    {
        started.Add(upgrade.Uid());
        return labels.Count == 0 ? upgrade : await client.PatchMetadataAsync(upgrade, new { labels }, cancellationToken);
    }
}

/// <summary>No record of its own: what is known lives and dies with the status, as if it were kept there.</summary>
public sealed class NoDurableRecord : IUpgradeRecords
{
    private readonly Dictionary<string, UpgradeRecord> known = new(StringComparer.Ordinal);

    public Task<UpgradeRecord?> FindAsync(Upgrade upgrade, CancellationToken cancellationToken)
    {
        if (upgrade.Status.Conditions is null or { Count: 0 })
        {
            known.Remove(upgrade.Uid());
        }

        return Task.FromResult(known.GetValueOrDefault(upgrade.Uid()));
    }

    public Task<UpgradeRecord> WriteAsync(Upgrade upgrade, UpgradeRecord record, CancellationToken cancellationToken)
    {
        known[upgrade.Uid()] = record;
        return Task.FromResult(record);
    }
}

/// <summary>No rebuilding: a status that is lost stays lost.</summary>
public sealed class NoRebuild : IStatusRebuilder
{
    public Task<UpgradeStatus?> RebuildAsync(Upgrade upgrade, UpgradeRecord record, CancellationToken cancellationToken) =>
        Task.FromResult<UpgradeStatus?>(null);
}
