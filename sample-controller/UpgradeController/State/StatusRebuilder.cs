using Harvester.Samples.UpgradeApi;

namespace Harvester.Samples.UpgradeController;

/// <summary>Makes the status anew when it is lost.</summary>
public interface IStatusRebuilder
{
    /// <summary>The status as it should be now, or null when it cannot be told.</summary>
    Task<UpgradeStatus?> RebuildAsync(Upgrade upgrade, UpgradeRecord record, CancellationToken cancellationToken);
}

/// <summary>Facts come from the record, progress from the child itself: it may have gone on while nobody looked.</summary>
public sealed class StatusRebuilder(UpgradeChildren children, TimeProvider time) : IStatusRebuilder
{
    public async Task<UpgradeStatus?> RebuildAsync(Upgrade upgrade, UpgradeRecord record, CancellationToken cancellationToken)
    {
        var seen = await children.ObserveAsync(upgrade, record, cancellationToken);
        return UpgradeStatusView.Of(upgrade, record, seen, time.GetUtcNow());
    }
}
