using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Resources;
using Harvester.Testing.ApiServer.Resources.Definitions;
using Harvester.Testing.ApiServer.Storage;

namespace Harvester.Testing.ApiServer.Collection;

/// <summary>
/// What kube-controller-manager's collectors do: dependents go when all their owners are gone (D-10), owners in foreground
/// deletion wait for them, orphaning strips the references (D-11), namespaces and definitions end with their content.
/// One pass looks at everything once; it runs under the server's lock.
/// </summary>
internal sealed class GarbageCollector(ServerCore server)
{
    public const string User = "system:serviceaccount:kube-system:generic-garbage-collector";

    private const string NamespaceUser = "system:serviceaccount:kube-system:namespace-controller";

    private static readonly GroupResource Events = new("", "events");

    /// <summary>One pass over all objects.</summary>
    /// <returns>True when it changed something: another pass may find more.</returns>
    public bool Pass()
    {
        lock (server.Gate)
        {
            var before = server.Log.Current;
            CollectDependents();
            FinishOwners();
            FinishNamespaces();
            FinishDefinitions();
            return server.Log.Current > before;
        }
    }

    /// <summary>True for a change after which a pass may have something to do.</summary>
    public static bool Concerns(StoredRevision change) =>
        change.Type == ChangeType.Deleted
        || ObjectMetadata.IsBeingDeleted(change.Object)
        || change.Object.At("metadata", "ownerReferences") is not null;

    private void CollectDependents()
    {
        foreach (var dependent in Everything().Where(item => Owners(item).Count > 0 && !ObjectMetadata.IsBeingDeleted(item.Object)))
        {
            var kept = new List<JsonValue>();
            var waiting = false;
            var unknown = false;
            foreach (var owner in Owners(dependent))
            {
                switch (Look(owner, dependent))
                {
                    case OwnerState.Solid:
                        kept.Add(owner);
                        break;
                    case OwnerState.WaitingForDependents:
                        waiting = true;
                        break;
                    case OwnerState.Unknown:
                        unknown = true;
                        break;
                    default:
                        break;
                }
            }

            if (unknown || server.FindKind(dependent.Resource) is not { } kind)
            {
                continue;
            }

            if (kept.Count == 0)
            {
                // A dependent with dependents of its own that block it goes in foreground too.
                var policy = waiting && HasBlockingDependents(dependent) ? "Foreground" : null;
                Delete(kind, dependent, policy, User);
            }
            else if (kept.Count < Owners(dependent).Count)
            {
                Write(kind, dependent, ObjectMetadata.WithMeta(dependent.Object, "ownerReferences", JsonArray.Of(kept)), User);
            }
        }
    }

    private void FinishOwners()
    {
        foreach (var owner in Everything().Where(item => ObjectMetadata.IsBeingDeleted(item.Object)))
        {
            if (server.FindKind(owner.Resource) is not { } kind)
            {
                continue;
            }

            var finalizers = ObjectMetadata.Finalizers(owner.Object).ToList();
            if (finalizers.Contains("orphan"))
            {
                foreach (var dependent in DependentsOf(owner))
                {
                    if (server.FindKind(dependent.Resource) is { } dependentKind)
                    {
                        var left = Owners(dependent).Where(item => item["uid"]?.AsString != ObjectMetadata.Uid(owner.Object)).ToList();
                        Write(
                            dependentKind,
                            dependent,
                            ObjectMetadata.WithMeta(dependent.Object, "ownerReferences", left.Count == 0 ? null : JsonArray.Of(left)),
                            User);
                    }
                }

                Release(kind, owner, "orphan");
            }
            else if (finalizers.Contains("foregroundDeletion") && !HasBlockingDependents(owner))
            {
                Release(kind, owner, "foregroundDeletion");
            }
        }
    }

