using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Resources;
using Harvester.Testing.ApiServer.Storage;

namespace Harvester.Testing.ApiServer.Collection;

/// <summary>Writes as one of kube-controller-manager's controllers makes them: through the rules of the verbs, on the live object.</summary>
internal sealed class Controller(ServerCore server, string user)
{
    // The name under which kube-controller-manager owns the fields it writes.
    private const string Agent = "kcm";

    private static readonly GroupResource Events = new("", "events");

    /// <summary>Deletes an object unless it has changed since it was looked at.</summary>
    public void Delete(ResourceKind kind, StoredRevision item, string policy) =>
        DeleteVerb.Collect(ContextFor(kind, item.Namespace, item.Name, "DELETE", null), item, policy);

    /// <summary>Writes an object, or its status, unless it has changed since it was looked at.</summary>
    /// <returns>False when the server refused.</returns>
    public bool Write(ResourceKind kind, StoredRevision item, JsonObject value, string? subresource = null)
    {
        var context = ContextFor(kind, item.Namespace, item.Name, "PATCH", subresource);
        if (context.Live is not { } live || live.Number != item.Number)
        {
            return false;
        }

        try
        {
            UpdateVerb.Commit(context, live, value);
            return true;
        }
        catch (ApiFailure)
        {
            // As for every client whose write is refused: the next pass looks again.
            return false;
        }
    }

    /// <summary>Takes a finalizer off; the last one ends an object that is being deleted.</summary>
    public void Release(ResourceKind kind, StoredRevision item, string finalizer)
    {
        var left = ObjectMetadata.Finalizers(item.Object).Where(name => name != finalizer).Select(name => (JsonValue)name).ToList();
        Write(
            kind,
            item,
            ObjectMetadata.WithMeta(Reading.Converted(item, kind), "finalizers", left.Count == 0 ? null : JsonArray.Of(left)));
    }

    /// <summary>Records a warning about an object.</summary>
    public void Warn(ResourceKind kind, StoredRevision about, string reason, string message)
    {
        var ns = about.Namespace ?? "default";
        if (server.FindKind("", "v1", Events.Resource) is not { } events || server.Log.State.Find(CreateVerb.Namespaces, null, ns) is null)
        {
            return;
        }

        var name = $"{about.Name}.{server.NewUid(Events, ns, about.Name).Replace("-", "", StringComparison.Ordinal)[..16]}";
        var now = ObjectMetadata.Timestamp(server.Now);
        try
        {
            CreateVerb.Insert(ContextFor(events, ns, "", "POST", null), JsonObject.Of(
                ("apiVersion", "v1"),
                ("kind", "Event"),
                ("metadata", JsonObject.Of(("name", name), ("namespace", ns))),
                ("involvedObject", JsonObject.Of(
                    ("apiVersion", kind.ApiVersion),
                    ("kind", kind.Kind),
                    ("name", about.Name),
                    ("namespace", about.Namespace is { } space ? (JsonValue)space : null),
                    ("resourceVersion", RequestContext.Text(about.Number)),
                    ("uid", ObjectMetadata.Uid(about.Object)))),
                ("reason", reason),
                ("message", message),
                ("source", JsonObject.Of(("component", "garbage-collector-controller"))),
                ("firstTimestamp", now),
                ("lastTimestamp", now),
                ("count", 1),
                ("eventTime", JsonValue.Null),
                ("reportingComponent", "garbage-collector-controller"),
                ("reportingInstance", ""),
                ("type", "Warning")));
        }
        catch (ApiFailure)
        {
            // Events are told once and may be lost.
        }
    }

    private RequestContext ContextFor(ResourceKind kind, string? ns, string name, string method, string? subresource) => new()
    {
        Server = server,
        Kind = kind,
        Namespace = ns ?? "",
        Name = name,
        Subresource = subresource,
        Request = new ApiRequest
        {
            Method = method,
            Path = "",
            Query = QueryParameters.Parse(null),
            UserAgent = Agent,
            Identity = UserInfo.ApiServer with { Name = user },
        },
    };
}
