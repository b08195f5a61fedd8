using System.Globalization;
using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Storage;

/// <summary>
/// The append-only log of all changes. What a client may read at a revision, what a watch sends, an object's history and
/// a fork are all views of it. Callers serialise appends; reading needs no lock, as entries never change.
/// </summary>
internal sealed class RevisionLog
{
    /// <summary>Revisions up to this one never existed: a client that asks for one is told that it was compacted.</summary>
    public const long Floor = 100;

    private StoredRevision[] _entries;
    private volatile int _count;
    private bool _shared;
    private long _compacted = Floor;

    public RevisionLog()
        : this([], 0, shared: false)
    {
    }

    private RevisionLog(StoredRevision[] entries, int count, bool shared)
    {
        _entries = entries;
        _count = count;
        _shared = shared;
    }

    /// <summary>Raised after each append, by the appending thread.</summary>
    public event Action<StoredRevision>? Appended;

    /// <summary>Raised when nobody will append any more.</summary>
    public event Action? Closed;

    public long Current => Floor + _count;

    /// <summary>Watches and exact lists must start at this revision or later.</summary>
    public long Compacted => Interlocked.Read(ref _compacted);

    public ObjectState State
    {
        get
        {
            var count = _count;
            return count == 0 ? ObjectState.Empty : _entries[count - 1].After;
        }
    }

    public ObjectState StateAt(long revision)
    {
        var index = (int)Math.Min(revision - Floor, _count);
        return index <= 0 ? ObjectState.Empty : _entries[index - 1].After;
    }

    /// <summary>The entry of a revision, or null when there is none yet.</summary>
    public StoredRevision? At(long revision)
    {
        var index = revision - Floor - 1;
        return index >= 0 && index < _count ? _entries[index] : null;
    }

    /// <summary>Entries later than a revision, oldest first, as far as the log goes now.</summary>
    public IEnumerable<StoredRevision> After(long revision)
    {
        var end = Current;
        for (var number = Math.Max(revision, Floor) + 1; number <= end; number++)
        {
            yield return _entries[number - Floor - 1];
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
        DateTimeOffset time)
    {
        var state = State;
        var number = Current + 1;
        var key = StoredRevision.KeyOf(ns, name);
        var entry = new StoredRevision
        {
            Number = number,
            Type = type,
            Resource = resource,
            Namespace = string.IsNullOrEmpty(ns) ? null : ns,
            Name = name,
            Object = value.WithAt(["metadata", "resourceVersion"], number.ToString(CultureInfo.InvariantCulture)),
            Previous = state.Find(resource, ns, name),
            User = user,
            Time = time,
            Schema = schema,
        };
        entry.After = state.With(resource, key, type == ChangeType.Deleted ? null : entry);
        Reserve();
        _entries[_count] = entry;
        _count++;
        Appended?.Invoke(entry);
        return entry;
    }

    /// <summary>Forgets revisions up to and with one, for watches and lists; the history stays.</summary>
    public void Compact(long revision) =>
        Interlocked.Exchange(ref _compacted, Math.Clamp(revision, Compacted, Current));

    /// <summary>A log of its own that begins with this one's entries up to a revision. Costs nothing until it is written to.</summary>
    public RevisionLog Fork(long revision)
    {
        if (revision < Floor || revision > Current)
        {
            throw new ArgumentOutOfRangeException(
                nameof(revision), revision, $"There are revisions {Floor} to {Current} to fork from.");
        }

        // This log goes on writing behind what the fork can see; the fork copies the array before it writes.
        return new RevisionLog(_entries, (int)(revision - Floor), shared: true);
    }

    /// <summary>Tells everybody who follows the log that it ends.</summary>
    public void Close() => Closed?.Invoke();

    private void Reserve()
    {
        if (!_shared && _count < _entries.Length)
        {
            return;
        }

        var copy = new StoredRevision[Math.Max(64, _count * 2)];
        Array.Copy(_entries, copy, _count);
        _entries = copy;
        _shared = false;
    }
}
