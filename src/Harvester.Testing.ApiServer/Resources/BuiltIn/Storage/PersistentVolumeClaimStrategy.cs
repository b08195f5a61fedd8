using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Schema;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn.Storage;

/// <summary>Claims of volumes.</summary>
internal sealed class PersistentVolumeClaimStrategy : KindStrategy
{
    private const string ClassAnnotation = "volume.beta.kubernetes.io/storage-class";

    /// <inheritdoc />
    public override JsonObject ApplyDefaults(JsonObject value) =>
        value.Edit("spec", spec => spec.Default("volumeMode", "Filesystem")).Edit("status", status => status.Default("phase", "Pending"));

    /// <inheritdoc />
    public override JsonObject PrepareForCreate(RequestContext context, JsonObject value) =>
        value.Edit("spec", WithBothSources).With("status", JsonObject.Of(("phase", "Pending")));

    /// <inheritdoc />
    public override JsonObject PrepareForUpdate(RequestContext context, JsonObject value, JsonObject old) =>
        value.Edit("spec", WithBothSources);

    /// <inheritdoc />
    public override void Validate(RequestContext context, JsonObject value, List<Cause> causes)
    {
        var errors = new FieldErrors(causes);
        var spec = value.Find("spec") as JsonObject ?? JsonObject.Empty;
        VolumeRules.CheckAccessModes(spec, "spec", "at least 1 access mode is required", errors);
        ValueForms.CheckSelector(errors, "spec.selector", spec.Find("selector"));
        var field = FieldErrors.Key("spec.resources", "storage");
        var size = spec.At("resources", "requests", "storage");
        if (size is null)
        {
            errors.Required(field);
        }
        else if (ValueForms.Amount(size) is { Sign: <= 0 })
        {
            errors.Invalid(field, size, "must be greater than zero");
        }

        VolumeRules.CheckClass(spec, "spec", errors);
        VolumeRules.CheckMode(spec, "spec", errors);
        CheckSource(spec.Find("dataSource"), "spec.dataSource", errors);
        CheckSource(spec.Find("dataSourceRef"), "spec.dataSourceRef", errors);
    }

    /// <inheritdoc />
    public override void ValidateUpdate(RequestContext context, JsonObject value, JsonObject old, List<Cause> causes)
    {
        var errors = new FieldErrors(causes);
        var now = value.Find("spec") as JsonObject ?? JsonObject.Empty;
        var before = old.Find("spec") as JsonObject ?? JsonObject.Empty;
        var frozen = before;
        if (before.Find("volumeName") is not JsonString { Value.Length: > 0 })
        {
            // Whoever binds the claim says to what.
            frozen = frozen.With("volumeName", now.Find("volumeName"));
        }

        if (!before.Has("storageClassName") && old.At("metadata", "annotations", ClassAnnotation) is null)
        {
            frozen = frozen.With("storageClassName", now.Find("storageClassName"));
        }

        var changed = now.With("volumeAttributesClassName", before.Find("volumeAttributesClassName"));
        var size = before.At("resources", "requests", "storage");
        if (old.At("status", "phase")?.AsString == "Bound" && now.At("resources", "requests") is JsonObject)
        {
            changed = changed.WithAt(["resources", "requests", "storage"], size);
        }

        if (!changed.Equals(frozen))
        {
            errors.Forbidden(
                "spec",
                "spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims\n"
                + ClaimSpecText.Difference(frozen, changed));
        }
        else if (ValueForms.Amount(now.At("resources", "requests", "storage")) is { } wanted && ValueForms.Amount(size) is { } had && wanted < had
                 && !(ValueForms.Amount(old.At("status", "capacity", "storage")) is { } capacity && wanted > capacity))
        {
            errors.Forbidden("spec.resources.requests.storage", "field can not be less than status.capacity");
        }
    }

    /// <inheritdoc />
    public override void ValidateStatusUpdate(RequestContext context, JsonObject value, JsonObject old, List<Cause> causes)
    {
        var errors = new FieldErrors(causes);
        foreach (var (resource, amount) in value.At("status", "capacity") as JsonObject ?? JsonObject.Empty)
        {
            if (ValueForms.IsNegative(amount))
            {
                errors.Invalid(FieldErrors.Key("status.capacity", resource), amount, "must be greater than or equal to 0");
            }
        }
    }

    // What a claim is filled from has two members: the old one and the one that may name another namespace.
    private static JsonObject WithBothSources(JsonObject spec)
    {
        var source = spec.Find("dataSource") as JsonObject;
        var reference = spec.Find("dataSourceRef") as JsonObject;
        if (source is not null && reference is null)
        {
            return spec.With("dataSourceRef", source);
        }

        return reference is not null && source is null && !reference.Has("namespace") ? spec.With("dataSource", reference) : spec;
    }

    private static void CheckSource(JsonValue? source, string at, FieldErrors errors)
    {
        if (source is not JsonObject)
        {
            return;
        }

        if (source["name"]?.AsString is null or "")
        {
            errors.Required(at + ".name");
        }

        var kind = source["kind"]?.AsString ?? "";
        if (kind.Length == 0)
        {
            errors.Required(at + ".kind");
        }
        else if (source["apiGroup"]?.AsString is null or "" && kind != "PersistentVolumeClaim")
        {
            errors.Invalid(at, kind, "must be 'PersistentVolumeClaim' when referencing the default apiGroup");
        }
    }
}
