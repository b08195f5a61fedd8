using Harvester.ControllerRuntime;
using Harvester.Samples.HistoricalController;
using Harvester.Samples.UpgradeApi;
using Harvester.Samples.UpgradeController.Simulated;

namespace Harvester.Samples.UpgradeController.Tests;

/// <summary>The historical controller on the same cluster.</summary>
internal static class HistoricalRig
{
    public static void StartHistorical(this SimulatedUpgrade cluster, int seed) => cluster.Start(set => HistoricalControllers.Register(
        set, set.Client, new Repository(cluster.Repository), cluster.Log, new HistoricalControllerOptions { Random = new Random(seed) }));

    /// <summary>The page's own request, on the page's copy of the object.</summary>
    public static async Task DismissAsync(this SimulatedUpgrade cluster, string name) =>
        await new DismissAction(cluster.User).DismissAsync(await cluster.ReadAsync(name));

    private sealed class Repository(UpgradeController.IUpgradeRepository inner) : HistoricalController.IUpgradeRepository
    {
        public Task<string> GetReleaseAsync(Upgrade upgrade, CancellationToken cancellationToken) =>
            inner.ReadReleaseAsync(upgrade.Metadata.Name, cancellationToken);

        public Task<IReadOnlyList<string>> GetImageListAsync(Upgrade upgrade, string version, CancellationToken cancellationToken) =>
            inner.ReadImageListAsync(upgrade.Metadata.Name, version, cancellationToken);
    }
}
