using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Resources;
using Harvester.Testing.ApiServer.Resources.Definitions;
using Harvester.Testing.ApiServer.Storage;

namespace Harvester.Testing.ApiServer.Collection;

/// <summary>
/// What kube-controller-manager's collectors do: dependents go when all their owners are gone (D-10), owners in foreground
/// deletion wait for them, orphaning strips the references (D-11), namespaces and definitions end with their content.
/// A pass looks at what changed since the last one; it runs under the server's lock.
/// </summary>
internal sealed class GarbageCollector(ServerCore server)
{
    public const string User = "system:serviceaccount:kube-system:generic-garbage-collector";

    private const string Foreground = "foregroundDeletion";
    private const string Orphan = "orphan";

    private readonly Controller _controller = new(server, User);
    private readonly NamespaceCleanup _namespaces = new(server);
    private readonly DependentIndex _dependents = new();
    private readonly List<ObjectKey> _queue = [];
    private readonly HashSet<ObjectKey> _queued = [];
    private readonly HashSet<ObjectKey> _unresolved = [];
    private readonly HashSet<string> _warned = [];
    private long? _seen;

    /// <summary>One pass over what changed.</summary>
    /// <returns>True when it changed something: another pass may find more.</returns>
    public bool Pass()
    {
        lock (server.Gate)
        {
            var before = server.Log.Current;
            Observe();
            var work = _queue.ToList();
            _queue.Clear();
            _queued.Clear();
            foreach (var key in work)
            {
                if (key.Find(server.Log.State) is { } item && server.FindKind(key.Resource) is { } kind)
                {
                    Attend(kind, item);
                }
            }

            _namespaces.Pass();
            FinishDefinitions();
            return server.Log.Current > before || _queue.Count > 0;
        }
    }

    /// <summary>True for a change after which a pass may have something to do.</summary>
    public static bool Concerns(StoredRevision change) =>
        change.Type == ChangeType.Deleted
        || ObjectMetadata.IsBeingDeleted(change.Object)
        || change.Resource == CustomKinds.Definitions
        || !OwnersOf(change).Equals(change.Previous is { } previous ? OwnersOf(previous) : JsonArray.Empty);

    private static JsonArray OwnersOf(StoredRevision item) => item.Object.At("metadata", "ownerReferences") as JsonArray ?? JsonArray.Empty;

    private static bool WaitsForDependents(StoredRevision item) =>
        ObjectMetadata.IsBeingDeleted(item.Object) && ObjectMetadata.Finalizers(item.Object).Contains(Foreground);

    private void Observe()
    {
        var changes = server.Log.After(_seen ?? 0);
        if (_seen is null || (changes.Count > 0 && changes[0].Number > _seen + 1))
        {
            Begin();
        }
        else
        {
            foreach (var change in changes)
            {
                Observe(change);
            }
        }

        _seen = server.Log.Current;
    }

    // A new collector knows nothing: it looks at everything once.
    private void Begin()
    {
        _dependents.Clear();
        var state = server.Log.State;
        var all = state.Resources.OrderBy(resource => resource.ToString(), StringComparer.Ordinal).SelectMany(state.Of).ToList();
        foreach (var item in all.Where(item => OwnersOf(item).Count > 0))
        {
            _dependents.Change(ObjectKey.Of(item), JsonArray.Empty, OwnersOf(item));
        }

        foreach (var item in all.Where(item => OwnersOf(item).Count > 0 || ObjectMetadata.IsBeingDeleted(item.Object)))
        {
            Enqueue(ObjectKey.Of(item));
        }
    }

