using Harvester.Samples.UpgradeApi;

namespace Harvester.Samples.HistoricalController.Tests;

/// <summary>Scenarios without a recording of their own.</summary>
public sealed class ScenarioTests
{
    private const string Initialize = "Initialize upgrade harvester-system/hvst-upgrade-aaaaa";

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Guarded_controller_never_starts_a_new_upgrade_that_is_dismissed_already(bool logEnabled)
    {
        await using var cluster = await SmallCluster.StartAsync(
            new HistoricalControllerOptions { ReadMessageGuard = true }, cancellationToken: CancellationToken);
        await cluster.CreateUpgradeAsync(logEnabled, CancellationToken, (UpgradeLabels.ReadMessage, "true"));

        await cluster.RunUntilQuietAsync(CancellationToken);

        Assert.Equal("- | read-message | no status", StateText.OfUpgrade(cluster.Stored()));
        Assert.DoesNotContain(cluster.Log.Lines, line => line.Text == Initialize);
        Assert.Contains(
            cluster.Log.Lines,
            line => line.Text == "upgrade harvester-system/hvst-upgrade-aaaaa has harvesterhci.io/read-message label, no further processing");
    }

    /// <summary>S9 for this controller: it writes status with the whole object, so a status subresource takes every word of it.</summary>
    [Fact]
    public async Task With_the_status_subresource_nothing_gets_beyond_the_first_step()
    {
        await using var cluster = await SmallCluster.StartAsync(statusSubresource: true, cancellationToken: CancellationToken);
        await cluster.CreateUpgradeAsync(logEnabled: false, CancellationToken);

        await cluster.RunUntilQuietAsync(CancellationToken);
        await new DismissAction(cluster.User).DismissAsync(await cluster.GetUpgradeAsync(CancellationToken), CancellationToken);
        await cluster.RunUntilQuietAsync(CancellationToken);

        Assert.Equal("LoggingInfraPrepared | latestUpgrade | read-message | no status", StateText.OfUpgrade(cluster.Stored()));
        Assert.True(cluster.Log.Lines.Count(line => line.Text == Initialize) > 1);
        Assert.DoesNotContain(
            cluster.Server.Requests,
            request => request is { User: TraceRig.ControllerUser, Verb: "create", Resource: "virtualmachineimages" or "jobs" });
    }

    /// <summary>Restarted controllers see every object once more; a finished upgrade stays finished.</summary>
    [Fact]
    public async Task Restart_of_the_controllers_alone_changes_nothing()
    {
        await using var cluster = await SmallCluster.StartAsync(cancellationToken: CancellationToken);
        await cluster.CreateUpgradeAsync(logEnabled: true, CancellationToken);
        await cluster.RunUntilQuietAsync(CancellationToken);
        var before = cluster.Server.Revision;

        cluster.Simulation.Stop(cluster.Simulation.Instances[0]);
        cluster.StartControllers();
        await cluster.RunUntilQuietAsync(CancellationToken);

        Assert.Equal(before, cluster.Server.Revision);
        Assert.Single(cluster.Log.Lines, line => line.Text == Initialize);
    }
}
