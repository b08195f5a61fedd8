namespace Harvester.Analyzers.Tests;

/// <summary>The rules over the controllers of this repository: the historical one is reported, the others are not.</summary>
public class SampleTests
{
    [Fact]
    public async Task The_historical_controller_is_reported_at_its_writes()
    {
        var found = await Samples.LintAsync("sample-controller/HistoricalController", "Default");
        Assert.Contains("DismissAction.cs HARV1004 await client.CustomObjects.ReplaceNamespacedCustomObjectAsync(", found);
        var writes = found.Where(f => f.Contains(" HARV1001 ", StringComparison.Ordinal)).ToList();
        Assert.Contains(writes, f => f.StartsWith("UpgradeHandler.cs", StringComparison.Ordinal));
        Assert.Contains(writes, f => f.StartsWith("UpgradeLogHandler.cs", StringComparison.Ordinal));

        // What only hands objects on is judged at its calls.
        Assert.DoesNotContain(found, f => f.StartsWith("ControllerContext.cs", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("sample-controller/UpgradeController")]
    [InlineData("src/Harvester.ControllerRuntime")]
    public async Task Everything_else_is_clean(string project) => Assert.Empty(await Samples.LintAsync(project, "Recommended"));
}
