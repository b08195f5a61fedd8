using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn.Pods;

/// <summary>The defaults of a pod's volumes.</summary>
internal static class VolumeDefaults
{
    private const int ReadableByAll = 420;

    /// <summary>Fills in a volume.</summary>
    /// <param name="volume">The volume.</param>
    public static JsonObject Apply(JsonObject volume)
    {
        // One member is the name; a volume without a source is an empty directory.
        if (volume.Count == 0 || (volume.Count == 1 && volume.Has("name")))
        {
            return volume.With("emptyDir", JsonObject.Empty);
        }

        return volume
            .Edit("configMap", Mode)
            .Edit("secret", Mode)
            .Edit("downwardAPI", api => Mode(api).EditItems("items", Item))
            .Edit("projected", projected => Mode(projected).EditItems("sources", Source))
            .Edit("hostPath", path => path.Default("type", ""))
            .Edit("iscsi", disk => disk.Default("iscsiInterface", "default"))
            .Edit("image", image => image.Has("pullPolicy")
                ? image
                : image.With("pullPolicy", PodSpecDefaults.PullPolicy(image.Find("reference")?.AsString ?? "")))
            .Edit("ephemeral", ephemeral => ephemeral.Edit("volumeClaimTemplate", template => template.Edit("spec", Claim)))
            .Edit("rbd", disk => disk.Default("pool", "rbd").Default("user", "admin").Default("keyring", "/etc/ceph/keyring"))
            .Edit("azureDisk", disk => disk
                .Default("cachingMode", "ReadWrite")
                .Default("fsType", "ext4")
                .Default("kind", "Shared")
                .Default("readOnly", false))
            .Edit("scaleIO", disk => disk.Default("storageMode", "ThinProvisioned").Default("fsType", "xfs"));
    }

    /// <summary>The defaults of a claim's spec.</summary>
    /// <param name="spec">The spec.</param>
    public static JsonObject Claim(JsonObject spec) => spec.Default("volumeMode", "Filesystem");

    /// <summary>The defaults of a reference to one of the pod's own fields.</summary>
    /// <param name="reference">The reference.</param>
    public static JsonObject FieldRef(JsonObject reference) => reference.Default("apiVersion", "v1");

    private static JsonObject Mode(JsonObject source) => source.Default("defaultMode", ReadableByAll);

    private static JsonObject Item(JsonObject item) => item.Edit("fieldRef", FieldRef);

    private static JsonObject Source(JsonObject source) => source
        .Edit("serviceAccountToken", token => token.Default("expirationSeconds", 3600))
        .Edit("downwardAPI", api => api.EditItems("items", Item));
}
