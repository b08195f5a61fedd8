namespace Harvester.Cli;

/// <summary>What the process says to a script when it ends; the same for every verb.</summary>
internal static class ExitCode
{
    /// <summary>Everything was as expected.</summary>
    public const int AsExpected = 0;

    /// <summary>There are findings, or a verdict failed.</summary>
    public const int Failed = 1;

    /// <summary>The tool was called in a way it cannot serve; one line on standard error says why.</summary>
    public const int Misuse = 2;

    /// <summary>Something could not be looked at, so the answer is not whole.</summary>
    public const int Incomplete = 3;
}
