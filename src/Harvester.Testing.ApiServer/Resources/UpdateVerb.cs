using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Resources.Admission;
using Harvester.Testing.ApiServer.Resources.BuiltIn;
using Harvester.Testing.ApiServer.Storage;

namespace Harvester.Testing.ApiServer.Resources;

/// <summary>
/// PUT of an object or of its status (statements U-1 to U-17, S-1 to S-11), and the second half of every patch, which
/// ends in the same rules.
/// </summary>
internal static class UpdateVerb
{
    /// <summary>PUT main and PUT status.</summary>
    public static JsonObject Run(RequestContext context)
    {
        context.ReadWriteOptions("UpdateOptions");

        // U-15: decoding, name, existence, uid, resourceVersion, schema; the first to fail answers.
        var value = ObjectDecoding.Read(context);
        MatchName(context, value);
        value = CreateVerb.MatchNamespace(context, value);
        if (context.Live is not { } live)
        {
            // U-1
            if (!context.Kind.AllowsCreateOnUpdate || context.Subresource is not null)
            {
                throw ApiFailure.NotFound(context.Kind.Resource, context.Name);
            }

            context.RequireCreate();
            if (ObjectMetadata.Uid(value) is { Length: > 0 } unknown)
            {
                // Nothing has no uid: whoever names one means an object that is gone.
                context.Warnings.AddRange(context.Kind.Strategy.Warnings(context, value, null));
                throw UidMismatch(context, StoredRevision.KeyOf(context.Namespace, context.Name), unknown, "");
            }

            return CreateVerb.Insert(context, value);
        }

        MatchUid(context, live, value);
        value = (JsonObject)JsonSharing.WithPartsOf(value, Reading.Converted(live, context.Kind));
        return Commit(context, live, value);
    }

    /// <summary>U-4: the body is of the object it was read from.</summary>
    public static void MatchUid(RequestContext context, StoredRevision live, JsonObject value)
    {
        var uid = ObjectMetadata.Uid(value);
        if (uid.Length > 0 && uid != ObjectMetadata.Uid(live.Object))
        {
            throw UidMismatch(context, live.Key, uid, ObjectMetadata.Uid(live.Object));
        }
    }

    private static ApiFailure UidMismatch(RequestContext context, string key, string wanted, string found)
    {
        var directory = context.Kind is { Group: "", Plural: "endpoints" or "services" }
            ? context.Kind.Plural == "services" ? "services/specs" : "services/endpoints"
            : context.Kind.Group.Length == 0 ? context.Kind.Plural : $"{context.Kind.Group}/{context.Kind.Plural}";
        return ApiFailure.Conflict(
            context.Kind.Resource,
            context.Name,
            $"StorageError: invalid object, Code: 4, Key: /registry/{directory}/{key}, ResourceVersion: 0, "
            + $"AdditionalErrorMsg: Precondition failed: UID in precondition: {wanted}, UID in object meta: {found}");
    }

    /// <summary>U-5: the body names the object the path names.</summary>
    public static void MatchName(RequestContext context, JsonObject value)
    {
        var name = ObjectMetadata.Name(value);
        if (name.Length == 0)
        {
            throw ApiFailure.BadRequest(
                $"the name of the object ({context.Name} based on URL) was undeterminable: name must be provided");
        }

        if (name != context.Name)
        {
            throw ApiFailure.BadRequest($"the name of the object ({name}) does not match the name on the URL ({context.Name})");
        }
    }

    /// <summary>Everything that decides what of a submitted object is stored.</summary>
    /// <param name="context">The request.</param>
    /// <param name="live">The stored object.</param>
    /// <param name="submitted">The submitted one, decoded; for a patch, the stored one with the patch applied.</param>
    public static JsonObject Commit(RequestContext context, StoredRevision live, JsonObject submitted) => CommitTracked(
        context, live, FieldTracking.Updated(context, Reading.Converted(live, context.Kind), submitted));

    /// <summary>The same for an object whose managed fields already say what the request changes.</summary>
    /// <param name="context">The request.</param>
    /// <param name="live">The stored object.</param>
    /// <param name="submitted">The submitted one.</param>
    public static JsonObject CommitTracked(RequestContext context, StoredRevision live, JsonObject submitted)
    {
        context.Before = live;
        var kind = context.Kind;
        CheckVersion(context, live, submitted);
        var old = Reading.Converted(live, kind);
        var value = RestoreServerFields(submitted, old);
        if (!kind.IsCustom && context.Subresource is null)
        {
            value = AdmissionPlugins.Mutate(context, value, old);
        }

        value = context.Subresource switch
        {
            null or "scale" => MainOf(context, value, old),
            "status" => StatusOf(context, value, old),
            var name => Subresources.Find(kind, name)?.PrepareForUpdate(context, value, old) ?? old,
        };
        value = ObjectMetadata.WithMeta(value, "managedFields", FieldTracking.ManagedOf(submitted));
        var warnings = new List<string>();
        value = ObjectMetadataRules.Tidy(value, old, kind, warnings);
        Validate(context, value, old);
        context.Warnings.AddRange(warnings);
        if (context.Subresource is null)
        {
            context.Warnings.AddRange(kind.Strategy.Warnings(context, value, old));
            value = kind.Strategy.Allocate(context, value, old);
        }

        if (!kind.IsCustom)
        {
            AdmissionPlugins.Validate(context, value, old);
        }

        // D-4: the last finalizer is gone, and so is the object. The answer has the submitted content and the old version.
        if (ObjectMetadata.IsBeingDeleted(value) && !ObjectMetadata.HasFinalizers(value) && !kind.Strategy.IsHeld(value))
        {
            context.Store(ChangeType.Deleted, live.Object);
            return ObjectMetadata.WithMeta(value, "resourceVersion", old.At("metadata", "resourceVersion"));
        }

        value = ObjectMetadata.WithMeta(value, "resourceVersion", old.At("metadata", "resourceVersion"));
        value = FieldTracking.KeepTimes(old, value);

        // U-14: an equal result is no write.
        if (value.Equals(old) && (!kind.IsCustom || ServerCore.StorageForm(kind, value).Equals(live.Object)))
        {
            context.After = live;
            return old;
        }

        var stored = context.Store(ChangeType.Modified, value);
        if (!context.IsDryRun)
        {
            kind.Strategy.AfterWrite(context.Server);
        }

        return stored;
    }

