using Harvester.Samples.UpgradeApi;
using k8s.Models;

namespace Harvester.Samples.UpgradeController;

/// <summary>
/// All a transition is decided on, read live at the beginning of the pass: a cached copy may be older than what this very controller wrote, and after a
/// restart an old or empty version can come first.
/// </summary>
public sealed record UpgradeSituation
{
    public required Upgrade Upgrade { get; init; }

    public required MarkerState Marker { get; init; }

    /// <summary>The record of this very object, by uid; null when there is none.</summary>
    public UpgradeRecord? Record { get; init; }

    /// <summary>There is a record under this name that belongs to another uid.</summary>
    public bool RecordOfAnotherObject { get; init; }

    /// <summary>Signs that work was done for this object: state labels, a status, children made for its uid. Read only when marker and record are missing.</summary>
    public bool HasEvidence { get; init; }

    /// <summary>Children with this name that were made for another uid.</summary>
    public string? Leftover { get; init; }

    /// <summary>Another upgrade that runs, or that comes first. Read only when this one is new.</summary>
    public string? OtherInFlight { get; init; }

    public StatusDrift Drift { get; init; } = StatusDrift.None;

    /// <summary>
    /// New is what has never been worked on, and an empty status says nothing about that. All three must be missing: the marker, the record and every
    /// other trace.
    /// </summary>
    public bool IsNew => Marker == MarkerState.None && Record is null && !RecordOfAnotherObject && !HasEvidence && Leftover is null;

    public bool IsBeingDeleted => Upgrade.DeletionTimestamp() is not null;

    public bool IsCopy => Marker == MarkerState.OfAnotherObject;

    public bool HasLeftovers => Marker == MarkerState.None && Record is null && (RecordOfAnotherObject || Leftover is not null);

    public bool NeedsRecovery => Record is null || Marker == MarkerState.None || Drift != StatusDrift.None;

    public bool IsDismissed => Upgrade.GetLabel(UpgradeLabels.ReadMessage) == "true";

    public bool IndexIsRight => UpgradeIndex.Patch(Upgrade, Record!) is null;

    public string Key => $"{Upgrade.Namespace()}/{Upgrade.Name()}";

    public bool HasMade(string resource, string name) => Record!.HasMade(resource, name);
}
