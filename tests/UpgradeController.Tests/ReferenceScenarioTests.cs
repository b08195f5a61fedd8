using Harvester.Samples.UpgradeApi;
using Harvester.Samples.UpgradeController.Simulated;
using k8s.Models;
using static Harvester.Samples.UpgradeController.Tests.ClusterFacts;

namespace Harvester.Samples.UpgradeController.Tests;

/// <summary>What the reference controller makes of a wiped status. The same scenarios with the historical one are in <see cref="HistoricalScenarioTests"/>.</summary>
public sealed class ReferenceScenarioTests
{
    [Theory]
    [InlineData(1, true, false)]
    [InlineData(2, true, false)]
    [InlineData(1, false, false)]
    [InlineData(2, false, true)]
    [InlineData(1, true, true)]
    public async Task An_upgrade_runs_to_its_end_and_cleans_up(int seed, bool logEnabled, bool statusSubresource)
    {
        await using var cluster = await SimulatedUpgrade.OpenAsync(seed, statusSubresource);
        cluster.StartController();
        var upgrade = await cluster.RunToEndAsync(logEnabled);

        cluster.AssertDone(upgrade, dismissed: false);
        Assert.Equal(1, cluster.Log.Count(InitializeLine));
        Assert.Equal(logEnabled ? 1 : 0, cluster.Log.Count("Stop collecting logs"));
        Assert.Null(upgrade.ConditionOf("StatusRecovered"));
        Assert.Equal("v1.8.2", upgrade.Status.PreviousVersion);
        Assert.Equal("node1", upgrade.Status.SingleNode);
        Assert.Equal(NodeStates.Succeeded, upgrade.Status.NodeStatuses!["node1"].State);
        Assert.Equal(logEnabled ? "True" : "False", upgrade.ConditionOf(UpgradeConditions.LogReady));
        foreach (var type in (string[])["ImageReady", "RepoReady", "NodesPrepared", "SystemServicesUpgraded", "NodesUpgraded"])
        {
            Assert.Equal("True", upgrade.ConditionOf(type));
        }
    }

