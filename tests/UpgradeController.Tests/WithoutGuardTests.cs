using Harvester.Samples.UpgradeApi;
using Harvester.Samples.UpgradeController.Simulated;
using k8s.Models;
using static Harvester.Samples.UpgradeController.Tests.ClusterFacts;

namespace Harvester.Samples.UpgradeController.Tests;

/// <summary>Each guard is there for something: without it, something of its own goes wrong, and nothing else does.</summary>
public sealed class WithoutGuardTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Without_the_marker_a_copy_starts_a_second_upgrade(int seed)
    {
        await using var cluster = await SimulatedUpgrade.OpenAsync(seed);
        var instance = cluster.StartController();
        var original = await cluster.RunToEndAsync();
        cluster.Simulation.Stop(instance);

        cluster.StartController(Guard.Marker);
        var copy = await Losses.RecreateAsync(cluster, original);
        await cluster.RunUntilQuietAsync();

        Assert.Equal(2, cluster.Log.Count(InitializeLine));
        Assert.Equal("Succeeded", (await cluster.ReadAsync(copy.Name())).GetLabel(UpgradeLabels.State));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Without_the_record_a_rebuilt_status_lacks_what_only_it_knew(int seed)
    {
        await using var cluster = await SimulatedUpgrade.OpenAsync(seed);
        cluster.StartController(Guard.Record);
        var before = await cluster.RunToEndAsync();
        cluster.AssertDone(before, dismissed: false);

        await cluster.DismissAsync(before.Name());
        await cluster.RunUntilQuietAsync();

        var after = await cluster.ReadAsync(before.Name());
        Assert.Contains(SimulatedUpgrade.Missing(before.Status, after.Status), line => line.StartsWith("previousVersion", StringComparison.Ordinal));
        Assert.Equal(1, cluster.Log.Count(InitializeLine));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Without_rebuilding_the_status_stays_lost_and_the_purge_is_not_done(int seed)
    {
        await using var cluster = await SimulatedUpgrade.OpenAsync(seed);
        cluster.StartController(Guard.Rebuild);
        var before = await cluster.RunToEndAsync();
        cluster.AssertDone(before, dismissed: false);

        await cluster.DismissAsync(before.Name());
        await cluster.RunUntilQuietAsync();

        var after = await cluster.ReadAsync(before.Name());
        Assert.Null(after.ConditionOf(UpgradeConditions.Completed));
        Assert.True(cluster.HasLog(before.Name()));
        Assert.Equal(0, cluster.Log.Count(DismissedLine));
        Assert.Equal(1, cluster.Log.Count(InitializeLine)); // a recovery that fails leads nowhere, least of all to the start
    }

    [Theory]
    [InlineData(Guard.Marker)]
    [InlineData(Guard.Record)]
    [InlineData(Guard.Rebuild)]
    public async Task A_normal_run_needs_none_of_them(Guard guard)
    {
        await using var cluster = await SimulatedUpgrade.OpenAsync(1);
        cluster.StartController(guard);
        cluster.AssertDone(await cluster.RunToEndAsync(), dismissed: false);
    }
}
