using System.Collections.Immutable;
using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Storage;

/// <summary>An entry of the log: a change, what it left behind, and the state of everything after it.</summary>
internal sealed class StoredRevision
{
    private byte[]? _utf8;

    public required long Number { get; init; }

    public required ChangeType Type { get; init; }

    public required GroupResource Resource { get; init; }

    public required string? Namespace { get; init; }

    public required string Name { get; init; }

    /// <summary>The object with its resourceVersion in it; of a deletion, the content stored before (statement D-4).</summary>
    public required JsonObject Object { get; init; }

    public required StoredRevision? Previous { get; init; }

    public required string User { get; init; }

    public required DateTimeOffset Time { get; init; }

    /// <summary>The schema the object was stored under; under the same one it needs no work when it is read.</summary>
    public required object? Schema { get; init; }

    public ObjectState After { get; internal set; } = ObjectState.Empty;

    /// <summary>The object's text, written once however often it is read.</summary>
    public byte[] Utf8 => _utf8 ??= JsonText.WriteUtf8(Object);

    public string Key => KeyOf(Namespace, Name);

    public static string KeyOf(string? ns, string name) => string.IsNullOrEmpty(ns) ? name : $"{ns}/{name}";

    public ObjectRevision ToPublic() => new(
        Number,
        Type,
        Object,
        Previous?.Object,
        User,
        Resource.Group,
        Resource.Resource,
        Namespace,
        Name,
        Time);
}

/// <summary>All objects at one revision, immutable: every entry of the log holds one, and they share what did not change.</summary>
internal sealed class ObjectState
{
    private static readonly ImmutableSortedDictionary<string, StoredRevision> NoObjects =
        ImmutableSortedDictionary.Create<string, StoredRevision>(StringComparer.Ordinal);

    private readonly ImmutableDictionary<GroupResource, ImmutableSortedDictionary<string, StoredRevision>> _objects;

    private ObjectState(ImmutableDictionary<GroupResource, ImmutableSortedDictionary<string, StoredRevision>> objects) =>
        _objects = objects;

    public static ObjectState Empty { get; } =
        new(ImmutableDictionary<GroupResource, ImmutableSortedDictionary<string, StoredRevision>>.Empty);

    public IEnumerable<GroupResource> Resources => _objects.Keys;

    /// <summary>The objects of a resource by key <c>namespace/name</c>, in key order, which is the order of a LIST (G-1).</summary>
    public ImmutableSortedDictionary<string, StoredRevision> Of(GroupResource resource) =>
        _objects.GetValueOrDefault(resource, NoObjects);

    public StoredRevision? Find(GroupResource resource, string? ns, string name) =>
        Of(resource).GetValueOrDefault(StoredRevision.KeyOf(ns, name));

    public ObjectState With(GroupResource resource, string key, StoredRevision? revision)
    {
        var objects = Of(resource);
        objects = revision is null ? objects.Remove(key) : objects.SetItem(key, revision);
        return new ObjectState(objects.IsEmpty ? _objects.Remove(resource) : _objects.SetItem(resource, objects));
    }
}
