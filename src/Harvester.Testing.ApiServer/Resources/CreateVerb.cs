using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Resources.Admission;
using Harvester.Testing.ApiServer.Resources.BuiltIn;
using Harvester.Testing.ApiServer.Storage;

namespace Harvester.Testing.ApiServer.Resources;

/// <summary>POST to a collection (statements C-1 to C-22).</summary>
internal static class CreateVerb
{
    public const int NameAttempts = 8;

    private const int GeneratedPrefixLimit = 58;

    public static readonly GroupResource Namespaces = new("", "namespaces");

    public static JsonObject Run(RequestContext context)
    {
        context.ReadWriteOptions("CreateOptions");
        var value = ObjectDecoding.Read(context);
        return Insert(context, value);
    }

    /// <summary>Stores a decoded object that must not exist yet.</summary>
    public static JsonObject Insert(RequestContext context, JsonObject value) => Insert(context, value, isTracked: false);

    /// <summary>The same for an object whose managed fields already say who owns it.</summary>
    public static JsonObject InsertTracked(RequestContext context, JsonObject value) => Insert(context, value, isTracked: true);

    private static JsonObject Insert(RequestContext context, JsonObject value, bool isTracked)
    {
        var kind = context.Kind;
        var server = context.Server;

        // C-10
        value = MatchNamespace(context, value);

        // The path of a create may carry a name (the recorded case methods/post-name); the body decides.
        CheckNamespace(context, ObjectMetadata.Name(value));

        // C-3, C-4, C-5: what the server sets is wiped first. The version is the client's mistake, if it is a number.
        var version = value.At("metadata", "resourceVersion")?.AsString;
        var metadata = new JsonObject.Builder((JsonObject)value.Find("metadata")!)
        {
            ["uid"] = null,
            ["creationTimestamp"] = ObjectMetadata.Timestamp(server.Now),
            ["deletionTimestamp"] = null,
            ["deletionGracePeriodSeconds"] = null,
            ["resourceVersion"] = null,
        };
        if (kind.HasGeneration)
        {
            metadata["generation"] = 1;
        }

        // C-6
        var prefix = metadata["generateName"]?.AsString;
        var generated = metadata["name"] is null && prefix is not null;
        if (generated)
        {
            metadata["name"] = FreeName(context, prefix!);
        }

        // The log names the object also when its creation is refused.
        var name = metadata["name"]?.AsString ?? "";
        context.CreatedName = name;
        metadata["uid"] = context.IsDryRun
            ? server.NewDryRunUid(kind.Resource, context.Namespace, name)
            : server.NewUid(kind.Resource, context.Namespace, name);
        value = value.With("metadata", metadata.Build());

        value = isTracked ? value : FieldTracking.Created(context, value);

        // C-2
        if (kind.HasStatus && !kind.Strategy.KeepsStatusOnCreate)
        {
            value = value.With("status", kind.IsCustom ? null : ModelSchema.EmptyStatus(kind));
        }

        if (!kind.IsCustom)
        {
            value = AdmissionPlugins.Mutate(context, value, null);
        }

        value = kind.Strategy.PrepareForCreate(context, value);
        var warnings = new List<string>();
        value = ObjectMetadataRules.Tidy(value, null, kind, warnings);
        Validate(context, value);
        context.Warnings.AddRange(warnings);
        context.Warnings.AddRange(kind.Strategy.Warnings(context, value, null));
        value = kind.Strategy.Allocate(context, value, null);
        if (!kind.IsCustom)
        {
            AdmissionPlugins.Validate(context, value, null);
        }

        // C-5; a dry run does not get as far as the store, which would refuse it.
        if (context.IsDryRun)
        {
            value = ObjectMetadata.WithMeta(value, "resourceVersion", version is null ? null : (JsonValue)version);
        }
        else if (version is not null && ulong.TryParse(version, out var number) && number != 0)
        {
            throw ApiFailure.Internal("resourceVersion should not be set on objects to be created");
        }

        // C-7, C-8
        if (context.Log.State.Find(kind.Stored, context.Namespace, name) is { } existing)
        {
            if (prefix is not null)
            {
                throw ApiFailure.NameNotFree(kind.Resource, name);
            }

            throw ApiFailure.AlreadyExists(
                kind.Resource,
                name,
                ObjectMetadata.IsBeingDeleted(existing.Object) ? "object is being deleted: " : "");
        }

        // the answer shows the object before what follows from it.
        var created = context.Store(ChangeType.Added, value);
        if (!context.IsDryRun)
        {
            kind.Strategy.AfterWrite(server);
        }

        return created;
    }

    /// <summary>Fills in the namespace of the path, or refuses another one (C-10).</summary>
    public static JsonObject MatchNamespace(RequestContext context, JsonObject value)
    {
        var inBody = value.At("metadata", "namespace")?.AsString ?? "";
        if (!context.Kind.Namespaced)
        {
            // A namespace in the body of a cluster-scoped object means nothing.
            return inBody.Length == 0 ? value : ObjectMetadata.WithMeta(value, "namespace", null);
        }

        if (inBody.Length == 0)
        {
            return ObjectMetadata.WithMeta(value, "namespace", context.Namespace);
        }

        return inBody == context.Namespace
            ? value
            : throw ApiFailure.BadRequest("the namespace of the provided object does not match the namespace sent on the request");
    }

    private static void Validate(RequestContext context, JsonObject value)
    {
        var kind = context.Kind;
        var causes = new List<Cause>();
        ObjectMetadataRules.Validate(value, kind, causes);
        var kindName = value.Find("kind")?.AsString ?? kind.Kind;
        if (kindName != kind.Kind)
        {
            // C-12
            causes.Add(new Cause("FieldValueInvalid", $"Invalid value: \"{kindName}\": must be {kind.Kind}", "kind"));
        }

        kind.Schema?.Validate(value, null, statusOnly: false, causes);
        kind.Strategy.Validate(context, value, causes);
        if (causes.Count > 0)
        {
            throw ApiFailure.Invalid(kind.Stored.Group, kindName, ObjectMetadata.Name(value), causes);
        }
    }

    // C-15
    private static void CheckNamespace(RequestContext context, string name)
    {
        if (!context.Kind.Namespaced)
        {
            return;
        }

        var ns = context.Log.State.Find(Namespaces, null, context.Namespace)
            ?? throw ApiFailure.NotFound(Namespaces, context.Namespace);
        if (ObjectMetadata.IsBeingDeleted(ns.Object))
        {
            throw ApiFailure.Forbidden(
                context.Kind.Resource,
                name,
                $"unable to create new content in namespace {context.Namespace} because it is being terminated",
                JsonArray.Of(JsonObject.Of(
                    ("reason", "NamespaceTerminating"),
                    ("message", $"namespace {context.Namespace} is being terminated"),
                    ("field", "metadata.namespace"))));
        }
    }

    private static string FreeName(RequestContext context, string prefix)
    {
        var start = prefix.Length > GeneratedPrefixLimit ? prefix[..GeneratedPrefixLimit] : prefix;
        var name = "";
        for (var attempt = 0; attempt < NameAttempts; attempt++)
        {
            name = start + context.Server.NameSuffix(context.Kind.Resource, context.Namespace, start, attempt);
            if (context.Log.State.Find(context.Kind.Stored, context.Namespace, name) is null)
            {
                break;
            }
        }

        return name;
    }
}
