using System.Globalization;
using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Storage;

/// <summary>
/// The append-only log of all changes. What a client may read at a revision, what a watch sends, an object's history and
/// a fork are all views of it. Callers serialise appends; entries never change, so reading holds no lock for longer than
/// it takes to look where they are.
/// </summary>
internal sealed class RevisionLog
{
    /// <summary>Revisions up to this one never existed: a client that asks for one is told that it was compacted.</summary>
    public const long Floor = 100;

    // One revision in so many keeps the state after it; those between are worked out from the one before.
    private const int CheckpointInterval = 16;

    private readonly Lock _gate = new();
    private readonly int? _limit;
    private StoredRevision[] _entries;
    private int _count;
    private long _base;
    private ObjectState _baseState;
    private volatile ObjectState _state;
    private bool _sharesEntries;
    private bool _wasForked;
    private long _compacted;
    private long _current;

    /// <summary>A log without entries.</summary>
    /// <param name="limit">How many revisions to keep; null for all.</param>
    public RevisionLog(int? limit = null)
    {
        _limit = limit;
        _entries = [];
        _base = _compacted = _current = Floor;
        _baseState = _state = ObjectState.Empty;
    }

    private RevisionLog(RevisionLog origin, long revision, ObjectState state)
    {
        _limit = origin._limit;
        _entries = origin._entries;
        _base = origin._base;
        _baseState = origin._baseState;
        _count = (int)(revision - origin._base);
        _sharesEntries = true;
        _wasForked = true;
        _compacted = Math.Max(Floor, _base);
        _current = revision;
        _state = state;
    }

    /// <summary>Raised after each append, by the appending thread.</summary>
    public event Action<StoredRevision>? Appended;

    /// <summary>Raised when nobody will append any more.</summary>
    public event Action? Closed;

    public long Current => Interlocked.Read(ref _current);

    /// <summary>Watches and exact lists must start at this revision or later.</summary>
    public long Compacted => Interlocked.Read(ref _compacted);

    /// <summary>All objects as they are now.</summary>
    public ObjectState State => _state;

    /// <summary>All objects as they were at a revision that was not forgotten.</summary>
    public ObjectState StateAt(long revision)
    {
        lock (_gate)
        {
            var index = (int)Math.Min(revision - _base, _count) - 1;
            if (index == _count - 1)
            {
                return _state;
            }

            var start = index;
            while (start >= 0 && _entries[start].After is null)
            {
                start--;
            }

            var state = start < 0 ? _baseState : _entries[start].After!;
            for (var i = start + 1; i <= index; i++)
            {
                state = state.With(_entries[i]);
            }

            return state;
        }
    }

    /// <summary>The entry of a revision, or null when there is none yet or any more.</summary>
    public StoredRevision? At(long revision)
    {
        lock (_gate)
        {
            var index = revision - _base - 1;
            return index >= 0 && index < _count ? _entries[index] : null;
        }
    }

    /// <summary>Entries later than a revision, oldest first, as far as the log goes now.</summary>
    public ArraySegment<StoredRevision> After(long revision)
    {
        lock (_gate)
        {
            var from = (int)Math.Clamp(revision - _base, 0, _count);
            return new ArraySegment<StoredRevision>(_entries, from, _count - from);
        }
    }

    /// <summary>Stores an object or, when <paramref name="type"/> says so, removes it.</summary>
    public StoredRevision Append(
        GroupResource resource,
        string? ns,
        string name,
        ChangeType type,
        JsonObject value,
        object? schema,
        string user,
        DateTimeOffset time,
        bool isTyped = false)
    {
        var number = Current + 1;
        var previous = _state.Find(resource, ns, name);
        var entry = new StoredRevision
        {
            Number = number,
            Type = type,
            Resource = resource,
            Namespace = previous?.Namespace ?? (string.IsNullOrEmpty(ns) ? null : ns),
            Name = previous?.Name ?? name,
            Key = previous?.Key ?? StoredRevision.KeyOf(ns, name),
            Object = value.WithAt(["metadata", "resourceVersion"], number.ToString(CultureInfo.InvariantCulture)),
            Previous = previous,
            User = user,
            Time = time,
            Schema = schema,
            IsTyped = isTyped,
        };
        var state = _state.With(entry);
        if (number % CheckpointInterval == 0)
        {
            entry.After = state;
        }

        lock (_gate)
        {
            Reserve();
            _entries[_count++] = entry;
            _state = state;
            Interlocked.Exchange(ref _current, number);
            if (_limit is { } limit && Current - limit > _compacted)
            {
                Interlocked.Exchange(ref _compacted, Current - limit);
            }
        }

        previous?.DropText();
        Appended?.Invoke(entry);
        return entry;
    }

    /// <summary>Forgets revisions up to and with one, for watches and lists; the history stays.</summary>
    public void Compact(long revision) =>
        Interlocked.Exchange(ref _compacted, Math.Clamp(revision, Compacted, Current));

    /// <summary>A log of its own that begins with this one's entries up to a revision. Copies nothing until it is written to.</summary>
    public RevisionLog Fork(long revision)
    {
        var oldest = Math.Max(Floor, _base);
        if (revision < oldest || revision > Current)
        {
            throw new ArgumentOutOfRangeException(
                nameof(revision), revision, $"There are revisions {oldest} to {Current} to fork from.");
        }

        var state = StateAt(revision);
        lock (_gate)
        {
            // This log goes on writing behind what the fork can see; the fork copies the array before it writes.
            _wasForked = true;
            return new RevisionLog(this, revision, state);
        }
    }

    /// <summary>Tells everybody who follows the log that it ends.</summary>
    public void Close() => Closed?.Invoke();

    private void Reserve()
    {
        if (!_sharesEntries && _count < _entries.Length)
        {
            return;
        }

        // What a bounded log has forgotten goes when the array is full, so that forgetting costs nothing each time.
        var forgotten = _limit is null ? 0 : (int)Math.Clamp(_compacted - _base, 0, _count);
        if (forgotten > 0)
        {
            var state = _baseState;
            for (var i = 0; i < forgotten; i++)
            {
                state = _entries[i].After ?? state.With(_entries[i]);
                if (!_wasForked)
                {
                    // The next revision of the object may still need this one; nobody needs those before.
                    _entries[i].Previous = null;
                    _entries[i].After = null;
                }
            }

            _baseState = state;
            _base += forgotten;
        }

        var kept = _count - forgotten;
        var copy = new StoredRevision[Math.Max(64, kept * 2)];
        Array.Copy(_entries, forgotten, copy, 0, kept);
        _entries = copy;
        _count = kept;
        _sharesEntries = false;
    }
}
