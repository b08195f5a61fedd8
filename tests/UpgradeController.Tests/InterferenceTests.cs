using Harvester.Samples.UpgradeApi;
using Harvester.Samples.UpgradeController.Simulated;
using k8s.Models;

namespace Harvester.Samples.UpgradeController.Tests;

/// <summary>The status is lost, or the controller, in the worst moments there are.</summary>
public sealed class InterferenceTests
{
    private const string Name = "hvst-upgrade-aaaaa";

    public static TheoryData<int> Moments => [.. Enumerable.Range(1, 72).Where(moment => moment % 3 == 1)];

    [Theory] // S3, S4, S16 and everything in between
    [MemberData(nameof(Moments))]
    public async Task Wiped_after_any_write_the_upgrade_is_started_once_and_comes_to_its_end(int write)
    {
        await using var cluster = await SimulatedUpgrade.OpenAsync(write);
        var writes = 0;
        var interference = Interference.Start(
            cluster,
            (request, _) => request.Method != HttpMethod.Get && ++writes == write,
            async () => await UserRequests.PutWithoutStatusAsync(cluster.Server, await cluster.ReadAsync(Name)));
        await cluster.CreateAsync(name: Name);
        await cluster.RunUntilQuietAsync();

        var upgrade = await cluster.ReadAsync(Name);
        Assert.True(interference.Happened);
        Assert.Contains(cluster.Server.Requests, request => request is { User: "user", Verb: "update", StatusCode: 200 });
        Assert.Equal(1, cluster.Log.Count(ClusterFacts.InitializeLine));
        Assert.Equal("v1.8.2", upgrade.Status.PreviousVersion);
        Assert.Equal(3, cluster.Server.Requests.Count(request => request is { Verb: "create", Resource: "jobs", StatusCode: 201 })); // two of its own, one of the plan
        cluster.AssertDone(upgrade, dismissed: false);
    }

    [Theory]
    [MemberData(nameof(Moments))]
    public async Task Killed_after_any_write_and_wiped_while_it_is_down_it_goes_on_where_it_was(int write)
    {
        await using var cluster = await SimulatedUpgrade.OpenAsync(write);
        var writes = 0;
        var kill = false;
        cluster.Server.Requests.Recorded += request => kill |= request is { User: "controller", Stored: true } && ++writes == write;
        var instance = cluster.StartController();
        await cluster.CreateAsync(name: Name);
        await cluster.Simulation.RunUntilAsync(() => kill, TimeSpan.FromSeconds(100));
        cluster.Simulation.Stop(instance);
        await UserRequests.PutWithoutStatusAsync(cluster.Server, await cluster.ReadAsync(Name));
        await cluster.Simulation.RunForAsync(TimeSpan.FromSeconds(10)); // children go on

        cluster.StartController();
        await cluster.RunUntilQuietAsync();

        var upgrade = await cluster.ReadAsync(Name);
        Assert.Equal(1, cluster.Log.Count(ClusterFacts.InitializeLine));
        Assert.Equal("v1.8.2", upgrade.Status.PreviousVersion);
        Assert.Equal(3, cluster.Server.Requests.Count(request => request is { Verb: "create", Resource: "jobs", StatusCode: 201 }));
        cluster.AssertDone(upgrade, dismissed: false);
    }

    [Theory] // S15
    [InlineData(1)]
    [InlineData(2)]
    public async Task S15_a_conflict_in_the_recovery_is_tried_again_and_leads_nowhere_else(int seed)
    {
        await using var cluster = await SimulatedUpgrade.OpenAsync(seed);
        var first = cluster.StartController();
        var before = await cluster.RunToEndAsync();
        cluster.Simulation.Stop(first);
        var interference = Interference.Start(
            cluster,
            (request, body) => request.Method == HttpMethod.Patch && body.Contains("StatusRecovered", StringComparison.Ordinal),
            () => UserRequests.MergePatchAsync(cluster.Server, before, """{"metadata":{"labels":{"touched":"meanwhile"}}}"""),
            before: true);
        var sequence = cluster.Now();

        await cluster.DismissAsync(before.Name());
        await cluster.RunUntilQuietAsync();

        Assert.True(interference.Happened);
        Assert.Contains(cluster.Server.Requests, request => request.Sequence > sequence && request is { Verb: "patch", StatusCode: 409 });
        var after = await cluster.ReadAsync(before.Name());
        Assert.Empty(SimulatedUpgrade.Missing(before.Status, after.Status));
        Assert.Empty(cluster.CreatesAfter(sequence));
        Assert.Equal(1, cluster.Log.Count(ClusterFacts.InitializeLine));
        cluster.AssertDone(after, dismissed: true);
    }

    [Theory] // S8
    [InlineData(1)]
    [InlineData(2)]
    public async Task S8_an_older_status_sent_back_is_brought_up_to_the_record(int seed)
    {
        await using var cluster = await SimulatedUpgrade.OpenAsync(seed);
        cluster.StartController();
        cluster.Simulation.Switches.Hold("image");
        var created = await cluster.CreateAsync();
        await cluster.RunUntilQuietAsync();
        var old = await cluster.ReadAsync(created.Name());
        cluster.Simulation.Switches.Release("image");
        await cluster.RunUntilQuietAsync();
        var before = await cluster.ReadAsync(created.Name());
        var sequence = cluster.Now();

        var echo = new { status = old.Status };
        await UserRequests.MergePatchAsync(cluster.Server, before, """{"status":null}""");
        await UserRequests.MergePatchAsync(cluster.Server, before, k8s.KubernetesJson.Serialize(echo));
        await cluster.RunUntilQuietAsync();

        Assert.Empty(SimulatedUpgrade.Missing(before.Status, (await cluster.ReadAsync(created.Name())).Status));
        Assert.Empty(cluster.CreatesAfter(sequence));
        Assert.Equal(1, cluster.Log.Count(ClusterFacts.InitializeLine));
    }

    [Fact] // S11
    public async Task S11_a_stripped_finalizer_is_put_back()
    {
        await using var cluster = await SimulatedUpgrade.OpenAsync(1);
        cluster.StartController();
        var before = await cluster.RunToEndAsync();
        await UserRequests.MergePatchAsync(cluster.Server, before, """{"metadata":{"finalizers":null}}""");
        await cluster.RunUntilQuietAsync();

        Assert.Contains(UpgradeIndex.Finalizer, (await cluster.ReadAsync(before.Name())).Finalizers());
    }
}