    private void Observe(StoredRevision change)
    {
        var key = ObjectKey.Of(change);
        var ownersBefore = change.Previous is { } previous ? OwnersOf(previous) : JsonArray.Empty;
        var owners = change.Type == ChangeType.Deleted ? JsonArray.Empty : OwnersOf(change);
        if (!owners.Equals(ownersBefore))
        {
            _dependents.Change(key, ownersBefore, owners);

            // An owner that waits may have waited for this one.
            EnqueueOwners(ownersBefore, change, waiting: true);
            if (owners.Any(owner => Look(owner, change) is OwnerState.Absent or OwnerState.Unknown))
            {
                Enqueue(key);
            }
        }

        if (change.Resource == CustomKinds.Definitions && _unresolved.Count > 0)
        {
            foreach (var dependent in _unresolved.Order())
            {
                Enqueue(dependent);
            }

            _unresolved.Clear();
        }

        if (change.Type == ChangeType.Deleted)
        {
            EnqueueDependents(change);
        }
        else if (ObjectMetadata.IsBeingDeleted(change.Object))
        {
            Enqueue(key);
            if (WaitsForDependents(change) && !(change.Previous is { } earlier && WaitsForDependents(earlier)))
            {
                EnqueueDependents(change);
            }
        }
    }

    private void Enqueue(ObjectKey key)
    {
        if (_queued.Add(key))
        {
            _queue.Add(key);
        }
    }

    private void EnqueueDependents(StoredRevision owner)
    {
        foreach (var dependent in _dependents.Of(ObjectMetadata.Uid(owner.Object)))
        {
            Enqueue(dependent);
        }
    }

    private void EnqueueOwners(JsonArray owners, StoredRevision dependent, bool waiting)
    {
        foreach (var reference in owners)
        {
            if (Look(reference, dependent, out var owner) == OwnerState.WaitingForDependents == waiting && owner is not null)
            {
                Enqueue(ObjectKey.Of(owner));
            }
        }
    }

    private void Attend(ResourceKind kind, StoredRevision item)
    {
        if (ObjectMetadata.IsBeingDeleted(item.Object))
        {
            if (ObjectMetadata.Finalizers(item.Object).Contains(Orphan))
            {
                FreeDependents(kind, item);
                return;
            }

            if (!WaitsForDependents(item))
            {
                return;
            }

            var blocking = BlockingDependents(item).ToList();
            if (blocking.Count == 0)
            {
                _controller.Release(kind, item, Foreground);
                return;
            }

            foreach (var dependent in blocking.Where(dependent => !ObjectMetadata.IsBeingDeleted(dependent.Object)))
            {
                Enqueue(ObjectKey.Of(dependent));
            }
        }

        if (!ObjectMetadata.IsBeingDeleted(item.Object) && OwnersOf(item).Count > 0)
        {
            AttendDependent(kind, item);
        }
    }

    // D-10, D-11, D-13
    private void AttendDependent(ResourceKind kind, StoredRevision item)
    {
        var solid = new List<JsonValue>();
        var waiting = false;
        foreach (var owner in OwnersOf(item))
        {
            switch (Look(owner, item))
            {
                case OwnerState.Solid:
                    solid.Add(owner);
                    break;
                case OwnerState.WaitingForDependents:
                    waiting = true;
                    break;
                case OwnerState.Unknown:
                    _unresolved.Add(ObjectKey.Of(item));
                    return;
                case OwnerState.OutOfReach:
                    // D-12: nothing can be told about this owner, so the object stays.
                    WarnOfNamespace(kind, item, owner);
                    return;
                default:
                    break;
            }
        }

        if (solid.Count > 0)
        {
            if (solid.Count < OwnersOf(item).Count)
            {
                _controller.Write(
                    kind, item, ObjectMetadata.WithMeta(Reading.Converted(item, kind), "ownerReferences", JsonArray.Of(solid)));
            }

            return;
        }

        // A dependent with dependents of its own goes in foreground too when its owner does.
        var finalizers = ObjectMetadata.Finalizers(item.Object).ToList();
        var policy = waiting && _dependents.HasDependents(ObjectMetadata.Uid(item.Object)) || finalizers.Contains(Foreground)
            ? "Foreground"
            : finalizers.Contains(Orphan) ? "Orphan" : "Background";
        _controller.Delete(kind, item, policy);
    }

