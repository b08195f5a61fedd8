using System.Text;
using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Patching.Fields;
using Harvester.Testing.ApiServer.Storage;

namespace Harvester.Testing.ApiServer.Resources;

/// <summary>Server-side apply of an object or of its status (statements A-1 to A-16).</summary>
internal static class ApplyVerb
{
    /// <summary>The options of the request were read, and its body is small enough.</summary>
    public static JsonObject Run(RequestContext context)
    {
        var document = ApplyDocument.Read(context.Request.Body);
        var applied = document.Value;
        var live = context.Live;
        if (live is null && context.Subresource is not null)
        {
            // S-9
            throw ApiFailure.NotFound(context.Kind.Resource, context.Name);
        }

        CheckType(context, applied);
        var current = live is null ? null : Reading.Converted(live, context.Kind);
        var outcome = Merge(context, current, applied);
        document.ReportDuplicates(context);

        var value = outcome.IsChanged ? ObjectDecoding.Applied(outcome.Value, context) : outcome.Value;
        value = ObjectMetadata.WithMeta(value, "managedFields", outcome.ManagedFields);
        if (context is { Subresource: "status", Kind.IsCustom: true } && value.Find("status") is JsonNull)
        {
            // A status of null is none, whatever its schema says of null.
            value = value.Without("status");
        }

        return live is null ? Create(context, value) : Change(context, live, value);
    }

    /// <summary>A-2: the body is of the kind and version of the path, and leaves managed fields to the server.</summary>
    public static void CheckType(RequestContext context, JsonObject applied, string? apiVersion = null, string? kind = null)
    {
        var (givenVersion, givenKind) = (applied.Find("apiVersion")?.AsString ?? "", applied.Find("kind")?.AsString ?? "");
        if (givenVersion != (apiVersion ?? context.Kind.ApiVersion) || givenKind != (kind ?? context.Kind.Kind))
        {
            throw ApiFailure.BadRequest($"invalid object type: {GoKind(givenVersion, givenKind)}");
        }

        if (applied.At("metadata", "managedFields") is JsonArray)
        {
            throw ApiFailure.BadRequest("metadata.managedFields must be nil");
        }
    }

    /// <summary>Merges a configuration into an object on behalf of the request's manager.</summary>
    /// <param name="manager">The field manager of the path.</param>
    /// <param name="type">The type of the object.</param>
    /// <param name="live">The object before, without managed fields.</param>
    /// <param name="managed">The managed fields before.</param>
    /// <param name="applied">The configuration.</param>
    /// <param name="context">The request.</param>
    public static ApplyOutcome Merge(
        FieldManager manager, FieldType type, JsonObject live, JsonArray? managed, JsonObject applied, RequestContext context)
    {
        Fit("patch", applied, type, allowDuplicates: false);
        Fit("live", live, type, allowDuplicates: true);
        try
        {
            return LastApplied.Merge(manager, type, live, managed, applied, context.FieldManager, context.Request.Query.Flag("force"));
        }
        catch (FieldConflictException conflict)
        {
            // A-3
            throw ApiFailure.ApplyConflict(
                conflict.Message,
                conflict.Conflicts.Select(one => new Cause("FieldManagerConflict", $"conflict with {one.Manager}", PathElement.Show(one.Path))));
        }
        catch (FieldTypeException failure)
        {
            // A-15
            throw ApiFailure.Internal(failure.Message);
        }
    }

    private static ApplyOutcome Merge(RequestContext context, JsonObject? current, JsonObject applied)
    {
        var empty = FieldTracking.EmptyOf(context.Kind);
        var manager = FieldTracking.ManagerOf(context);
        var managed = current is null ? null : FieldTracking.ManagedOf(current);
        var before = ObjectMetadata.WithMeta(current ?? empty, "managedFields", null);
        if (managed is null or { Count: 0 })
        {
            managed = FieldTracking.BeforeFirstApply(manager, empty, before);
        }

        return Merge(manager, FieldTracking.TypeOf(context.Kind), before, managed, applied, context);
    }

    // A-14
    private static void Fit(string which, JsonObject value, FieldType type, bool allowDuplicates)
    {
        try
        {
            TypedValidation.Check(value, type, allowDuplicates);
        }
        catch (FieldTypeException failure)
        {
            var name = $"{value.At("metadata", "namespace")?.AsString}/{ObjectMetadata.Name(value)}";
            var kind = GoKind(value.Find("apiVersion")?.AsString ?? "", value.Find("kind")?.AsString ?? "");
            throw ApiFailure.Internal($"failed to create typed {which} object ({name}; {kind}): {failure.Message}");
        }
    }

    private static string GoKind(string apiVersion, string kind) =>
        apiVersion.Contains('/', StringComparison.Ordinal) ? $"{apiVersion}, Kind={kind}" : $"/{apiVersion}, Kind={kind}";

    private static JsonObject Create(RequestContext context, JsonObject value)
    {
        context.RequireCreate();

        // A-11
        if (ObjectMetadata.Uid(value) is { Length: > 0 } uid)
        {
            throw ApiFailure.Conflict(
                context.Kind.Resource,
                context.Name,
                $"uid mismatch: the provided object specified uid {uid}, and no existing object was found");
        }

        value = CreateVerb.MatchNamespace(context, value);
        UpdateVerb.MatchName(context, value);
        context.RequireCreate();
        return CreateVerb.InsertTracked(context, context.IsDryRun ? value : ObjectMetadata.WithMeta(value, "resourceVersion", null));
    }

    private static JsonObject Change(RequestContext context, StoredRevision live, JsonObject value)
    {
        value = CreateVerb.MatchNamespace(context, value);
        UpdateVerb.MatchName(context, value);
        return UpdateVerb.CommitTracked(context, live, value);
    }
}
