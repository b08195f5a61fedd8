using Harvester.Samples.HistoricalController;
using Harvester.Samples.UpgradeApi;
using Harvester.Testing.Simulation;

namespace Harvester.Cli.Demo;

/// <summary>What the upgrade repository of the stage serves to the historical controller.</summary>
internal sealed class HistoricalRepository(World world) : IUpgradeRepository
{
    /// <inheritdoc />
    public Task<string> GetReleaseAsync(Upgrade upgrade, CancellationToken cancellationToken) => Task.FromResult(
        $"""
        harvester: {world.NewVersion}
        harvesterChart: {world.NewVersion.TrimStart('v')}
        os: Harvester {world.NewVersion}
        kubernetes: v1.31.4+rke2r1
        rancher: v2.10.1
        monitoringChart: 103.1.1+up45.31.1
        minUpgradableVersion: {world.OldVersion}

        """);

    /// <inheritdoc />
    public Task<IReadOnlyList<string>> GetImageListAsync(Upgrade upgrade, string version, CancellationToken cancellationToken)
    {
        var harvester = version == "current" ? world.NewVersion : version;
        return Task.FromResult<IReadOnlyList<string>>([$"docker.io/rancher/harvester:{harvester}", "docker.io/rancher/shared:1"]);
    }
}