    // U-2, U-3, U-17
    private static void CheckVersion(RequestContext context, StoredRevision live, JsonObject submitted)
    {
        var text = submitted.At("metadata", "resourceVersion")?.AsString ?? "";
        var number = 0UL;
        if (text.Length > 0 && !ulong.TryParse(text, out number))
        {
            throw ApiFailure.Internal($"strconv.ParseUint: parsing \"{text}\": invalid syntax");
        }

        if (number == 0)
        {
            if (context.Kind.AllowsUnconditionalUpdate)
            {
                return;
            }

            throw ApiFailure.Invalid(
                context.Kind.Group,
                context.Kind.Plural,
                context.Name,
                [new Cause("FieldValueInvalid", "Invalid value: 0: must be specified for an update", "metadata.resourceVersion")]);
        }

        if (number != (ulong)live.Number)
        {
            throw ApiFailure.Modified(context.Kind.Resource, context.Name);
        }
    }

    // U-8 (a client's generation is ignored), U-10, U-11
    private static JsonObject RestoreServerFields(JsonObject value, JsonObject old)
    {
        var metadata = new JsonObject.Builder((JsonObject)value.Find("metadata")!)
        {
            ["creationTimestamp"] = old.At("metadata", "creationTimestamp"),
            ["generation"] = old.At("metadata", "generation"),
        };
        metadata["uid"] ??= old.At("metadata", "uid");
        metadata["namespace"] ??= old.At("metadata", "namespace");
        metadata["deletionTimestamp"] ??= old.At("metadata", "deletionTimestamp");
        metadata["deletionGracePeriodSeconds"] ??= old.At("metadata", "deletionGracePeriodSeconds");
        return value.With("metadata", metadata.Build());
    }

    // U-6, U-7, U-8, U-9, U-12
    private static JsonObject MainOf(RequestContext context, JsonObject value, JsonObject old)
    {
        var kind = context.Kind;
        if (kind.HasStatus)
        {
            value = value.With("status", old.Find("status"));
        }

        value = kind.Strategy.PrepareForUpdate(context, value, old);
        var changed = kind.IsCustom
            ? !value.Without("metadata").Equals(old.Without("metadata"))
            : kind.Strategy.ChangesGeneration(value, old);
        return kind.HasGeneration && changed
            ? ObjectMetadata.WithMeta(value, "generation", (old.At("metadata", "generation")?.AsInteger ?? 0) + 1)
            : value;
    }

    // S-3, S-4, S-6: the stored object with the body's status; all else of the body was only decoded.
    // Of a built-in kind metadata is taken too (B-10).
    private static JsonObject StatusOf(RequestContext context, JsonObject value, JsonObject old)
    {
        var taken = old.With("status", value.Find("status"))
            .With("kind", value.Find("kind"))
            .With("apiVersion", value.Find("apiVersion"));
        return context.Kind.IsCustom
            ? taken
            : context.Kind.Strategy.PrepareForStatusUpdate(context, taken.With("metadata", value.Find("metadata")), old);
    }

    private static void Validate(RequestContext context, JsonObject value, JsonObject old)
    {
        var kind = context.Kind;
        var causes = new List<Cause>();

        // kube-apiserver looks at metadata twice on an update of a custom resource, and says everything twice.
        for (var round = 0; round < (kind.IsCustom ? 2 : 1); round++)
        {
            ObjectMetadataRules.ValidateUpdate(value, old, causes);
        }

        ObjectMetadataRules.Validate(value, kind, causes);
        var kindName = value.Find("kind")?.AsString ?? kind.Kind;
        if (kindName != kind.Kind)
        {
            causes.Add(new Cause("FieldValueInvalid", $"Invalid value: \"{kindName}\": must be {kind.Kind}", "kind"));
        }

        var apiVersion = value.Find("apiVersion")?.AsString;
        if (apiVersion != kind.ApiVersion)
        {
            causes.Add(new Cause("FieldValueInvalid", $"Invalid value: \"{apiVersion}\": must be {kind.ApiVersion}", "apiVersion"));
        }

        kind.Schema?.Validate(value, old, context.Subresource == "status", causes, context.Warnings);
        switch (context.Subresource)
        {
            case null or "scale":
                kind.Strategy.Validate(context, value, causes);
                kind.Strategy.ValidateUpdate(context, value, old, causes);
                break;
            case "status":
                kind.Strategy.ValidateStatusUpdate(context, value, old, causes);
                break;
            case var name:
                Subresources.Find(kind, name)?.ValidateUpdate(context, value, old, causes);
                break;
        }

        if (causes.Count > 0)
        {
            throw ApiFailure.Invalid(kind.Stored.Group, kindName, context.Name, causes);
        }
    }
}
