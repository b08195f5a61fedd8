using System.Text.RegularExpressions;

namespace Harvester.Cli.Tests;

/// <summary>The built tool, as a process of its own.</summary>
public partial class DemoProcessTests
{
    private static readonly string Assembly = Path.Combine(AppContext.BaseDirectory, "harvester.dll");

    [Fact]
    public async Task Two_seeds_tell_the_same_story_about_different_objects()
    {
        var first = await DemoAsync("--seed", "11");
        var second = await DemoAsync("--seed", "12");
        foreach (var run in (ToolRun[])[first, second])
        {
            Assert.True(run.ExitCode == 0, run.Output[^Math.Min(run.Output.Length, 4000)..] + run.Error);
            var historical = Part(run.Output, "2a Replay", "2b Replay");
            var afterPut = historical[historical.IndexOf("STATUS REMOVED", StringComparison.Ordinal)..];
            Assert.Contains("Initialize upgrade harvester-system/hvst-upgrade-", afterPut, StringComparison.Ordinal);
            Assert.Contains("Enabling upgrade observability", afterPut, StringComparison.Ordinal);

            var reference = Part(run.Output, "2b Replay", "2c Replay");
            afterPut = reference[reference.IndexOf("STATUS REMOVED", StringComparison.Ordinal)..];
            Assert.DoesNotContain("Initialize upgrade", afterPut, StringComparison.Ordinal);
            Assert.DoesNotContain("Enabling upgrade observability", afterPut, StringComparison.Ordinal);
            Assert.DoesNotContain('\u001b', run.Output);
            Assert.DoesNotContain("FAILS", run.Output, StringComparison.Ordinal);
        }

        Assert.NotEqual(UpgradeName().Match(first.Output).Value, UpgradeName().Match(second.Output).Value);
    }

    [Theory]
    [InlineData("marker", "2c reference, copy")]
    [InlineData("record", "2b reference, facts")]
    [InlineData("rebuild", "2b reference, status")]
    public async Task Without_a_guard_a_verdict_of_its_own_fails(string guard, string verdict)
    {
        var run = await DemoAsync("--without", guard);
        Assert.True(run.ExitCode == 1, run.Output[^Math.Min(run.Output.Length, 4000)..] + run.Error);
        Assert.Contains($"FAILS {verdict} |", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_guard_that_is_none_is_misuse() => (await Tool.RunAsync("demo", "--without", "luck")).IsMisuse("demo", "luck");

    [Fact]
    public async Task A_seed_that_is_no_number_is_misuse() => (await Tool.RunAsync("demo", "--seed", "x")).IsMisuse("demo", "--seed");

    private static Task<ToolRun> DemoAsync(params string[] args) => Processes.RunAsync("dotnet", null, [Assembly, "demo", .. args]);

    private static string Part(string output, string title, string next)
    {
        var from = output.IndexOf(title, StringComparison.Ordinal);
        return output[from..output.IndexOf(next, StringComparison.Ordinal)];
    }

    [GeneratedRegex("hvst-upgrade-[a-z0-9]{5}")]
    private static partial Regex UpgradeName();
}
