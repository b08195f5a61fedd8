using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Storage;

namespace Harvester.Testing.ApiServer.Collection;

/// <summary>Which objects name an owner by its uid. Kept up change by change, so that a pass need not look at everything.</summary>
internal sealed class DependentIndex
{
    private readonly Dictionary<string, SortedSet<ObjectKey>> _byOwner = [];

    /// <summary>The objects that name an owner, in the order of their keys.</summary>
    public IReadOnlyCollection<ObjectKey> Of(string ownerUid) =>
        _byOwner.TryGetValue(ownerUid, out var dependents) ? [.. dependents] : [];

    public bool HasDependents(string ownerUid) => _byOwner.ContainsKey(ownerUid);

    public void Clear() => _byOwner.Clear();

    /// <summary>Follows a change of an object's owner references.</summary>
    public void Change(ObjectKey key, JsonArray before, JsonArray after)
    {
        foreach (var reference in before)
        {
            if (reference["uid"]?.AsString is { } uid && _byOwner.TryGetValue(uid, out var dependents))
            {
                dependents.Remove(key);
                if (dependents.Count == 0)
                {
                    _byOwner.Remove(uid);
                }
            }
        }

        foreach (var reference in after)
        {
            if (reference["uid"]?.AsString is { } uid)
            {
                if (!_byOwner.TryGetValue(uid, out var dependents))
                {
                    _byOwner[uid] = dependents = [];
                }

                dependents.Add(key);
            }
        }
    }
}

/// <summary>Names a stored object.</summary>
internal readonly record struct ObjectKey(GroupResource Resource, string? Namespace, string Name) : IComparable<ObjectKey>
{
    public static ObjectKey Of(StoredRevision revision) => new(revision.Resource, revision.Namespace, revision.Name);

    public StoredRevision? Find(ObjectState state) => state.Find(Resource, Namespace, Name);

    public int CompareTo(ObjectKey other)
    {
        var order = string.CompareOrdinal(Resource.Resource, other.Resource.Resource);
        order = order != 0 ? order : string.CompareOrdinal(Resource.Group, other.Resource.Group);
        order = order != 0 ? order : string.CompareOrdinal(Namespace, other.Namespace);
        return order != 0 ? order : string.CompareOrdinal(Name, other.Name);
    }
}
