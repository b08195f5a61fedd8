namespace Harvester.Cli;

/// <summary>Where a run of the tool writes, so that tests can run it in their own process.</summary>
internal sealed record ToolContext(TextWriter Output, TextWriter Error, bool ColourAllowed)
{
    /// <summary>The context of a real process: colour only on a terminal, and not where NO_COLOR asks for none.</summary>
    public static ToolContext ForProcess() => new(
        Console.Out,
        Console.Error,
        !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")));
}
