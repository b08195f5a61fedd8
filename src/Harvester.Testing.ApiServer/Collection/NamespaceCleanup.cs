using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Resources;
using Harvester.Testing.ApiServer.Storage;

namespace Harvester.Testing.ApiServer.Collection;

/// <summary>
/// The end of a namespace: its content is deleted, what remains is told in its conditions (H-7), and when nothing
/// remains it goes itself, unless finalizers of its own hold it.
/// </summary>
internal sealed class NamespaceCleanup(ServerCore server)
{
    private static readonly GroupResource Events = new("", "events");

    private readonly Controller _controller = new(server, "system:serviceaccount:kube-system:namespace-controller");

    public void Pass()
    {
        foreach (var ns in server.Log.State.Of(CreateVerb.Namespaces).Where(item => ObjectMetadata.IsBeingDeleted(item.Object)))
        {
            if (ns.Object.At("spec", "finalizers") is JsonArray { Count: > 0 })
            {
                Finish(ns.Name);
            }
        }
    }

    private void Finish(string name)
    {
        foreach (var item in Content(name).Where(item => !ObjectMetadata.IsBeingDeleted(item.Object)))
        {
            if (server.FindKind(item.Resource) is { } kind)
            {
                _controller.Delete(kind, item, "Background");
            }
        }

        var kindOfNamespaces = server.FindKind(CreateVerb.Namespaces)!;
        var remaining = Content(name);
        if (server.Log.State.Find(CreateVerb.Namespaces, null, name) is not { } ns)
        {
            return;
        }

        var told = ns.Object.WithAt(["status", "conditions"], Conditions(ns.Object, remaining));
        if (!told.Equals(ns.Object))
        {
            _controller.Write(kindOfNamespaces, ns, told, "status");
        }

        if (remaining.Count > 0 || server.Log.State.Find(CreateVerb.Namespaces, null, name) is not { } empty)
        {
            return;
        }

        // Through /finalize the controller takes its own finalizer off; others may still hold the namespace.
        var others = (empty.Object.At("spec", "finalizers") as JsonArray ?? JsonArray.Empty).Where(item => item.AsString != "kubernetes").ToList();
        var isHeld = others.Count > 0 || ObjectMetadata.HasFinalizers(empty.Object);
        var left = empty.Object.WithAt(["spec", "finalizers"], others.Count == 0 ? null : JsonArray.Of(others));
        if (!isHeld || !left.Equals(empty.Object))
        {
            server.Append(kindOfNamespaces, null, name, isHeld ? ChangeType.Modified : ChangeType.Deleted, isHeld ? left : empty.Object, "namespace-controller");
        }
    }

    // Events go last: they tell about the end of the rest.
    private List<StoredRevision> Content(string name)
    {
        var state = server.Log.State;
        return [.. state.Resources
            .OrderBy(resource => resource == Events)
            .ThenBy(resource => resource.ToString(), StringComparer.Ordinal)
            .SelectMany(resource => state.Range(resource, name, ""))];
    }

    private JsonArray Conditions(JsonObject ns, List<StoredRevision> remaining)
    {
        var resources = remaining.GroupBy(item => item.Resource)
            .Select(group => $"{group.Key.Resource}.{group.Key.Group} has {group.Count()} resource instances")
            .Order(StringComparer.Ordinal).ToList();
        var finalizers = remaining.SelectMany(item => ObjectMetadata.Finalizers(item.Object)).GroupBy(finalizer => finalizer)
            .Select(group => $"{group.Key} in {group.Count()} resource instances")
            .Order(StringComparer.Ordinal).ToList();
        JsonValue[] told =
        [
            Condition(ns, "NamespaceDeletionDiscoveryFailure", false, "ResourcesDiscovered", "All resources successfully discovered"),
            Condition(ns, "NamespaceDeletionGroupVersionParsingFailure", false, "ParsedGroupVersions", "All legacy kube types successfully parsed"),
            Condition(ns, "NamespaceDeletionContentFailure", false, "ContentDeleted", "All content successfully deleted, may be waiting on finalization"),
            resources.Count == 0
                ? Condition(ns, "NamespaceContentRemaining", false, "ContentRemoved", "All content successfully removed")
                : Condition(
                    ns,
                    "NamespaceContentRemaining",
                    true,
                    "SomeResourcesRemain",
                    "Some resources are remaining: " + string.Join(", ", resources)),
            finalizers.Count == 0
                ? Condition(ns, "NamespaceFinalizersRemaining", false, "ContentHasNoFinalizers", "All content-preserving finalizers finished")
                : Condition(
                    ns,
                    "NamespaceFinalizersRemaining",
                    true,
                    "SomeFinalizersRemain",
                    "Some content in the namespace has finalizers remaining: " + string.Join(", ", finalizers)),
        ];

        // Conditions of others stay where they are.
        var types = told.Select(condition => condition["type"]).ToHashSet();
        var others = (ns.At("status", "conditions") as JsonArray ?? JsonArray.Empty).Where(condition => !types.Contains(condition["type"]));
        return JsonArray.Of([.. others, .. told]);
    }

    private JsonObject Condition(JsonObject ns, string type, bool holds, string reason, string message)
    {
        var status = holds ? "True" : "False";
        var before = (ns.At("status", "conditions") as JsonArray ?? JsonArray.Empty)
            .FirstOrDefault(condition => condition["type"]?.AsString == type);
        return JsonObject.Of(
            ("type", type),
            ("status", status),
            ("lastTransitionTime", before?["status"]?.AsString == status
                ? before["lastTransitionTime"]
                : ObjectMetadata.Timestamp(server.Now)),
            ("reason", reason),
            ("message", message));
    }
}
