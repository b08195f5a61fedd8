using System.Text.Json.Nodes;

namespace Harvester.Samples.HistoricalController.Tests;

/// <summary>The port does what upstream's controllers did, in every recorded scenario of a single node.</summary>
public sealed class TraceTests
{
    public static TheoryData<string, int> Traces()
    {
        var data = new TheoryData<string, int>();
        string?[] folders = [Path.Combine(AppContext.BaseDirectory, "traces"), Environment.GetEnvironmentVariable("HARVESTER_TRACES")];
        foreach (var folder in folders.Where(folder => !string.IsNullOrEmpty(folder)))
        {
            foreach (var file in Directory.EnumerateFiles(folder!, "*.json").Order(StringComparer.Ordinal))
            {
                data.Add(file, 1);
                data.Add(file, 20250307);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Traces))]
    public async Task Port_does_what_upstream_did(string file, int seed)
    {
        var trace = RecordedTrace.Load(file);
        Assert.SkipWhen(trace.Version != "v1.8.2", $"{trace.Name} was recorded with {trace.Version}; the port is of v1.8.2.");
        Assert.SkipWhen(trace.Phases[0].Rig["nodes"] is not null, $"{trace.Name} has more than one node, which the port does not do.");

        // The outcome of these depends on who wins a race. The recording is one outcome; another schedule may be the one that leads to it.
        var schedules = trace.Phases.Any(phase => phase.Rig["controllers"] is not null) || !file.StartsWith(AppContext.BaseDirectory, StringComparison.Ordinal)
            ? 24
            : 1;
        var first = await DifferencesAsync(trace, seed);
        var differences = first;
        for (var schedule = 1; differences.Length > 0 && schedule < schedules; schedule++)
        {
            differences = await DifferencesAsync(trace, seed + schedule);
        }

        Assert.True(differences.Length == 0, $"{trace.Name}, seed {seed}, {schedules} schedules:\n{first}");
    }

    [Theory]
    [InlineData("v1.8.2-S1")]
    [InlineData("v1.8.2-S12_nolog")]
    public async Task Comparison_sees_a_controller_that_does_something_else(string name)
    {
        var trace = Recorded(name) with { Name = name + "_guard" };
        Assert.NotEmpty(await DifferencesAsync(trace, seed: 1));
    }

    private static RecordedTrace Recorded(string name) =>
        RecordedTrace.Load(Path.Combine(AppContext.BaseDirectory, "traces", name + ".json"));

    private static async Task<string> DifferencesAsync(RecordedTrace trace, int seed)
    {
        var world = new RecordedWorld(Path.Combine(AppContext.BaseDirectory, "world-v1.8.2.json"));
        var definitions = Path.Combine(AppContext.BaseDirectory, "crds");
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var rig = await TraceRig.StartAsync(trace, world, definitions, seed, cancellationToken);
        var comparison = new TraceComparison(rig);
        JsonObject? expected = null;
        foreach (var phase in trace.Phases)
        {
            if (phase.Expected is not null)
            {
                if (expected is not null)
                {
                    comparison.EndPhase(expected);
                }

                expected = phase.Expected;
            }

            await rig.RunAsync(phase, () => comparison.HasEnded(expected!), cancellationToken);
        }

        comparison.EndPhase(expected!);
        await comparison.EndAsync(trace.Final.DeepClone().AsObject(), cancellationToken);
        return comparison.Differences;
    }
}