    [Theory] // S1 and S2
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(1, false)]
    [InlineData(2, false)]
    public async Task S1_S2_a_dismissed_upgrade_gets_its_status_back_and_starts_nothing(int seed, bool logEnabled)
    {
        await using var cluster = await SimulatedUpgrade.OpenAsync(seed);
        cluster.StartController();
        var before = await cluster.RunToEndAsync(logEnabled);
        var (sequence, revision) = (cluster.Now(), cluster.Server.Revision);

        await cluster.DismissAsync(before.Name());
        await cluster.RunUntilQuietAsync();

        var after = await cluster.ReadAsync(before.Name());
        Assert.Contains(null, cluster.ConditionHistory(before.Name(), UpgradeConditions.Completed, revision)); // it was lost
        Assert.Empty(SimulatedUpgrade.Missing(before.Status, after.Status));
        Assert.Empty(cluster.CreatesAfter(sequence));
        Assert.Equal(1, cluster.Log.Count(InitializeLine));
        Assert.NotEqual(0, cluster.Log.Count(DismissedLine));
        Assert.Equal("True", after.ConditionOf("StatusRecovered"));
        cluster.AssertDone(after, dismissed: true);
        Assert.Contains(UpgradeIndex.Finalizer, after.Finalizers());
    }

    [Theory] // S3
    [InlineData(1, true)]
    [InlineData(2, false)]
    public async Task S3_dismissed_during_cleanup_the_cleanup_is_finished(int seed, bool logEnabled)
    {
        await using var cluster = await SimulatedUpgrade.OpenAsync(seed);
        cluster.StartController();
        cluster.Simulation.Switches.Hold("plan-cleanup");
        var before = await cluster.RunToEndAsync(logEnabled);
        Assert.Equal("Pending", before.GetLabel(UpgradeLabels.Cleanup));

        await cluster.DismissAsync(before.Name());
        await cluster.RunUntilQuietAsync();
        cluster.Simulation.Switches.Release("plan-cleanup");
        await cluster.RunUntilQuietAsync();

        var after = await cluster.ReadAsync(before.Name());
        Assert.Empty(SimulatedUpgrade.Missing(before.Status, after.Status));
        Assert.Equal(1, cluster.Log.Count(InitializeLine));
        cluster.AssertDone(after, dismissed: true);
    }

    [Theory] // S6
    [InlineData(1)]
    [InlineData(2)]
    public async Task S6_a_wipe_without_the_label_is_recovered_and_nothing_is_purged(int seed)
    {
        await using var cluster = await SimulatedUpgrade.OpenAsync(seed);
        cluster.StartController();
        var before = await cluster.RunToEndAsync();
        var sequence = cluster.Now();

        await UserRequests.PutWithoutStatusAsync(cluster.Server, before, keepFinalizers: true);
        await cluster.RunUntilQuietAsync();

        var after = await cluster.ReadAsync(before.Name());
        Assert.Empty(SimulatedUpgrade.Missing(before.Status, after.Status));
        Assert.Empty(cluster.CreatesAfter(sequence));
        Assert.Equal(0, cluster.Log.Count(DismissedLine));
        cluster.AssertDone(after, dismissed: false);
    }

    [Theory] // S7
    [InlineData(1)]
    [InlineData(2)]
    public async Task S7_the_label_alone_purges_the_logs_and_leaves_the_status(int seed)
    {
        await using var cluster = await SimulatedUpgrade.OpenAsync(seed);
        cluster.StartController();
        var before = await cluster.RunToEndAsync();

        await UserRequests.MergePatchAsync(cluster.Server, before, """{"metadata":{"labels":{"harvesterhci.io/read-message":"true"}}}""");
        await cluster.RunUntilQuietAsync();

        var after = await cluster.ReadAsync(before.Name());
        Assert.Empty(SimulatedUpgrade.Missing(before.Status, after.Status));
        Assert.Null(after.ConditionOf("StatusRecovered"));
        Assert.NotEqual(0, cluster.Log.Count(DismissedLine));
        cluster.AssertDone(after, dismissed: true);
    }

    [Theory] // S9
    [InlineData(1)]
    [InlineData(2)]
    public async Task S9_with_the_status_subresource_the_put_loses_nothing(int seed)
    {
        await using var cluster = await SimulatedUpgrade.OpenAsync(seed, statusSubresource: true);
        cluster.StartController();
        var before = await cluster.RunToEndAsync();
        var (sequence, revision) = (cluster.Now(), cluster.Server.Revision);

        await cluster.DismissAsync(before.Name());
        await cluster.RunUntilQuietAsync();

        var after = await cluster.ReadAsync(before.Name());
        Assert.DoesNotContain(null, cluster.ConditionHistory(before.Name(), UpgradeConditions.Completed, revision));
        Assert.Empty(SimulatedUpgrade.Missing(before.Status, after.Status));
        Assert.Null(after.ConditionOf("StatusRecovered"));
        Assert.Empty(cluster.CreatesAfter(sequence));
        cluster.AssertDone(after, dismissed: true);
    }

    [Theory] // S10
    [InlineData(1)]
    [InlineData(2)]
    public async Task S10_a_put_to_the_subresource_without_status_is_recovered_too(int seed)
    {
        await using var cluster = await SimulatedUpgrade.OpenAsync(seed, statusSubresource: true);
        cluster.StartController();
        var before = await cluster.RunToEndAsync();
        var sequence = cluster.Now();

        await UserRequests.PutEmptyStatusAsync(cluster.Server, before);
        Assert.Null((await cluster.ReadAsync(before.Name())).ConditionOf(UpgradeConditions.Completed));
        await cluster.RunUntilQuietAsync();

        var after = await cluster.ReadAsync(before.Name());
        Assert.Empty(SimulatedUpgrade.Missing(before.Status, after.Status));
        Assert.Equal("True", after.ConditionOf("StatusRecovered"));
        Assert.Empty(cluster.CreatesAfter(sequence));
    }

    [Theory] // S12
    [InlineData(1, true, false)]
    [InlineData(2, false, false)]
    [InlineData(1, true, true)]
    public async Task S12_a_new_object_starts_even_with_read_message_set_from_the_start(int seed, bool logEnabled, bool statusSubresource)
    {
        await using var cluster = await SimulatedUpgrade.OpenAsync(seed, statusSubresource);
        cluster.StartController();
        var created = await cluster.CreateAsync(logEnabled, new Dictionary<string, string> { [UpgradeLabels.ReadMessage] = "true" });
        await cluster.RunUntilQuietAsync();

        var upgrade = await cluster.ReadAsync(created.Name());
        Assert.Equal(1, cluster.Log.Count(InitializeLine));
        cluster.AssertDone(upgrade, dismissed: true);
    }

    [Theory] // S13
    [InlineData(1)]
    [InlineData(2)]
    public async Task S13_a_copy_is_held_though_children_and_record_of_the_original_are_gone(int seed)
    {
        await using var cluster = await SimulatedUpgrade.OpenAsync(seed);
        cluster.StartController();
        var original = await cluster.RunToEndAsync();
        var copy = await Losses.RecreateAsync(cluster, original);
        var sequence = cluster.Now();
        await cluster.RunUntilQuietAsync();

        var held = await cluster.ReadAsync(copy.Name());
        Assert.Equal(1, cluster.Log.Count(InitializeLine)); // the original's
        Assert.Empty(cluster.CreatesAfter(sequence));
        Assert.Equal("True", held.ConditionOf("Held"));
        Assert.Null(held.GetLabel(UpgradeLabels.State));
    }

    [Theory] // S14
    [InlineData(1)]
    [InlineData(2)]
    public async Task S14_wiped_with_children_and_record_deleted_as_well_it_stays_ended(int seed)
    {
        await using var cluster = await SimulatedUpgrade.OpenAsync(seed);
        var instance = cluster.StartController();
        var before = await cluster.RunToEndAsync();
        cluster.Simulation.Stop(instance);
        await Losses.DeleteChildrenAsync(cluster, before.Name());
        await cluster.DismissAsync(before.Name());
        var sequence = cluster.Now();

        cluster.StartController();
        await cluster.RunUntilQuietAsync();

        var after = await cluster.ReadAsync(before.Name());
        Assert.Empty(cluster.CreatesAfter(sequence));
        Assert.Equal(1, cluster.Log.Count(InitializeLine));
        Assert.Equal("True", after.ConditionOf(UpgradeConditions.Completed));
        Assert.Null(after.Status.PreviousVersion); // nobody knows any more, and nobody makes it up
        Assert.Equal("Succeeded", after.GetLabel(UpgradeLabels.State));
    }

    [Theory] // S16
    [InlineData(1)]
    [InlineData(2)]
    public async Task S16_wiped_twice_it_is_recovered_twice(int seed)
    {
        await using var cluster = await SimulatedUpgrade.OpenAsync(seed);
        cluster.StartController();
        var before = await cluster.RunToEndAsync();
        for (var round = 0; round < 2; round++)
        {
            await UserRequests.PutWithoutStatusAsync(cluster.Server, await cluster.ReadAsync(before.Name()));
            await cluster.RunUntilQuietAsync();
        }

        var after = await cluster.ReadAsync(before.Name());
        Assert.Empty(SimulatedUpgrade.Missing(before.Status, after.Status));
        Assert.Equal(2, cluster.Log.Count("Recovered upgrade"));
        Assert.Equal(1, cluster.Log.Count(InitializeLine));
    }

    [Fact]
    public async Task A_second_upgrade_waits_for_the_first_and_takes_over_the_label_when_it_is_done()
    {
        await using var cluster = await SimulatedUpgrade.OpenAsync(1);
        cluster.StartController();
        cluster.Simulation.Switches.Hold("image");
        var first = await cluster.CreateAsync(name: "hvst-upgrade-aaaaa");
        await cluster.RunUntilQuietAsync();
        var second = await cluster.CreateAsync(name: "hvst-upgrade-bbbbb");
        await cluster.RunUntilQuietAsync();
        Assert.Null((await cluster.ReadAsync(second.Name())).GetLabel(UpgradeLabels.State));
        Assert.Equal("true", (await cluster.ReadAsync(first.Name())).GetLabel(UpgradeLabels.Latest));

        cluster.Simulation.Switches.Release("image");
        await cluster.RunUntilQuietAsync();

        Assert.Null((await cluster.ReadAsync(first.Name())).GetLabel(UpgradeLabels.Latest));
        cluster.AssertDone(await cluster.ReadAsync(first.Name()), dismissed: false);
        cluster.AssertDone(await cluster.ReadAsync(second.Name()), dismissed: false);
        Assert.Equal("true", (await cluster.ReadAsync(second.Name())).GetLabel(UpgradeLabels.Latest));
    }

    [Theory]
    [InlineData("image", UpgradeConditions.ImageReady)]
    [InlineData("manifests", UpgradeConditions.SystemServicesUpgraded)]
    [InlineData("node", UpgradeConditions.NodesUpgraded)]
    public async Task A_child_that_fails_ends_the_upgrade_and_its_traces_are_cleaned_up(string child, string condition)
    {
        await using var cluster = await SimulatedUpgrade.OpenAsync(1);
        cluster.StartController();
        cluster.Simulation.Switches.Fail(child);
        var upgrade = await cluster.RunToEndAsync();

        Assert.Equal("Failed", upgrade.GetLabel(UpgradeLabels.State));
        Assert.Equal("Succeeded", upgrade.GetLabel(UpgradeLabels.Cleanup));
        Assert.Equal("False", upgrade.ConditionOf(condition));
        Assert.Equal("False", upgrade.ConditionOf(UpgradeConditions.Completed));
        Assert.Equal(1, cluster.Log.Count("Stop collecting logs"));

        await cluster.DismissAsync(upgrade.Name());
        await cluster.RunUntilQuietAsync();
        var after = await cluster.ReadAsync(upgrade.Name());
        Assert.Empty(SimulatedUpgrade.Missing(upgrade.Status, after.Status));
        Assert.Equal(1, cluster.Log.Count(InitializeLine));
    }

    [Fact]
    public async Task A_deleted_upgrade_takes_everything_with_it()
    {
        await using var cluster = await SimulatedUpgrade.OpenAsync(1);
        cluster.StartController();
        cluster.Simulation.Switches.Hold("plan-cleanup");
        var upgrade = await cluster.RunToEndAsync();
        await Losses.DeleteAsync(cluster, "upgrades", upgrade.Name());
        await cluster.RunUntilQuietAsync();

        Assert.Null(await cluster.FindAsync(upgrade.Name()));
        Assert.False(cluster.HasLog(upgrade.Name()));
        Assert.False(cluster.Exists("configmaps", Namespaces.Harvester, UpgradeNames.Record(upgrade.Name())));
        Assert.False(cluster.Exists("plans", Namespaces.Cattle, UpgradeNames.CleanupPlan(upgrade.Name())));
        Assert.False(cluster.Exists("managedcharts", Namespaces.FleetLocal, UpgradeNames.Operator(UpgradeNames.Log(upgrade.Name()))));
    }
}
