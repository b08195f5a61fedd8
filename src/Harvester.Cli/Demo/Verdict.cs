namespace Harvester.Cli.Demo;

/// <summary>One claim of the demo, and whether the run bore it out.</summary>
/// <param name="Part">The part of the story it closes.</param>
/// <param name="Expected">What should be.</param>
/// <param name="Observed">What was, read from the server or the logs.</param>
/// <param name="Holds">Whether that is the same.</param>
internal sealed record Verdict(string Part, string Expected, string Observed, bool Holds);
