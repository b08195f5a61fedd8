namespace Harvester.Analyzers.Tests.Robustness;

/// <summary>The same code has the same findings, however the compiler drives the rules.</summary>
public class SameFindingsTests
{
    [Fact]
    public async Task Findings_are_the_same_alone_and_concurrently_and_again()
    {
        var folder = RepositoryRoot.At("sample-controller", "HistoricalController");
        var sources = Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"))
            .Select(f => (Path.GetRelativePath(folder, f), File.ReadAllText(f)))
            .ToList();

        var alone = await RuleRun.FindingsAsync(RuleRun.Compile(sources), concurrent: false);
        Assert.NotEmpty(alone);
        for (var run = 0; run < 3; run++)
        {
            Assert.Equal(alone, await RuleRun.FindingsAsync(RuleRun.Compile(sources)));
        }

        sources.Reverse();
        Assert.Equal(alone, await RuleRun.FindingsAsync(RuleRun.Compile(sources)));
    }
}
