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

    /// <summary>S3: the dismissal comes while cleanup runs. The started cleanup is abandoned; the failure cleanup no longer knows image and logs.</summary>
    [Fact]
    public async Task Dismissal_during_cleanup_leaves_image_and_log_collection_behind()
    {
        await using var cluster = await SmallCluster.StartAsync(cancellationToken: CancellationToken);
        cluster.Simulation.Switches.Hold("plan-cleanup");
        await cluster.CreateUpgradeAsync(logEnabled: true, CancellationToken);
        await cluster.RunUntilQuietAsync(CancellationToken);
        Assert.Equal(CleanupStates.Pending, (await cluster.GetUpgradeAsync(CancellationToken)).Metadata.Labels[UpgradeLabels.Cleanup]);

        await new DismissAction(cluster.User).DismissAsync(await cluster.GetUpgradeAsync(CancellationToken), CancellationToken);
        await cluster.Simulation.RunForAsync(TimeSpan.FromMinutes(5), CancellationToken);

        Assert.Equal(
            "Failed | latestUpgrade | read-message | cleanup Succeeded | Completed=False(Timeout) | LogReady=False(UpgradeLogGetFailed) | longhorn-settings-restored",
            StateText.OfUpgrade(cluster.Stored()));
        Assert.True(cluster.Exists("virtualmachineimages", Namespaces.Harvester, SmallCluster.UpgradeName));
        Assert.False(cluster.Exists("deployments", Namespaces.Harvester, $"upgrade-repo-{SmallCluster.UpgradeName}"));
        Assert.False(cluster.Exists("plans", Namespaces.Cattle, $"{SmallCluster.UpgradeName}-cleanup"));
        Assert.True(cluster.Exists("loggings", null, $"{SmallCluster.UpgradeName}-upgradelog-infra"));
    }

    /// <summary>S3 with logging off: the image that is there is adopted, and no event of it ever comes.</summary>
    [Fact]
    public async Task Dismissal_during_cleanup_without_logs_is_stuck_before_the_image_is_ready()
    {
        await using var cluster = await SmallCluster.StartAsync(cancellationToken: CancellationToken);
        cluster.Simulation.Switches.Hold("plan-cleanup");
        await cluster.CreateUpgradeAsync(logEnabled: false, CancellationToken);
        await cluster.RunUntilQuietAsync(CancellationToken);

        await new DismissAction(cluster.User).DismissAsync(await cluster.GetUpgradeAsync(CancellationToken), CancellationToken);
        await cluster.Simulation.RunForAsync(TimeSpan.FromMinutes(30), CancellationToken);

        Assert.Equal(
            "LoggingInfraPrepared | latestUpgrade | read-message | cleanup Pending | Completed=Unknown | LogReady=False(Disabled) | ImageReady=Unknown",
            StateText.OfUpgrade(cluster.Stored()));
        Assert.True(cluster.Exists("deployments", Namespaces.Harvester, $"upgrade-repo-{SmallCluster.UpgradeName}"));
    }

    /// <summary>S5: the first step does not ask which upgrade is the latest, and takes the label from the one that runs.</summary>
    [Fact]
    public async Task Wiped_old_upgrade_stops_the_one_that_runs()
    {
        const string second = "hvst-upgrade-bbbbb";
        await using var cluster = await SmallCluster.StartAsync(cancellationToken: CancellationToken);
        await cluster.CreateUpgradeAsync(logEnabled: true, CancellationToken);
        await cluster.RunUntilQuietAsync(CancellationToken);
        cluster.Simulation.Switches.Hold("manifests");
        await cluster.CreateUpgradeAsync(logEnabled: true, CancellationToken, name: second);
        await cluster.RunUntilQuietAsync(CancellationToken);
        var running = StateText.OfUpgrade(cluster.Stored(second));
        Assert.StartsWith("UpgradingSystemServices | latestUpgrade", running, StringComparison.Ordinal);

        await new DismissAction(cluster.User).DismissAsync(await cluster.GetUpgradeAsync(CancellationToken), CancellationToken);
        cluster.Simulation.Switches.Release("manifests");
        await cluster.Simulation.RunForAsync(TimeSpan.FromMinutes(5), CancellationToken);

        Assert.StartsWith("Failed | latestUpgrade | read-message", StateText.OfUpgrade(cluster.Stored()), StringComparison.Ordinal);
        Assert.Equal(
            running.Replace(" | latestUpgrade", string.Empty, StringComparison.Ordinal),
            StateText.OfUpgrade(cluster.Stored(second)));
    }
}
