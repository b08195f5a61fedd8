using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources.Admission;

/// <summary>A volume or a claim in use is not to vanish: a finalizer keeps it until a controller takes it away.</summary>
internal sealed class StorageProtectionPlugin : AdmissionPlugin
{
    /// <inheritdoc />
    public override JsonObject Mutate(RequestContext context, JsonObject value, JsonObject? old)
    {
        if (old is not null || context.Kind.Group.Length > 0)
        {
            return value;
        }

        var finalizer = context.Kind.Plural switch
        {
            "persistentvolumeclaims" => "kubernetes.io/pvc-protection",
            "persistentvolumes" => "kubernetes.io/pv-protection",
            _ => null,
        };
        if (finalizer is null || ObjectMetadata.Finalizers(value).Contains(finalizer))
        {
            return value;
        }

        var finalizers = ObjectMetadata.Finalizers(value).Append(finalizer).Select(name => (JsonValue)name);
        return ObjectMetadata.WithMeta(value, "finalizers", JsonArray.Of(finalizers));
    }
}
