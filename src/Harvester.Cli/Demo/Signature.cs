namespace Harvester.Cli.Demo;

/// <summary>The lines a controller logs when it takes an upgrade for a new one.</summary>
internal static class Signature
{
    /// <summary>Logged when an upgrade is started.</summary>
    public const string Initialize = "Initialize upgrade ";

    /// <summary>Logged when its log collection is started.</summary>
    public const string Observability = "Enabling upgrade observability";

    /// <summary>Logged by the reference controller when a dismissed upgrade is fully dealt with.</summary>
    public const string Finished = "has harvesterhci.io/read-message label, no further processing";

    /// <summary>How often a line that begins so was logged.</summary>
    public static int Count(IEnumerable<string> lines, string beginning) =>
        lines.Count(line => line.StartsWith(beginning, StringComparison.Ordinal));
}
