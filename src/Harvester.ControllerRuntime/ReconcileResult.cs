namespace Harvester.ControllerRuntime;

/// <summary>What a handler wants next: nothing until something changes, or another look after a while.</summary>
public readonly record struct ReconcileResult
{
    private ReconcileResult(TimeSpan? requeue) => Requeue = requeue;

    /// <summary>Nothing more to do until an event comes.</summary>
    public static ReconcileResult Done => default;

    /// <summary>How long to wait before the key is handled again, or null.</summary>
    public TimeSpan? Requeue { get; }

    /// <summary>Handle the key again after a delay, event or not.</summary>
    /// <param name="delay">The delay.</param>
    public static ReconcileResult RequeueAfter(TimeSpan delay) => new(delay);
}
