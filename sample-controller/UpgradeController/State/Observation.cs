namespace Harvester.Samples.UpgradeController;

/// <summary>How far the child has come that the current state waits for.</summary>
public enum Progress
{
    /// <summary>Not asked for yet, or not looked at.</summary>
    None = 1,

    /// <summary>It was made and is not there any more.</summary>
    Gone,
    Running,
    Done,
    Failed,
}

/// <summary>What was seen of that child.</summary>
public sealed record Observation(Progress Progress, string? Reason = null, string? Message = null, string? NodeState = null)
{
    public static readonly Observation None = new(Progress.None);
    public static readonly Observation Gone = new(Progress.Gone);
    public static readonly Observation Running = new(Progress.Running);
    public static readonly Observation Done = new(Progress.Done);

    public static Observation Failed(string reason, string message) => new(Progress.Failed, reason, message);
}
