using Harvester.Samples.UpgradeApi;
using Harvester.Samples.UpgradeController.Simulated;
using k8s.Models;
using static Harvester.Samples.UpgradeController.Tests.ClusterFacts;

namespace Harvester.Samples.UpgradeController.Tests;

/// <summary>The same scenarios as in <see cref="ReferenceScenarioTests"/> with the historical controller, and what it makes of them.</summary>
public sealed class HistoricalScenarioTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task S1_it_starts_again_and_is_declared_failed(int seed)
    {
        await using var cluster = await SimulatedUpgrade.OpenAsync(seed);
        cluster.StartHistorical(seed);
        var before = await cluster.RunToEndAsync();
        Assert.Equal("True", before.ConditionOf(UpgradeConditions.Completed));
        var sequence = cluster.Now();

        await cluster.DismissAsync(before.Name());
        await cluster.RunUntilQuietAsync();

        var after = await cluster.ReadAsync(before.Name());
        Assert.Equal(2, cluster.Log.Count(InitializeLine));
        Assert.Equal(2, cluster.Log.Count("Enabling upgrade observability"));
        Assert.Contains(cluster.CreatesAfter(sequence), create => create == $"upgradelogs/{UpgradeNames.Log(before.Name())} 409");
        Assert.Equal("Failed", after.GetLabel(UpgradeLabels.State));
        Assert.Equal("v1.9.0", after.Status.PreviousVersion); // the version that runs now
        Assert.True(cluster.HasLog(before.Name())); // never purged
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task S2_it_downloads_the_image_again_and_hangs_on_the_finished_job(int seed)
    {
        await using var cluster = await SimulatedUpgrade.OpenAsync(seed);
        cluster.StartHistorical(seed);
        var before = await cluster.RunToEndAsync(logEnabled: false);
        var sequence = cluster.Now();

        await cluster.DismissAsync(before.Name());
        await cluster.RunUntilQuietAsync();

        var after = await cluster.ReadAsync(before.Name());
        Assert.Equal(2, cluster.Log.Count(InitializeLine));
        Assert.Contains(cluster.CreatesAfter(sequence), create => create == $"virtualmachineimages/{before.Name()} 201");
        Assert.Contains(cluster.CreatesAfter(sequence), create => create == $"jobs/{UpgradeNames.ManifestJob(before.Name())} 409");
        Assert.Equal("UpgradingSystemServices", after.GetLabel(UpgradeLabels.State));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task S6_it_starts_again_without_any_label(int seed)
    {
        await using var cluster = await SimulatedUpgrade.OpenAsync(seed);
        cluster.StartHistorical(seed);
        var before = await cluster.RunToEndAsync();

        await UserRequests.PutWithoutStatusAsync(cluster.Server, before, keepFinalizers: true);
        await cluster.RunUntilQuietAsync();

        Assert.Equal(2, cluster.Log.Count(InitializeLine));
        Assert.Equal("Failed", (await cluster.ReadAsync(before.Name())).GetLabel(UpgradeLabels.State));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task S7_the_label_alone_does_no_harm(int seed)
    {
        await using var cluster = await SimulatedUpgrade.OpenAsync(seed);
        cluster.StartHistorical(seed);
        var before = await cluster.RunToEndAsync();

        await UserRequests.MergePatchAsync(cluster.Server, before, """{"metadata":{"labels":{"harvesterhci.io/read-message":"true"}}}""");
        await cluster.RunUntilQuietAsync();

        Assert.Equal(1, cluster.Log.Count(InitializeLine));
        Assert.False(cluster.HasLog(before.Name()));
        Assert.Empty(SimulatedUpgrade.Missing(before.Status, (await cluster.ReadAsync(before.Name())).Status));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task S9_with_the_status_subresource_it_never_gets_beyond_its_first_step(int seed)
    {
        await using var cluster = await SimulatedUpgrade.OpenAsync(seed, statusSubresource: true);
        cluster.StartHistorical(seed);
        var created = await cluster.CreateAsync();
        await cluster.Simulation.RunForAsync(TimeSpan.FromMinutes(3));

        var after = await cluster.ReadAsync(created.Name());
        Assert.Null(after.ConditionOf(UpgradeConditions.Completed)); // its plain update writes no status
        Assert.True(cluster.Log.Count(InitializeLine) > 1);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public async Task S12_a_new_object_with_read_message_preset_gets_through_with_logging_off_only(int seed, bool logEnabled)
    {
        await using var cluster = await SimulatedUpgrade.OpenAsync(seed);
        cluster.StartHistorical(seed);
        var created = await cluster.CreateAsync(logEnabled, new Dictionary<string, string> { [UpgradeLabels.ReadMessage] = "true" });
        await cluster.RunUntilQuietAsync();

        Assert.Equal(logEnabled ? "Failed" : "Succeeded", (await cluster.ReadAsync(created.Name())).GetLabel(UpgradeLabels.State));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task S13_a_copy_starts(int seed)
    {
        await using var cluster = await SimulatedUpgrade.OpenAsync(seed);
        cluster.StartHistorical(seed);
        await Losses.RecreateAsync(cluster, await cluster.RunToEndAsync());
        await cluster.RunUntilQuietAsync();

        Assert.Equal(2, cluster.Log.Count(InitializeLine));
    }
}
