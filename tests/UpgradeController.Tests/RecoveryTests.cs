using Harvester.ControllerRuntime;
using Harvester.Samples.UpgradeApi;
using Harvester.Samples.UpgradeController.Simulated;
using k8s.Models;

namespace Harvester.Samples.UpgradeController.Tests;

/// <summary>A status is not put back, it is made again from what is true now.</summary>
public sealed class RecoveryTests
{
    [Theory]
    [InlineData(1, "manifests", UpgradeConditions.SystemServicesUpgraded)]
    [InlineData(2, "manifests", UpgradeConditions.SystemServicesUpgraded)]
    [InlineData(1, "image", UpgradeConditions.ImageReady)]
    [InlineData(2, "image", UpgradeConditions.ImageReady)]
    public async Task A_child_that_went_on_while_the_controller_was_down_is_right_in_the_rebuilt_status(int seed, string child, string condition)
    {
        var (first, _, cluster) = await WipeWhileDownAsync(seed, child, condition, (_, rebuilder) => rebuilder);
        await using (cluster)
        {
            Assert.Equal("True", first);
        }
    }

    [Theory]
    [InlineData(1, "manifests", UpgradeConditions.SystemServicesUpgraded)]
    [InlineData(2, "image", UpgradeConditions.ImageReady)]
    public async Task Restoring_a_saved_copy_would_be_wrong(int seed, string child, string condition)
    {
        var (first, _, cluster) = await WipeWhileDownAsync(seed, child, condition, (saved, _) => new SavedCopy(saved));
        await using (cluster)
        {
            Assert.Equal("Unknown", first);
        }
    }

    [Theory] // S4, single node
    [InlineData(1)]
    [InlineData(2)]
    public async Task S4_wiped_during_the_node_upgrade_it_goes_on_where_it_was(int seed)
    {
        var (_, name, cluster) = await WipeWhileDownAsync(seed, "node", UpgradeConditions.NodesUpgraded, (_, rebuilder) => rebuilder);
        await using (cluster)
        {
            await cluster.RunUntilQuietAsync();
            var after = await cluster.ReadAsync(name);
            cluster.AssertDone(after, dismissed: false);
            Assert.Equal(1, cluster.Log.Count(ClusterFacts.InitializeLine));
            Assert.Equal("v1.8.2", after.Status.PreviousVersion); // not the version that runs now
        }
    }

    [Theory] // S5
    [InlineData(1)]
    [InlineData(2)]
    public async Task S5_an_old_upgrade_that_is_wiped_takes_nothing_from_the_one_that_runs(int seed)
    {
        await using var cluster = await SimulatedUpgrade.OpenAsync(seed);
        cluster.StartController();
        var old = await cluster.RunToEndAsync();
        cluster.Simulation.Switches.Hold("image");
        var running = await cluster.CreateAsync(name: "hvst-upgrade-zzzzz");
        await cluster.RunUntilQuietAsync();

        await UserRequests.PutWithoutStatusAsync(cluster.Server, await cluster.ReadAsync(old.Name()));
        await cluster.RunUntilQuietAsync();
        cluster.Simulation.Switches.Release("image");
        await cluster.RunUntilQuietAsync();

        Assert.Empty(SimulatedUpgrade.Missing(old.Status, (await cluster.ReadAsync(old.Name())).Status));
        Assert.Null((await cluster.ReadAsync(old.Name())).GetLabel(UpgradeLabels.Latest));
        var after = await cluster.ReadAsync(running.Name());
        Assert.Equal("true", after.GetLabel(UpgradeLabels.Latest));
        cluster.AssertDone(after, dismissed: false);
    }

    [Fact]
    public async Task A_job_that_disappeared_is_not_run_again()
    {
        await using var cluster = await SimulatedUpgrade.OpenAsync(1);
        var instance = cluster.StartController();
        cluster.Simulation.Switches.Hold("manifests");
        var created = await cluster.CreateAsync();
        await cluster.RunUntilQuietAsync();
        cluster.Simulation.Stop(instance);
        await Losses.DeleteChildrenAsync(cluster, created.Name());
        await UserRequests.PutWithoutStatusAsync(cluster.Server, await cluster.ReadAsync(created.Name()));
        var sequence = cluster.Now();
        cluster.StartController();
        await cluster.RunUntilQuietAsync();

        Assert.DoesNotContain(cluster.CreatesAfter(sequence), create => create.StartsWith("jobs/", StringComparison.Ordinal));
        Assert.Equal("Failed", (await cluster.ReadAsync(created.Name())).GetLabel(UpgradeLabels.State));
    }

    /// <summary>
    /// Stops the controller while a child is held, wipes the status, lets the child finish, starts the controller again, and returns the condition as it
    /// is in the first status stored after that.
    /// </summary>
    private static async Task<(string? First, string Name, SimulatedUpgrade Cluster)> WipeWhileDownAsync(
        int seed, string child, string condition, Func<UpgradeStatus, IStatusRebuilder, IStatusRebuilder> rebuilder)
    {
        var cluster = await SimulatedUpgrade.OpenAsync(seed);
        var instance = cluster.StartController();
        cluster.Simulation.Switches.Hold(child);
        var created = await cluster.CreateAsync();
        await cluster.RunUntilQuietAsync();
        var before = await cluster.ReadAsync(created.Name());
        Assert.Equal("Unknown", before.ConditionOf(condition));

        cluster.Simulation.Stop(instance);
        await UserRequests.PutWithoutStatusAsync(cluster.Server, before);
        cluster.Simulation.Switches.Release(child);
        await cluster.RunUntilQuietAsync();
        var revision = cluster.Server.Revision;
        Assert.Null((await cluster.ReadAsync(created.Name())).ConditionOf(condition));

        cluster.Start(set =>
        {
            var services = new UpgradeServices(set.Client, set.Time, cluster.Log, cluster.Repository);
            services.Rebuilder = rebuilder(before.Status, services.Rebuilder);
            UpgradeControllers.Register(set, services);
        });
        await cluster.RunUntilQuietAsync();
        var first = cluster.ConditionHistory(created.Name(), condition, revision).FirstOrDefault(state => state is not null);
        return (first, created.Name(), cluster);
    }

    private sealed class SavedCopy(UpgradeStatus saved) : IStatusRebuilder
    {
        public Task<UpgradeStatus?> RebuildAsync(Upgrade upgrade, UpgradeRecord record, CancellationToken cancellationToken) =>
            Task.FromResult<UpgradeStatus?>(saved);
    }
}
