namespace Harvester.ControllerRuntime;

/// <summary>
/// Keys waiting for a handler, each at most once. A key that is added while it is being handled is handed out again
/// after <see cref="Done"/>, so that no two handlers ever hold one key and no event is lost. Delayed and rate-limited
/// adds become ready when the time provider says so.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="backoff">Delays after failures; <see cref="Backoff.Default"/> when null.</param>
/// <remarks>
/// The queue is passive: <see cref="TryTake"/> gives what is ready at this moment and never waits. <see cref="TakeAsync"/>
/// adds the waiting for controllers that run live.
/// </remarks>
public sealed class WorkQueue(TimeProvider time, Backoff? backoff = null)
{
    private readonly object gate = new();
    private readonly LinkedList<ObjectKey> ready = new();
    private readonly HashSet<ObjectKey> dirty = [];
    private readonly HashSet<ObjectKey> processing = [];
    private readonly Dictionary<ObjectKey, DateTimeOffset> delayed = [];
    private readonly Dictionary<ObjectKey, int> failures = [];
    private readonly Backoff backoff = backoff ?? Backoff.Default;
    private TaskCompletionSource changed = NewSignal();

    /// <summary>How many keys are ready at this moment.</summary>
    public int ReadyCount
    {
        get
        {
            lock (gate)
            {
                PromoteDue();
                return ready.Count;
            }
        }
    }

    /// <summary>How many keys are being handled.</summary>
    public int ProcessingCount
    {
        get
        {
            lock (gate)
            {
                return processing.Count;
            }
        }
    }

    /// <summary>When the earliest delayed key becomes ready, or null when none waits.</summary>
    public DateTimeOffset? NextDue
    {
        get
        {
            lock (gate)
            {
                return delayed.Count == 0 ? null : delayed.Values.Min();
            }
        }
    }

    /// <summary>Adds a key; nothing happens when it already waits.</summary>
    /// <param name="key">The key.</param>
    public void Add(ObjectKey key)
    {
        lock (gate)
        {
            AddLocked(key);
            Signal();
        }
    }

    /// <summary>Adds a key after a delay; of two delayed adds of one key the earlier counts.</summary>
    /// <param name="key">The key.</param>
    /// <param name="delay">The delay; nothing or less adds at once.</param>
    public void AddAfter(ObjectKey key, TimeSpan delay)
    {
        lock (gate)
        {
            if (delay <= TimeSpan.Zero)
            {
                AddLocked(key);
            }
            else
            {
                var due = time.GetUtcNow() + delay;
                if (!delayed.TryGetValue(key, out var earlier) || due < earlier)
                {
                    delayed[key] = due;
                }
            }

            Signal();
        }
    }

    /// <summary>Counts a failure of the key and adds it after the backoff that follows from the count.</summary>
    /// <param name="key">The key.</param>
    public void AddRateLimited(ObjectKey key)
    {
        TimeSpan delay;
        lock (gate)
        {
            var count = failures.GetValueOrDefault(key) + 1;
            failures[key] = count;
            delay = backoff.After(count);
        }

        AddAfter(key, delay);
    }

    /// <summary>Forgets the failures of a key.</summary>
    /// <param name="key">The key.</param>
    public void Forget(ObjectKey key)
    {
        lock (gate)
        {
            failures.Remove(key);
        }
    }

    /// <summary>How often the key failed in a row.</summary>
    /// <param name="key">The key.</param>
    public int Failures(ObjectKey key)
    {
        lock (gate)
        {
            return failures.GetValueOrDefault(key);
        }
    }

    /// <summary>Takes the key that has been ready longest, if any is ready now. <see cref="Done"/> must follow.</summary>
    /// <param name="key">The key.</param>
    public bool TryTake(out ObjectKey key)
    {
        lock (gate)
        {
            PromoteDue();
            if (ready.First is not { } first)
            {
                key = default;
                return false;
            }

            ready.RemoveFirst();
            key = first.Value;
            dirty.Remove(key);
            processing.Add(key);
            return true;
        }
    }

    /// <summary>The key taken before is handled; when it was added meanwhile it becomes ready again.</summary>
    /// <param name="key">The key.</param>
    public void Done(ObjectKey key)
    {
        lock (gate)
        {
            processing.Remove(key);
            if (dirty.Contains(key))
            {
                ready.AddLast(key);
                Signal();
            }
        }
    }

    /// <summary>Takes a key, waiting for one when none is ready. <see cref="Done"/> must follow.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<ObjectKey> TakeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Task wait;
            TimeSpan? untilDue = null;
            lock (gate)
            {
                wait = changed.Task;
                if (delayed.Count > 0)
                {
                    untilDue = delayed.Values.Min() - time.GetUtcNow();
                }
            }

            if (TryTake(out var key))
            {
                return key;
            }

            if (untilDue is not { } delay)
            {
                await wait.WaitAsync(cancellationToken).ConfigureAwait(false);
                continue;
            }

            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var due = Task.Delay(delay > TimeSpan.Zero ? delay : TimeSpan.Zero, time, stop.Token);
            await Task.WhenAny(wait, due).ConfigureAwait(false);
            await stop.CancelAsync().ConfigureAwait(false);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void AddLocked(ObjectKey key)
    {
        if (!dirty.Add(key))
        {
            return;
        }

        if (!processing.Contains(key))
        {
            ready.AddLast(key);
        }
    }

    private void PromoteDue()
    {
        if (delayed.Count == 0)
        {
            return;
        }

        var now = time.GetUtcNow();

        // Ordered by time and then key: a dictionary's own order would differ from run to run.
        foreach (var (key, _) in delayed.Where(entry => entry.Value <= now).OrderBy(entry => entry.Value).ThenBy(entry => entry.Key).ToList())
        {
            delayed.Remove(key);
            AddLocked(key);
        }
    }

    private void Signal()
    {
        var done = changed;
        changed = NewSignal();
        done.TrySetResult();
    }
}