    private void FreeDependents(ResourceKind kind, StoredRevision owner)
    {
        var uid = ObjectMetadata.Uid(owner.Object);
        foreach (var key in _dependents.Of(uid))
        {
            if (key.Find(server.Log.State) is { } dependent && server.FindKind(key.Resource) is { } dependentKind)
            {
                var left = OwnersOf(dependent).Where(reference => reference["uid"]?.AsString != uid).ToList();
                _controller.Write(
                    dependentKind,
                    dependent,
                    ObjectMetadata.WithMeta(
                        Reading.Converted(dependent, dependentKind), "ownerReferences", left.Count == 0 ? null : JsonArray.Of(left)));
            }
        }

        _controller.Release(kind, owner, Orphan);
    }

    private IEnumerable<StoredRevision> BlockingDependents(StoredRevision owner)
    {
        var uid = ObjectMetadata.Uid(owner.Object);
        return _dependents.Of(uid)
            .Select(key => key.Find(server.Log.State))
            .OfType<StoredRevision>()
            .Where(item => OwnersOf(item).Any(reference =>
                reference["uid"]?.AsString == uid && reference["blockOwnerDeletion"]?.AsBoolean == true));
    }

    private OwnerState Look(JsonValue owner, StoredRevision dependent) => Look(owner, dependent, out _);

    // D-12, D-13: an owner is who has the uid, not who has the name.
    private OwnerState Look(JsonValue owner, StoredRevision dependent, out StoredRevision? found)
    {
        found = null;
        if (server.FindKindByName(owner["apiVersion"]?.AsString ?? "", owner["kind"]?.AsString ?? "") is not { } kind)
        {
            return OwnerState.Unknown;
        }

        if (kind.Namespaced && dependent.Namespace is null)
        {
            return OwnerState.OutOfReach;
        }

        found = server.Log.State.Find(kind.Stored, kind.Namespaced ? dependent.Namespace : null, owner["name"]?.AsString ?? "");
        if (found is null || ObjectMetadata.Uid(found.Object) != owner["uid"]?.AsString)
        {
            found = null;
            return OwnerState.Absent;
        }

        return WaitsForDependents(found) ? OwnerState.WaitingForDependents : OwnerState.Solid;
    }

    private void WarnOfNamespace(ResourceKind kind, StoredRevision item, JsonValue owner)
    {
        if (_warned.Add(ObjectMetadata.Uid(item.Object) + owner["uid"]?.AsString))
        {
            var text = $"{owner["apiVersion"]?.AsString}/{owner["kind"]?.AsString}, namespace: , name: {owner["name"]?.AsString}, uid: {owner["uid"]?.AsString}";
            _controller.Warn(kind, item, "OwnerRefInvalidNamespace", $"ownerRef [{text}] does not exist in namespace \"\"");
        }
    }

    private void FinishDefinitions()
    {
        foreach (var definition in server.Log.State.Of(CustomKinds.Definitions).Values.Where(item => ObjectMetadata.IsBeingDeleted(item.Object)))
        {
            var resource = new GroupResource(
                definition.Object.At("spec", "group")?.AsString ?? "", definition.Object.At("spec", "names", "plural")?.AsString ?? "");
            if (server.FindKind(resource) is { } kind)
            {
                foreach (var item in server.Log.State.Of(resource).Values.Where(item => !ObjectMetadata.IsBeingDeleted(item.Object)))
                {
                    _controller.Delete(kind, item, "Background");
                }
            }

            if (server.Log.State.Of(resource).IsEmpty)
            {
                _controller.Release(
                    BuiltInKinds.Find("apiextensions.k8s.io", "v1", "customresourcedefinitions")!, definition, DefinitionStatus.Finalizer);

                // X-4: the names it had are free now.
                DefinitionStatus.EstablishAll(server);
            }
        }
    }

    private enum OwnerState
    {
        Absent,
        Solid,
        WaitingForDependents,
        Unknown,
        OutOfReach,
    }
}
