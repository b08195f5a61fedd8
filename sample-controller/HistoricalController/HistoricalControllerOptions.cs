namespace Harvester.Samples.HistoricalController;

/// <summary>How the controllers differ from what was released.</summary>
public sealed class HistoricalControllerOptions
{
    /// <summary>
    /// Adds the guard that upstream's pull request 7792 proposed and that was never merged: an upgrade without the condition Completed whose
    /// read-message label is set is left alone.
    /// </summary>
    public bool ReadMessageGuard { get; init; }

    /// <summary>Source of the jitter between looks at a plan.</summary>
    public Random Random { get; init; } = new();
}
