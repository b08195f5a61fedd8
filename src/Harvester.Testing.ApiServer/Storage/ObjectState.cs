using System.Collections.Immutable;

namespace Harvester.Testing.ApiServer.Storage;

/// <summary>All objects at one revision, immutable; the states of two revisions share what did not change.</summary>
internal sealed class ObjectState
{
    private readonly ImmutableDictionary<GroupResource, ObjectTree> _objects;

    private ObjectState(ImmutableDictionary<GroupResource, ObjectTree> objects) => _objects = objects;

    public static ObjectState Empty { get; } = new(ImmutableDictionary<GroupResource, ObjectTree>.Empty);

    public IEnumerable<GroupResource> Resources => _objects.Keys;

    /// <summary>The objects of a resource by key <c>namespace/name</c>, in key order, which is the order of a LIST (G-1).</summary>
    public ObjectTree Of(GroupResource resource) => _objects.GetValueOrDefault(resource, ObjectTree.Empty);

    public StoredRevision? Find(GroupResource resource, string? ns, string name) => Of(resource).Find(StoredRevision.KeyOf(ns, name));

    /// <summary>The objects of a resource and, where one is given, of a namespace, from a key on.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="ns">The namespace; empty for all.</param>
    /// <param name="start">The first key, relative to the namespace.</param>
    public IEnumerable<StoredRevision> Range(GroupResource resource, string ns, string start)
    {
        if (ns.Length == 0)
        {
            return Of(resource).From(start);
        }

        return Of(resource).From(StoredRevision.KeyOf(ns, start)).TakeWhile(revision => revision.Namespace == ns);
    }

    /// <summary>How many objects <see cref="Range"/> would give.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="ns">The namespace; empty for all.</param>
    /// <param name="start">The first key, relative to the namespace.</param>
    public int Count(GroupResource resource, string ns, string start)
    {
        var objects = Of(resource);

        // The zero follows the slash: behind every key of the namespace, and before those of all others.
        var end = ns.Length == 0 ? objects.Count : objects.CountBelow(ns + "0");
        return end - objects.CountBelow(StoredRevision.KeyOf(ns, start));
    }

    /// <summary>The state after a change.</summary>
    public ObjectState With(StoredRevision change)
    {
        var before = Of(change.Resource);
        var objects = change.Type == ChangeType.Deleted ? before.Without(change.Key) : before.With(change);
        return new ObjectState(objects.IsEmpty ? _objects.Remove(change.Resource) : _objects.SetItem(change.Resource, objects));
    }
}
