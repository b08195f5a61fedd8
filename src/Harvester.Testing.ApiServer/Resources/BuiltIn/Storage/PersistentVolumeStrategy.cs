using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn.Storage;

/// <summary>Volumes.</summary>
internal sealed class PersistentVolumeStrategy : KindStrategy
{
    // What says where a volume is, and what is filled in when it says only half of it.
    private static readonly Dictionary<string, (string Member, JsonValue Value)[]> Sources = new()
    {
        ["awsElasticBlockStore"] = [],
        ["azureDisk"] = [("cachingMode", "ReadWrite"), ("fsType", "ext4"), ("kind", "Shared"), ("readOnly", false)],
        ["azureFile"] = [],
        ["cephfs"] = [],
        ["cinder"] = [],
        ["csi"] = [],
        ["fc"] = [],
        ["flexVolume"] = [],
        ["flocker"] = [],
        ["gcePersistentDisk"] = [],
        ["glusterfs"] = [],
        ["hostPath"] = [("type", "")],
        ["iscsi"] = [("iscsiInterface", "default")],
        ["local"] = [],
        ["nfs"] = [],
        ["photonPersistentDisk"] = [],
        ["portworxVolume"] = [],
        ["quobyte"] = [],
        ["rbd"] = [("keyring", "/etc/ceph/keyring"), ("pool", "rbd"), ("user", "admin")],
        ["scaleIO"] = [("fsType", "xfs"), ("storageMode", "ThinProvisioned")],
        ["storageos"] = [],
        ["vsphereVolume"] = [],
    };

    /// <inheritdoc />
    public override JsonObject ApplyDefaults(JsonObject value) => value
        .Edit("spec", spec =>
        {
            spec = spec.Default("persistentVolumeReclaimPolicy", "Retain").Default("volumeMode", "Filesystem");
            foreach (var (source, defaults) in Sources)
            {
                foreach (var (member, filled) in defaults)
                {
                    spec = spec.Edit(source, found => found.Default(member, filled));
                }
            }

            return spec;
        })
        .Edit("status", status => status.Default("phase", "Pending"));

    /// <inheritdoc />
    public override JsonObject PrepareForCreate(RequestContext context, JsonObject value) => value.With("status", JsonObject.Of(
        ("phase", "Pending"),
        ("lastPhaseTransitionTime", ObjectMetadata.Timestamp(context.Server.Now))));

    /// <inheritdoc />
    public override JsonObject PrepareForStatusUpdate(RequestContext context, JsonObject value, JsonObject old)
    {
        if (Equals(value.At("status", "phase"), old.At("status", "phase")))
        {
            return value;
        }

        var time = value.At("status", "lastPhaseTransitionTime");
        return time is null || time.Equals(old.At("status", "lastPhaseTransitionTime"))
            ? value.WithAt(["status", "lastPhaseTransitionTime"], ObjectMetadata.Timestamp(context.Server.Now))
            : value;
    }

    /// <inheritdoc />
    public override void Validate(RequestContext context, JsonObject value, List<Cause> causes)
    {
        var errors = new FieldErrors(causes);
        var spec = value.Find("spec") as JsonObject ?? JsonObject.Empty;
        VolumeRules.CheckAccessModes(spec, "spec", "", errors);
        var capacity = spec.Find("capacity") as JsonObject;
        if (capacity is not { Count: > 0 })
        {
            errors.Required("spec.capacity");
        }

        if (capacity?.Find("storage") is null || capacity.Count > 1)
        {
            errors.NotSupported("spec.capacity", capacity, "storage");
        }

        foreach (var (resource, amount) in capacity ?? JsonObject.Empty)
        {
            if (ValueForms.Amount(amount) is { Sign: <= 0 })
            {
                errors.Invalid(FieldErrors.Key("spec.capacity", resource), amount, "must be greater than zero");
            }
        }

        errors.OneOf("spec.persistentVolumeReclaimPolicy", spec.Find("persistentVolumeReclaimPolicy")?.AsString ?? "", "Delete", "Recycle", "Retain");
        CheckSource(spec, errors);
        VolumeRules.CheckClass(spec, "spec", errors);
        VolumeRules.CheckMode(spec, "spec", errors);
    }

    /// <inheritdoc />
    public override void ValidateUpdate(RequestContext context, JsonObject value, JsonObject old, List<Cause> causes)
    {
        var errors = new FieldErrors(causes);
        foreach (var source in Sources.Keys)
        {
            if (!Equals(value.At("spec", source), old.At("spec", source)))
            {
                errors.Forbidden("spec.persistentvolumesource", "spec.persistentvolumesource is immutable after creation");
                break;
            }
        }

        errors.Immutable("spec.volumeMode", value.At("spec", "volumeMode"), old.At("spec", "volumeMode"));
        if (old.At("spec", "nodeAffinity") is { } affinity && !affinity.Equals(value.At("spec", "nodeAffinity")))
        {
            errors.Invalid("spec.nodeAffinity", value.At("spec", "nodeAffinity"), "field is immutable, except for updating from beta label to GA");
        }
    }

    private static void CheckSource(JsonObject spec, FieldErrors errors)
    {
        var found = Sources.Keys.Where(spec.Has).ToList();
        if (found.Count == 0)
        {
            errors.Required("spec", "must specify a volume type");
        }

        foreach (var more in found.Skip(1))
        {
            errors.Forbidden("spec." + more, "may not specify more than 1 volume type");
        }

        Text("hostPath", "path");
        Text("nfs", "server");
        Text("nfs", "path");
        Text("local", "path");
        Text("csi", "driver");
        Text("csi", "volumeHandle");
        if (spec.Has("local") && !spec.Has("nodeAffinity"))
        {
            errors.Required("spec.nodeAffinity", "Local volume requires node affinity");
        }

        if (spec.At("hostPath", "path")?.AsString == "/" && spec.Find("persistentVolumeReclaimPolicy")?.AsString == "Recycle")
        {
            errors.Forbidden("spec.persistentVolumeReclaimPolicy", "may not be 'recycle' for a hostPath mount of '/'");
        }

        void Text(string source, string member)
        {
            if (spec.Has(source) && spec.At(source, member)?.AsString is null or "")
            {
                errors.Required($"spec.{source}.{member}");
            }
        }
    }
}
