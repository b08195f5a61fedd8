using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Patching.Fields;
using k8s.Models;

namespace Harvester.Testing.ApiServer.Resources;

/// <summary>
/// GET, PUT and PATCH of <c>/scale</c>: an object of its own kind that shows the replicas of another and writes nothing
/// else of it (X-2, B-24, B-38).
/// </summary>
internal static class ScaleVerb
{
    private const string ApiVersion = "autoscaling/v1";

    // What the replicas of a custom resource that has none are while a write is worked out.
    private const long Unset = int.MinValue;

    private static readonly FieldSet Replicas = FieldSet.Of("f:spec", "f:replicas");

    private static readonly ResourceKind Kind = new()
    {
        Group = "autoscaling",
        Version = "v1",
        Plural = "scales",
        Kind = "Scale",
        Namespaced = true,
        HasStatus = false,
        Model = typeof(V1Scale),
    };

    /// <summary>GET.</summary>
    public static JsonObject Get(RequestContext context)
    {
        var live = context.RequireLive();
        context.Before = live;
        context.After = live;
        var value = Reading.Converted(live, context.Kind);
        var paths = ScalePaths.Of(context.Kind);
        return paths.ReplicasOf(value) is null && context.Kind.IsCustom
            ? throw ApiFailure.InternalError($"the spec replicas field {Schema.GoText.Quote(paths.SpecText)} does not exist")
            : Show(value, paths);
    }

    /// <summary>PUT.</summary>
    public static JsonObject Update(RequestContext context)
    {
        context.ReadWriteOptions("UpdateOptions");
        var asking = context.As(Kind);
        JsonObject scale;
        try
        {
            scale = ObjectDecoding.Read(asking);
        }
        catch (ApiFailure failure) when (failure.Code == 400 && context.Kind.IsCustom)
        {
            // What kube-apiserver reads custom resources with does not know the kind it expects here.
            throw ApiFailure.BadRequest("no kind is registered for the type v1.Scale in scheme \"pkg/runtime/scheme.go:111\"");
        }

        UpdateVerb.MatchName(context, scale);
        scale = CreateVerb.MatchNamespace(context, scale);
        return Commit(context, (old, manager, managed) =>
        {
            UpdateVerb.MatchUid(context, context.RequireLive(), scale);
            return Track(old, scale, manager, managed, context);
        });
    }

    /// <summary>PATCH of every type; the options were read.</summary>
    public static JsonObject Patch(RequestContext context, string type)
    {
        var asking = context.As(Kind);
        return Commit(context, (old, manager, managed) =>
        {
            if (type == PatchVerb.Apply)
            {
                return Apply(old, manager, managed, context);
            }

            // A client sees the managed fields of the scale alone, as a patch may.
            var current = ObjectMetadata.WithMeta(old, "managedFields", managed?.ToJson());
            var scale = PatchVerb.Patched(asking, type, current);
            UpdateVerb.MatchName(context, scale);
            return Track(old, CreateVerb.MatchNamespace(context, scale), manager, managed, context);
        });
    }

    private static (JsonObject, ManagedFields?) Apply(
        JsonObject old, FieldManager manager, ManagedFields? managed, RequestContext context)
    {
        var document = ApplyDocument.Read(context.Request.Body);
        ApplyVerb.CheckType(context, document.Value, ApiVersion, "Scale");
        var wire = managed?.ToJson();
        if (wire is null)
        {
            if (context.Kind.IsCustom)
            {
                throw ApiFailure.Internal(
                    "failed to create manager for existing fields: failed to convert live object (/; autoscaling/v1, Kind=Scale) to proper version: "
                    + $"request to convert CR to an invalid group/version: {ApiVersion}");
            }

            wire = FieldTracking.BeforeFirstApply(manager, JsonObject.Of(("apiVersion", ApiVersion), ("kind", "Scale")), old);
        }

        var outcome = ApplyVerb.Merge(manager, ObjectTypes.Scale, old, wire, document.Value, context);
        if (outcome.IsChanged && context.Kind.IsCustom)
        {
            // kube-apiserver takes the merged scale for a custom resource.
            var name = $"{document.Value.At("metadata", "namespace")?.AsString}/{ObjectMetadata.Name(document.Value)}";
            throw ApiFailure.Internal(
                $"failed to convert new object ({name}; {ApiVersion}, Kind=Scale) to proper version: "
                + $"request to convert CR to an invalid group/version: {ApiVersion}");
        }

        document.ReportDuplicates(context);
        UpdateVerb.MatchName(context, outcome.Value);
        return (outcome.Value, ManagedFields.Read(outcome.ManagedFields));
    }

    private static (JsonObject, ManagedFields?) Track(
        JsonObject old, JsonObject scale, FieldManager manager, ManagedFields? managed, RequestContext context)
    {
        scale = ObjectMetadata.WithMeta(scale, "managedFields", null);
        if (managed is { IsEmpty: false })
        {
            manager.Update(old, scale, managed, context.FieldManager);
        }

        return (scale, managed);
    }

