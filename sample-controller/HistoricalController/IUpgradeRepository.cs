using Harvester.Samples.UpgradeApi;

namespace Harvester.Samples.HistoricalController;

/// <summary>What the web server of the upgrade repository offers. In a cluster this is HTTP to the repository's Service.</summary>
public interface IUpgradeRepository
{
    /// <summary>The text of <c>harvester-release.yaml</c>.</summary>
    Task<string> GetReleaseAsync(Upgrade upgrade, CancellationToken cancellationToken);

    /// <summary>The container images of a release, one that the repository remembers or <c>current</c>.</summary>
    Task<IReadOnlyList<string>> GetImageListAsync(Upgrade upgrade, string version, CancellationToken cancellationToken);
}
