using Harvester.Cli.Demo;
using Harvester.Cli.Rendering;
using Harvester.Samples.UpgradeController.Simulated;

namespace Harvester.Cli.Tests;

/// <summary>Each part of the demo, end to end, in this process.</summary>
public class DemoPartTests
{
    private const int Seed = 5;
    private readonly StringWriter output = new();

    private Terminal Plain => new(output, colour: false);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lint_reports_the_dismiss_action_and_the_controller()
    {
        AssertHold(await LintPart.TellAsync(Plain, Token));
        Assert.Contains("DismissAction.cs:", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("docs/rules/HARV", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_historical_controller_starts_over()
    {
        AssertHold(await HistoricalPart.TellAsync(Plain, Seed, Token));
        Assert.Contains("STATUS REMOVED", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_reference_controller_rebuilds_and_finishes() =>
        AssertHold(await ReferencePart.TellAsync(Plain, Seed, Guard.None, Token));

    [Fact]
    public async Task A_copy_is_held() => AssertHold(await CopyPart.TellAsync(Plain, Seed, Guard.None, Token));

    [Fact]
    public async Task With_the_subresource_the_status_survives() =>
        AssertHold(await ReferencePart.TellWithSubresourceAsync(Plain, Seed, Guard.None, Token));

    [Fact]
    public async Task With_the_subresource_the_historical_controller_gets_nowhere() =>
        AssertHold(await HistoricalPart.TellWithSubresourceAsync(Plain, Seed, Token));

    private void AssertHold(IReadOnlyList<Verdict> verdicts)
    {
        Assert.NotEmpty(verdicts);
        Assert.All(verdicts, verdict => Assert.True(verdict.Holds, $"{verdict}\n{output}"));
    }
}