    private static JsonObject Commit(
        RequestContext context,
        Func<JsonObject, FieldManager, ManagedFields?, (JsonObject Scale, ManagedFields? Managed)> change)
    {
        var live = context.RequireLive();
        var value = Reading.Converted(live, context.Kind);
        var paths = ScalePaths.Of(context.Kind);
        var old = Show(value, paths, Unset);
        var parent = ManagedFields.Read(FieldTracking.ManagedOf(value)) ?? ManagedFields.Empty;
        var manager = new FieldManager
        {
            ApiVersion = ApiVersion,
            Subresource = "scale",
            Types = ScaleVersions.Instance,
            Now = ObjectMetadata.Timestamp(context.Server.Now),
        };
        var (scale, managed) = change(old, manager, ToScale(parent, context.Kind));
        var replicas = scale.At("spec", "replicas")?.AsInteger ?? 0;
        if (replicas == Unset && context.Kind.IsCustom)
        {
            throw ApiFailure.BadRequest($"the spec replicas field {Schema.GoText.Quote(paths.SpecText)} cannot be empty");
        }

        if (replicas < 0 && !context.Kind.IsCustom)
        {
            throw ApiFailure.Invalid(
                "autoscaling",
                "Scale",
                context.Name,
                [new Cause("FieldValueInvalid", $"Invalid value: {replicas}: must be greater than or equal to 0", "spec.replicas")]);
        }

        var scaled = value.WithAt(paths.Spec, replicas);
        if (context.Kind.IsCustom)
        {
            // Replicas may bring an object with defaults of its own into being.
            scaled = ObjectDecoding.Applied(scaled, context);
        }

        if (scale.At("metadata", "resourceVersion")?.AsString is { Length: > 0 } version)
        {
            scaled = ObjectMetadata.WithMeta(scaled, "resourceVersion", version);
        }

        scaled = ObjectMetadata.WithMeta(scaled, "managedFields", ToParent(parent, managed, context.Kind).ToJson());
        return Show(UpdateVerb.CommitTracked(context, live, scaled), paths);
    }

    private static JsonObject Show(JsonObject value, ScalePaths paths, long? absent = null)
    {
        var replicas = paths.ReplicasOf(value) ?? (absent is { } unset && paths.IsCustom ? unset : 0);
        return JsonObject.Of(
            ("apiVersion", ApiVersion),
            ("kind", "Scale"),
            ("metadata", JsonObject.Of(
                ("name", value.At("metadata", "name")),
                ("namespace", value.At("metadata", "namespace")),
                ("uid", value.At("metadata", "uid")),
                ("resourceVersion", value.At("metadata", "resourceVersion")),
                ("creationTimestamp", value.At("metadata", "creationTimestamp")))),
            ("spec", replicas == 0 ? JsonObject.Empty : JsonObject.Of(("replicas", replicas))),
            ("status", JsonObject.Of(
                ("replicas", paths.StatusReplicasOf(value) ?? 0),
                ("selector", paths.SelectorOf(value) is { Length: > 0 } selector ? (JsonValue)selector : null))));
    }

    // Who owns the replicas of the object owns those of its scale.
    private static ManagedFields ToScale(ManagedFields parent, ResourceKind kind)
    {
        var managed = ManagedFields.Empty;
        foreach (var entry in parent.Entries)
        {
            if (ScalePaths.ElementsOf(kind, entry.ApiVersion) is { } path && entry.Fields.Has(path))
            {
                managed[entry.Key] = entry with { ApiVersion = ApiVersion, Fields = Replicas };
            }
        }

        return managed;
    }

    private static ManagedFields ToParent(ManagedFields parent, ManagedFields? scale, ResourceKind kind)
    {
        var managed = ManagedFields.Empty;
        var left = (scale ?? ManagedFields.Empty).Entries.ToDictionary(entry => entry.Key);
        foreach (var entry in parent.Entries)
        {
            if (!ScalePaths.IsKnown(kind, entry.ApiVersion))
            {
                continue;
            }

            if (ScalePaths.ElementsOf(kind, entry.ApiVersion) is not { } path || !entry.Fields.Has(path) || left.Remove(entry.Key))
            {
                managed[entry.Key] = entry;
                continue;
            }

            // The scale has taken the replicas over.
            var fields = entry.Fields.Difference(FieldSet.Of(path));
            managed[entry.Key] = fields.IsEmpty ? null : entry with { Fields = fields };
        }

        foreach (var (key, entry) in left)
        {
            if (entry.Fields.Has("f:spec", "f:replicas") && ScalePaths.ElementsOf(kind, kind.ApiVersion) is { } path)
            {
                managed[key] = new ManagedEntry(key, kind.ApiVersion, FieldSet.Of(path), parent[key]?.Time);
            }
        }

        return managed;
    }

    private sealed class ScaleVersions : IVersionedTypes
    {
        public static ScaleVersions Instance { get; } = new();

        public FieldType? Find(string apiVersion) => apiVersion == ApiVersion ? ObjectTypes.Scale : null;
    }
}
