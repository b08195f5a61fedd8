using Harvester.Samples.UpgradeApi;

namespace Harvester.Samples.UpgradeController;

/// <summary>Where the record of an upgrade is kept.</summary>
public interface IUpgradeRecords
{
    /// <summary>The record under this upgrade's name, as it is stored now; its uid may be another object's. Null when there is none.</summary>
    Task<UpgradeRecord?> FindAsync(Upgrade upgrade, CancellationToken cancellationToken);

    /// <summary>Stores a record and returns it as stored. Fails when somebody else wrote it since it was read.</summary>
    Task<UpgradeRecord> WriteAsync(Upgrade upgrade, UpgradeRecord record, CancellationToken cancellationToken);
}