    private void FinishNamespaces()
    {
        foreach (var ns in server.Log.State.Of(CreateVerb.Namespaces).Values.Where(item => ObjectMetadata.IsBeingDeleted(item.Object)))
        {
            var content = Everything().Where(item => item.Namespace == ns.Name).OrderBy(item => item.Resource == Events).ToList();
            foreach (var item in content.Where(item => !ObjectMetadata.IsBeingDeleted(item.Object)))
            {
                if (server.FindKind(item.Resource) is { } kind)
                {
                    Delete(kind, item, "Background", NamespaceUser);
                }
            }

            if (Everything().Any(item => item.Namespace == ns.Name) || ObjectMetadata.HasFinalizers(ns.Object))
            {
                continue;
            }

            var namespaces = BuiltInKinds.Find("", "v1", "namespaces")!;
            server.Append(namespaces, null, ns.Name, ChangeType.Deleted, ns.Object, NamespaceUser);
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
                    Delete(kind, item, "Background", User);
                }
            }

            if (server.Log.State.Of(resource).IsEmpty)
            {
                Release(BuiltInKinds.Find("apiextensions.k8s.io", "v1", "customresourcedefinitions")!, definition, DefinitionStatus.Finalizer);

                // the names it had are free now.
                DefinitionStatus.EstablishAll(server);
            }
        }
    }

    private List<StoredRevision> Everything()
    {
        var state = server.Log.State;
        return [.. state.Resources
            .OrderBy(resource => resource.ToString(), StringComparer.Ordinal)
            .SelectMany(resource => state.Of(resource).Values)];
    }

    private static JsonArray Owners(StoredRevision item) => item.Object.At("metadata", "ownerReferences") as JsonArray ?? JsonArray.Empty;

    private IEnumerable<StoredRevision> DependentsOf(StoredRevision owner)
    {
        var uid = ObjectMetadata.Uid(owner.Object);
        return Everything().Where(item => Owners(item).Any(reference => reference["uid"]?.AsString == uid));
    }

    private bool HasBlockingDependents(StoredRevision owner)
    {
        var uid = ObjectMetadata.Uid(owner.Object);
        return Everything().Any(item => Owners(item).Any(reference =>
            reference["uid"]?.AsString == uid && reference["blockOwnerDeletion"]?.AsBoolean == true));
    }

    // D-12, D-13: an owner is who has the uid, not who has the name.
    private OwnerState Look(JsonValue owner, StoredRevision dependent)
    {
        if (server.FindKindByName(owner["apiVersion"]?.AsString ?? "", owner["kind"]?.AsString ?? "") is not { } kind)
        {
            return OwnerState.Unknown;
        }

        if (kind.Namespaced && dependent.Namespace is null)
        {
            return OwnerState.Unknown;
        }

        var found = server.Log.State.Find(kind.Stored, kind.Namespaced ? dependent.Namespace : null, owner["name"]?.AsString ?? "");
        if (found is null || ObjectMetadata.Uid(found.Object) != owner["uid"]?.AsString)
        {
            return OwnerState.Absent;
        }

        return ObjectMetadata.IsBeingDeleted(found.Object) && ObjectMetadata.Finalizers(found.Object).Contains("foregroundDeletion")
            ? OwnerState.WaitingForDependents
            : OwnerState.Solid;
    }

    private void Delete(ResourceKind kind, StoredRevision item, string? policy, string user) =>
        DeleteVerb.Collect(server, kind, item, policy ?? "Background", user);

    private void Write(ResourceKind kind, StoredRevision item, JsonObject value, string user) =>
        server.Append(kind, item.Namespace, item.Name, ChangeType.Modified, value, user);

    private void Release(ResourceKind kind, StoredRevision item, string finalizer)
    {
        var left = ObjectMetadata.Finalizers(item.Object).Where(name => name != finalizer).Select(name => (JsonValue)name).ToList();
        if (left.Count == 0)
        {
            server.Append(kind, item.Namespace, item.Name, ChangeType.Deleted, item.Object, User);
        }
        else
        {
            Write(kind, item, ObjectMetadata.WithMeta(item.Object, "finalizers", JsonArray.Of(left)), User);
        }
    }

    private enum OwnerState
    {
        Absent,
        Solid,
        WaitingForDependents,
        Unknown,
    }
}
