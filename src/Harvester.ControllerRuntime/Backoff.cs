namespace Harvester.ControllerRuntime;

/// <summary>Delay before a failed key is tried again: doubles from <paramref name="Base"/> with each failure in a row, up to <paramref name="Max"/>. No jitter, so that a run repeats exactly.</summary>
/// <param name="Base">The delay after the first failure.</param>
/// <param name="Max">The longest delay.</param>
public sealed record Backoff(TimeSpan Base, TimeSpan Max)
{
    /// <summary>Five milliseconds to a thousand seconds, the figures of client-go's default rate limiter.</summary>
    public static Backoff Default { get; } = new(TimeSpan.FromMilliseconds(5), TimeSpan.FromSeconds(1000));

    /// <summary>The delay after so many failures in a row.</summary>
    /// <param name="failures">Failures so far, the present one included.</param>
    public TimeSpan After(int failures)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(failures, 1);
        var ticks = Base.Ticks * Math.Pow(2, failures - 1);
        return ticks >= Max.Ticks ? Max : TimeSpan.FromTicks((long)ticks);
    }
}
