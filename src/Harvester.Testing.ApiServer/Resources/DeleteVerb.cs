using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Resources.Admission;
using Harvester.Testing.ApiServer.Storage;

namespace Harvester.Testing.ApiServer.Resources;

/// <summary>What a DELETE answers: a code and a body.</summary>
internal readonly record struct DeleteResult(int StatusCode, JsonObject Body);

/// <summary>DELETE of an object or of a collection (statements D-1 to D-9).</summary>
internal static class DeleteVerb
{
    private const string Foreground = "foregroundDeletion";
    private const string Orphan = "orphan";

    public static DeleteResult Run(RequestContext context)
    {
        var options = Options.Read(context);
        return Delete(context, context.RequireLive(), options);
    }

    /// <summary>The deletion an eviction asks for.</summary>
    /// <param name="context">The request.</param>
    /// <param name="options">The options inside the eviction; null for none.</param>
    public static void Evict(RequestContext context, JsonObject? options) =>
        Delete(context, context.RequireLive(), Options.Read(context, options ?? JsonObject.Empty));

    /// <summary>D-9: every object of the collection, answered as they were before.</summary>
    public static ListResult RunCollection(RequestContext context)
    {
        var options = Options.Read(context);
        if (context.Kind.Namespaced && context.Namespace.Length == 0)
        {
            throw context.Kind.IsCustom
                ? ApiFailure.PageNotFound()
                : ApiFailure.MethodNotAllowed("delete", context.Kind.Resource);
        }

        var items = ListVerb.Run(context);
        var revision = context.Log.Current;
        foreach (var item in items.Items)
        {
            if (context.Log.State.Find(context.Kind.Stored, item.Namespace, item.Name) is { } live)
            {
                Delete(context, live, options);
            }
        }

        context.Before = null;
        context.After = null;
        context.StoredMany = context.Log.Current > revision;
        return items;
    }

    /// <summary>A deletion by the server's own collectors, with the uid and revision they looked at as precondition.</summary>
    public static void Collect(RequestContext context, StoredRevision item, string policy)
    {
        if (context.Live is { } live && live.Number == item.Number)
        {
            Delete(context, live, new Options(policy, null, null, null));
        }
    }

    private static DeleteResult Delete(RequestContext context, StoredRevision live, Options options)
    {
        var kind = context.Kind;
        context.Before = live;
        AdmissionPlugins.ValidateDelete(context, live);
        CheckPreconditions(kind, live, options);
        var value = Reading.Converted(live, kind);
        if (options is { Policy: null, OrphanDependents: null } && kind.Strategy.OrphanWarning is { } warning)
        {
            context.Warnings.Add(warning);
        }

        var finalizers = FinalizersFor(kind, value, options);
        var changed = !finalizers.SequenceEqual(ObjectMetadata.Finalizers(value));
        var marked = changed
            ? ObjectMetadata.WithMeta(
                value,
                "finalizers",
                finalizers.Count == 0 ? null : JsonArray.Of(finalizers.Select(item => (JsonValue)item)))
            : value;

        if (kind.Strategy.GraceSeconds(value, options.GraceSeconds) is { } grace)
        {
            return DeleteGracefully(context, live, marked, grace, options);
        }

        // D-3: the second delete changes nothing unless it asks for another way to treat dependents.
        if (ObjectMetadata.IsBeingDeleted(value) && (finalizers.Count > 0 || kind.Strategy.IsHeld(value)))
        {
            context.After = live;
            if (changed)
            {
                marked = Store(context, live, ChangeType.Modified, marked);
            }

            return new DeleteResult(options.OrphanDependents == false ? 202 : 200, marked);
        }

        if (kind.Strategy.MarkForDeletion(marked, context.Server.Now) is { } prepared)
        {
            return new DeleteResult(200, Store(context, live, ChangeType.Modified, prepared));
        }

        // D-2
        if (finalizers.Count > 0 || kind.Resource == CreateVerb.Namespaces)
        {
            var metadata = new JsonObject.Builder((JsonObject)marked.Find("metadata")!)
            {
                ["deletionTimestamp"] = ObjectMetadata.Timestamp(context.Server.Now),
                ["deletionGracePeriodSeconds"] = kind.Resource == CreateVerb.Namespaces ? null : 0,
            };
            if (metadata["generation"]?.AsInteger is { } generation)
            {
                metadata["generation"] = generation + 1;
            }

            marked = marked.With("metadata", metadata.Build());
            if (kind.Resource == CreateVerb.Namespaces)
            {
                marked = marked.WithAt(["status", "phase"], "Terminating");
            }

            return new DeleteResult(
                options.OrphanDependents == false ? 202 : 200,
                Store(context, live, ChangeType.Modified, marked));
        }

        // D-1
        Store(context, live, ChangeType.Deleted, live.Object);
        if (!kind.DeleteAnswersObject)
        {
            return new DeleteResult(200, Success(kind, live));
        }

        // What is answered carries the revision of its end.
        return new DeleteResult(
            200,
            context.IsDryRun ? value : ObjectMetadata.WithMeta(value, "resourceVersion", RequestContext.Text(context.Log.Current)));
    }

    // B-23: marked, and then removed when nothing keeps it.
    private static DeleteResult DeleteGracefully(
        RequestContext context, StoredRevision live, JsonObject value, long grace, Options options)
    {
        if (GracefulDeletion.Mark(value, grace, options.GraceSeconds, context.Server.Now) is not { } marked)
        {
            context.After = live;
            return new DeleteResult(200, Reading.Converted(live, context.Kind));
        }

        marked = Store(context, live, ChangeType.Modified, marked);
        if (ObjectMetadata.HasFinalizers(marked) || context.Kind.Strategy.IsHeld(marked))
        {
            return new DeleteResult(options.OrphanDependents == false ? 202 : 200, marked);
        }

        return new DeleteResult(200, Store(context, live, ChangeType.Deleted, marked));
    }

