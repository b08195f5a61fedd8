using Harvester.ControllerRuntime;
using Microsoft.Extensions.Logging;

namespace Harvester.Samples.UpgradeController.Simulated;

/// <summary>The controller as it is, on a controller set of a simulation.</summary>
public static class SimulatedController
{
    /// <summary>Registers the controller.</summary>
    /// <param name="set">The set; its client and clock are used.</param>
    /// <param name="loggers">Where the controller logs.</param>
    /// <param name="repository">What the repository serves.</param>
    /// <param name="without">A guard to take away.</param>
    public static void Register(ControllerSet set, ILoggerFactory loggers, IUpgradeRepository repository, Guard without = Guard.None)
    {
        ArgumentNullException.ThrowIfNull(set);
        var services = new UpgradeServices(set.Client, set.Time, loggers, repository);
        switch (without)
        {
            case Guard.Marker:
                services.Marker = new NoMarker(set.Client);
                break;
            case Guard.Record:
                services.Records = new NoDurableRecord();
                break;
            case Guard.Rebuild:
                services.Rebuilder = new NoRebuild();
                break;
            default:
                break;
        }

        UpgradeControllers.Register(set, services);
    }
}

/// <summary>The repository of the recorded runs: a release, and two lists of images that differ by one.</summary>
/// <param name="oldVersion">The version that ran before.</param>
/// <param name="newVersion">The version in the repository.</param>
public sealed class SimulatedRepository(string oldVersion, string newVersion) : IUpgradeRepository
{
    public Task<string> ReadReleaseAsync(string upgrade, CancellationToken cancellationToken) => Task.FromResult(
        $"""
        harvester: {newVersion}
        harvesterChart: {newVersion.TrimStart('v')}
        os: Harvester {newVersion}
        kubernetes: v1.31.4+rke2r1
        rancher: v2.10.1
        monitoringChart: 103.1.1+up45.31.1
        minUpgradableVersion: {oldVersion}

        """);

    public Task<IReadOnlyList<string>> ReadImageListAsync(string upgrade, string version, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<string>>(
            [$"docker.io/rancher/harvester:{(version == "current" ? newVersion : version)}", "docker.io/rancher/shared:1"]);
}
