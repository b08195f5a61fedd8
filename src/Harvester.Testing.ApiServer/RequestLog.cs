using System.Collections;
using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Resources;
using Harvester.Testing.ApiServer.Storage;

namespace Harvester.Testing.ApiServer;

/// <summary>The server's audit log: every request to a resource, in the order in which the server took them.</summary>
public sealed class RequestLog : IReadOnlyList<RequestRecord>
{
    private readonly Lock _gate = new();
    private readonly List<RequestRecord> _records = [];

    internal RequestLog()
    {
    }

    /// <summary>Raised once for each request when it has been answered, on the thread that served it.</summary>
    public event Action<RequestRecord>? Recorded;

    /// <inheritdoc />
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _records.Count;
            }
        }
    }

    /// <inheritdoc />
    public RequestRecord this[int index]
    {
        get
        {
            lock (_gate)
            {
                return _records[index];
            }
        }
    }

    /// <summary>The records there are at the moment of the call.</summary>
    /// <returns>An enumerator that later requests do not disturb.</returns>
    public IEnumerator<RequestRecord> GetEnumerator()
    {
        RequestRecord[] copy;
        lock (_gate)
        {
            copy = [.. _records];
        }

        return ((IEnumerable<RequestRecord>)copy).GetEnumerator();
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal void Clear()
    {
        lock (_gate)
        {
            _records.Clear();
        }
    }

    internal void Publish(RequestRecord record) => Recorded?.Invoke(record);

    internal RequestRecord Record(RequestContext context, string verb, int statusCode, string? reason)
    {
        var before = context.Before;
        var after = context.After;
        var stored = after is not null && !ReferenceEquals(before, after);
        var isRead = verb is "get" or "list" or "watch";
        var changes = stored && after!.Type != ChangeType.Deleted ? ChangesBetween(after.Previous?.Object, after.Object) : [];
        lock (_gate)
        {
            var record = new RequestRecord
            {
                Sequence = _records.Count + 1,
                Time = context.Server.Now,
                User = context.Request.User,
                Verb = verb,
                Path = context.Request.Path,
                Group = context.Kind.Group,
                Version = context.Kind.Version,
                Resource = context.Kind.Plural,
                Subresource = context.Subresource,
                Namespace = context.Namespace.Length == 0 ? null : context.Namespace,
                Name = context.Name.Length > 0 ? context.Name : context.CreatedName,
                StatusCode = statusCode,
                Reason = reason,
                ResourceVersionBefore = before?.Number,
                ResourceVersionAfter = after is null or { Type: ChangeType.Deleted } ? null : after.Number,
                Changes = changes,
                Stored = (stored && !isRead) || context.StoredMany,
            };
            _records.Add(record);
            return record;
        }
    }

    private static List<FieldChange> ChangesBetween(JsonObject? before, JsonObject after)
    {
        var changes = new List<FieldChange>();
        foreach (var name in Names(before, after))
        {
            var old = before?.Find(name);
            var now = after.Find(name);
            if (before is null && name is ("apiVersion" or "kind" or "metadata"))
            {
                // Of a new object these say nothing that the record does not say.
                continue;
            }

            Compare(name, old, now, changes);
        }

        return changes;
    }

    private static void Compare(string path, JsonValue? before, JsonValue? after, List<FieldChange> changes)
    {
        if (path is "metadata.resourceVersion" or "metadata.managedFields" || Equals(before, after))
        {
            return;
        }

        if (before is JsonObject old && after is JsonObject now)
        {
            foreach (var name in Names(old, now))
            {
                Compare($"{path}.{name}", old.Find(name), now.Find(name), changes);
            }

            return;
        }

        changes.Add(new FieldChange(path, before, after));
    }

    private static SortedSet<string> Names(JsonObject? before, JsonObject after)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var name in after.Names)
        {
            names.Add(name);
        }

        if (before is not null)
        {
            foreach (var name in before.Names)
            {
                names.Add(name);
            }
        }

        return names;
    }
}
