using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Patching.Fields;
using Harvester.Testing.ApiServer.Resources.BuiltIn;

namespace Harvester.Testing.ApiServer.Resources;

/// <summary>
/// Where every write passes so that metadata.managedFields tells who owns which field: after the body was decoded, before
/// the kind decides what of it is taken (statements ).
/// </summary>
internal static class FieldTracking
{
    /// <summary>Records the creation of an object.</summary>
    /// <param name="context">The request, with its field manager.</param>
    /// <param name="value">The object as submitted, with its defaults.</param>
    public static JsonObject Created(RequestContext context, JsonObject value) =>
        Record(context, null, value, context.FieldManager);

    /// <summary>Records a change of an object.</summary>
    /// <param name="context">The request, with its field manager and subresource.</param>
    /// <param name="live">The object before.</param>
    /// <param name="value">The object as submitted, with its defaults.</param>
    public static JsonObject Updated(RequestContext context, JsonObject live, JsonObject value) =>
        Record(context, live, value, context.FieldManager);

    /// <summary>U-14: when nothing but the times of managed fields has changed, they have not changed either.</summary>
    /// <param name="old">The object before.</param>
    /// <param name="value">The object as it is about to be stored.</param>
    public static JsonObject KeepTimes(JsonObject old, JsonObject value)
    {
        var (before, after) = (ManagedOf(old), ManagedOf(value));
        if (before is null || after is null || ReferenceEquals(before, after) || before.Count != after.Count)
        {
            return value;
        }

        for (var i = 0; i < before.Count; i++)
        {
            if (before[i] is not JsonObject entry || after[i] is not JsonObject other || !entry.Without("time").Equals(other.Without("time")))
            {
                return value;
            }
        }

        var kept = ObjectMetadata.WithMeta(value, "managedFields", before);
        return kept.Equals(old) ? kept : value;
    }

    /// <summary>The field manager of the path a request came through.</summary>
    public static FieldManager ManagerOf(RequestContext context) => new()
    {
        ApiVersion = context.Kind.ApiVersion,
        Subresource = context.Subresource ?? "",
        Types = context.Kind.FieldTypes ?? UntypedVersions.Instance,
        ResetFields = ResetFields.Of(context.Kind, context.Subresource) is { } reset ? _ => reset : null,
        Now = ObjectMetadata.Timestamp(context.Server.Now),
    };

    /// <summary>What a new object is compared with: an object of its kind that nobody has written to yet.</summary>
    public static JsonObject EmptyOf(ResourceKind kind)
    {
        // An empty object of a Go type has the members that are always written.
        var empty = kind.Model is null ? JsonObject.Empty : (JsonObject)ModelSchema.Of(kind).Zero;
        return empty.With("apiVersion", kind.ApiVersion).With("kind", kind.Kind);
    }

    /// <summary>How the fields of a kind's objects are owned.</summary>
    public static FieldType TypeOf(ResourceKind kind) => kind.FieldTypes?.Find(kind.ApiVersion) ?? FieldType.Deduced;

    /// <summary>A-8: what an object holds that nobody was tracked for belongs to a manager of that name.</summary>
    /// <param name="manager">The field manager of the path.</param>
    /// <param name="empty">An object that nobody has written to yet.</param>
    /// <param name="live">The object.</param>
    public static JsonArray? BeforeFirstApply(FieldManager manager, JsonObject empty, JsonObject live)
    {
        var managed = ManagedFields.Empty;
        try
        {
            manager.Update(empty, live, managed, "before-first-apply");
        }
        catch (FieldTypeException failure)
        {
            throw ApiFailure.Internal($"failed to create manager for existing fields: {failure.Message}");
        }

        return managed.ToJson();
    }

    /// <summary>The managed fields of an object, or null.</summary>
    public static JsonArray? ManagedOf(JsonObject value) => value.At("metadata", "managedFields") as JsonArray;

    private static JsonObject Record(RequestContext context, JsonObject? live, JsonObject value, string manager)
    {
        var before = live is null ? null : ManagedOf(live);
        var managed = Choose(before, ManagedOf(value), isSubresource: context.Subresource is not null);
        if (managed.IsEmpty && live is not null)
        {
            // After a reset nobody is tracked until the first apply.
            return ObjectMetadata.WithMeta(value, "managedFields", null);
        }

        try
        {
            if (context.Kind.IsCustom)
            {
                // What the path does not write was not validated, but counts here.
                TypedValidation.Check(ObjectMetadata.WithMeta(value, "managedFields", null), TypeOf(context.Kind), allowDuplicates: true);
            }

            ManagerOf(context).Update(
                ObjectMetadata.WithMeta(live ?? EmptyOf(context.Kind), "managedFields", null),
                ObjectMetadata.WithMeta(value, "managedFields", null),
                managed,
                manager);
            return ObjectMetadata.WithMeta(value, "managedFields", managed.ToJson());
        }
        catch (FieldTypeException)
        {
            // An object that does not fit its types, or those of a version that somebody wrote through, stays as it was.
            return ObjectMetadata.WithMeta(value, "managedFields", before);
        }
    }

    // what a client sends counts when it is well-formed, and one empty entry forgets everything.
    private static ManagedFields Choose(JsonArray? before, JsonArray? submitted, bool isSubresource)
    {
        if (!isSubresource && submitted is not null && !submitted.Equals(before))
        {
            if (submitted is { Count: 0 } or [JsonObject { Count: 0 }])
            {
                return ManagedFields.Empty;
            }

            if (ManagedFields.ReadFromClient(submitted) is { IsEmpty: false } edited)
            {
                return edited;
            }
        }

        return ManagedFields.Read(before) ?? ManagedFields.Empty;
    }

    private sealed class UntypedVersions : IVersionedTypes
    {
        public static UntypedVersions Instance { get; } = new();

        public FieldType? Find(string apiVersion) => FieldType.Deduced;
    }
}
