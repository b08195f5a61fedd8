namespace Harvester.Testing.Simulation;

/// <summary>
/// A clock that stands still until it is told to move. Timers, <c>Task.Delay</c> and cancellation after a while, asked of
/// this <see cref="TimeProvider"/>, happen in order of their times and on the thread that moves the clock.
/// </summary>
public sealed class VirtualClock : TimeProvider
{
    private readonly object gate = new();
    private readonly SortedSet<VirtualTimer> timers = new(VirtualTimer.Order);
    private readonly DateTimeOffset start;
    private DateTimeOffset now;
    private long created;

    /// <summary>A clock that stands at a given time.</summary>
    /// <param name="start">The time; 2026-01-01T00:00:00Z when null, so that runs repeat.</param>
    public VirtualClock(DateTimeOffset? start = null)
    {
        this.start = start ?? new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        now = this.start;
    }

    /// <inheritdoc />
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc />
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>When the earliest timer is due, or null when there is none.</summary>
    public DateTimeOffset? NextDue
    {
        get
        {
            lock (gate)
            {
                return timers.Min?.Due;
            }
        }
    }

    /// <summary>On whose behalf code runs now: timers remember it, and so a handler that waits for one is known to be parked.</summary>
    internal AsyncLocal<object?> Owner { get; } = new();

    /// <inheritdoc />
    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
        {
            return now;
        }
    }

    /// <inheritdoc />
    public override long GetTimestamp() => (GetUtcNow() - start).Ticks;

    /// <inheritdoc />
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new VirtualTimer(this, Interlocked.Increment(ref created), callback, state, Owner.Value);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock on, stopping at every timer on the way.</summary>
    /// <param name="time">The new time; the past is ignored.</param>
    public void AdvanceTo(DateTimeOffset time)
    {
        while (NextDue is { } due && due <= time)
        {
            MoveTo(due);
            FireNext();
        }

        MoveTo(time);
    }

    /// <summary>Moves the clock on by a span, stopping at every timer on the way.</summary>
    /// <param name="span">The span.</param>
    public void Advance(TimeSpan span) => AdvanceTo(GetUtcNow() + span);

    /// <summary>Moves the hands only; timers that became due wait for <see cref="FireNext"/>.</summary>
    internal void MoveTo(DateTimeOffset time)
    {
        lock (gate)
        {
            if (time > now)
            {
                now = time;
            }
        }
    }

    /// <summary>Runs the earliest timer if it is due.</summary>
    internal bool FireNext()
    {
        VirtualTimer first;
        lock (gate)
        {
            if (timers.Min is not { } earliest || earliest.Due > now)
            {
                return false;
            }

            first = earliest;
            timers.Remove(first);
            if (first.Period > TimeSpan.Zero)
            {
                first.Due += first.Period;
                timers.Add(first);
            }
        }

        first.Fire();
        return true;
    }

    internal bool HasTimerOf(object owner)
    {
        lock (gate)
        {
            return timers.Any(timer => ReferenceEquals(timer.Owner, owner));
        }
    }

    /// <summary>Forgets the timers of an owner: nothing of a killed process wakes up again.</summary>
    internal void DropTimersOf(object owner)
    {
        lock (gate)
        {
            timers.RemoveWhere(timer => ReferenceEquals(timer.Owner, owner));
        }
    }

    private sealed class VirtualTimer(VirtualClock clock, long number, TimerCallback callback, object? state, object? owner) : ITimer
    {
        public static readonly IComparer<VirtualTimer> Order = Comparer<VirtualTimer>.Create((left, right) =>
        {
            var byTime = left.Due.CompareTo(right.Due);
            return byTime != 0 ? byTime : left.Number.CompareTo(right.Number);
        });

        public long Number { get; } = number;

        public DateTimeOffset Due { get; set; }

        public TimeSpan Period { get; private set; }

        public object? Owner { get; } = owner;

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock.gate)
            {
                clock.timers.Remove(this);
                Period = period == Timeout.InfiniteTimeSpan ? TimeSpan.Zero : period;
                if (dueTime != Timeout.InfiniteTimeSpan)
                {
                    Due = clock.now + dueTime;
                    clock.timers.Add(this);
                }

                return true;
            }
        }

        public void Dispose()
        {
            lock (clock.gate)
            {
                clock.timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
