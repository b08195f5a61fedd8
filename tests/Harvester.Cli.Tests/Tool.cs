namespace Harvester.Cli.Tests;

/// <summary>Runs the tool in the test's own process.</summary>
internal static class Tool
{
    public static async Task<ToolRun> RunAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await HarvesterTool.RunAsync(
            args, new ToolContext(output, error, ColourAllowed: false), TestContext.Current.CancellationToken);
        return new ToolRun(code, output.ToString(), error.ToString());
    }
}

internal sealed record ToolRun(int ExitCode, string Output, string Error)
{
    /// <summary>Misuse is one clear line, no stack trace, exit code 2.</summary>
    public void IsMisuse(params string[] words)
    {
        Assert.Equal(2, ExitCode);
        var line = Assert.Single(Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.All(words, word => Assert.Contains(word, line, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", Error, StringComparison.Ordinal);
    }
}