    private static JsonObject Store(RequestContext context, StoredRevision live, ChangeType type, JsonObject value)
    {
        if (context.IsDryRun)
        {
            return value;
        }

        var entry = context.Server.Append(context.Kind, live.Namespace, live.Name, type, value, context.Request.User);
        context.After = entry;
        return Reading.Converted(entry, context.Kind);
    }

    private static JsonObject Success(ResourceKind kind, StoredRevision live) => JsonObject.Of(
        ("kind", "Status"),
        ("apiVersion", "v1"),
        ("metadata", JsonObject.Empty),
        ("status", "Success"),
        ("details", JsonObject.Of(
            ("name", live.Name),
            ("group", kind.Group.Length == 0 ? null : (JsonValue)kind.Group),
            ("kind", kind.Plural),
            ("uid", ObjectMetadata.Uid(live.Object)))));

    // D-5
    private static void CheckPreconditions(ResourceKind kind, StoredRevision live, Options options)
    {
        var resource = new GroupResource(kind.Group, kind.Kind);
        var uid = ObjectMetadata.Uid(live.Object);
        if (options.Uid is { } wantedUid && wantedUid != uid)
        {
            throw ApiFailure.Conflict(
                resource,
                live.Name,
                $"the UID in the precondition ({wantedUid}) does not match the UID in record ({uid}). The object might have been deleted and then recreated");
        }

        if (options.ResourceVersion is { } version && version != RequestContext.Text(live.Number))
        {
            throw ApiFailure.Conflict(
                resource,
                live.Name,
                $"the ResourceVersion in the precondition ({version}) does not match the ResourceVersion in record ({live.Number}). The object might have been modified");
        }
    }

    // D-7
    private static List<string> FinalizersFor(ResourceKind kind, JsonObject value, Options options)
    {
        var finalizers = ObjectMetadata.Finalizers(value).ToList();
        var policy = options.Policy ?? options.OrphanDependents switch
        {
            true => "Orphan",
            false => "Background",
            null when kind.Strategy.OrphansByDefault && !ObjectMetadata.IsBeingDeleted(value)
                      && !finalizers.Contains(Foreground) => "Orphan",
            null => null,
        };
        var wanted = policy switch { "Orphan" => Orphan, "Foreground" => Foreground, _ => null };
        if (policy is not null && !(wanted is null && ObjectMetadata.IsBeingDeleted(value)))
        {
            finalizers.RemoveAll(item => item is Orphan or Foreground && item != wanted);
        }

        if (wanted is not null && !finalizers.Contains(wanted))
        {
            finalizers.Add(wanted);
        }

        return finalizers;
    }

    private sealed record Options(string? Policy, bool? OrphanDependents, string? Uid, string? ResourceVersion, long? GraceSeconds = null)
    {
        // D-6: with a body the query is not read at all.
        public static Options Read(RequestContext context) => Read(context, context.Request.Body.IsEmpty ? null : ReadBody(context));

        public static Options Read(RequestContext context, JsonObject? body)
        {
            var causes = new List<Cause>();
            string? policy;
            bool? orphan;
            string? uid = null;
            string? version = null;
            long? grace = null;
            if (body is null)
            {
                var query = context.Request.Query;
                context.ReadDryRun(query.All("dryRun"), causes);
                policy = query.Find("propagationPolicy") is { Length: > 0 } text ? text : null;
                grace = long.TryParse(query.Find("gracePeriodSeconds"), out var seconds) ? seconds : null;
                orphan = query.Find("orphanDependents") is null ? null : query.Flag("orphanDependents");
            }
            else
            {
                context.ReadDryRun((body.Find("dryRun") as JsonArray ?? JsonArray.Empty).Select(item => item.AsString ?? ""), causes);
                grace = body.Find("gracePeriodSeconds")?.AsInteger;
                policy = body.Find("propagationPolicy")?.AsString;
                orphan = body.Find("orphanDependents")?.AsBoolean;
                uid = body.At("preconditions", "uid")?.AsString;
                version = body.At("preconditions", "resourceVersion")?.AsString;
            }

            if (policy is not null && orphan is not null)
            {
                causes.Add(new Cause(
                    "FieldValueInvalid",
                    $"Invalid value: \"{policy}\": orphanDependents and deletionPropagation cannot be both set",
                    "propagationPolicy"));
            }

            if (policy is not (null or "Orphan" or "Foreground" or "Background"))
            {
                causes.Add(new Cause(
                    "FieldValueNotSupported",
                    $"Unsupported value: \"{policy}\": supported values: \"Foreground\", \"Background\", \"Orphan\", \"nil\"",
                    "propagationPolicy"));
            }

            return causes.Count > 0
                ? throw ApiFailure.Invalid("meta.k8s.io", "DeleteOptions", "", causes)
                : new Options(policy, orphan, uid, version, grace);
        }

        private static JsonObject ReadBody(RequestContext context) =>
            ObjectDecoding.Parse(context, "DeleteOptions", []) is JsonObject body
            && (body.Find("kind")?.AsString ?? "") is ("" or "DeleteOptions")
                ? body
                : throw ApiFailure.BadRequest("the object provided is unrecognized (must be of type DeleteOptions)");
    }
}
