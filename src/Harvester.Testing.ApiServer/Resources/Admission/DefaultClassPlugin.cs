using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Storage;

namespace Harvester.Testing.ApiServer.Resources.Admission;

/// <summary>A claim or an ingress that names no class gets the one that is marked as the default; the newest of several.</summary>
/// <param name="group">The API group of what gets a class.</param>
/// <param name="plural">Its plural name.</param>
internal sealed class DefaultClassPlugin(string group, string plural) : AdmissionPlugin
{
    private static readonly GroupResource StorageClasses = new("storage.k8s.io", "storageclasses");

    private static readonly GroupResource IngressClasses = new("networking.k8s.io", "ingressclasses");

    /// <inheritdoc />
    public override JsonObject Mutate(RequestContext context, JsonObject value, JsonObject? old)
    {
        if (old is not null || !Concerns(context, group, plural))
        {
            return value;
        }

        var (classes, member, older, marks) = plural == "ingresses"
            ? (IngressClasses, "ingressClassName", "kubernetes.io/ingress.class", new[] { "ingressclass.kubernetes.io/is-default-class" })
            : (StorageClasses, "storageClassName", "volume.beta.kubernetes.io/storage-class",
                ["storageclass.kubernetes.io/is-default-class", "storageclass.beta.kubernetes.io/is-default-class"]);
        if (value.At("spec", member) is not null || value.At("metadata", "annotations", older) is not null)
        {
            return value;
        }

        var found = context.Log.State.Of(classes).Values
            .Where(stored => marks.Any(mark => stored.Object.At("metadata", "annotations", mark)?.AsString == "true"))
            .OrderByDescending(stored => stored.Object.At("metadata", "creationTimestamp")?.AsString, StringComparer.Ordinal)
            .ThenBy(stored => stored.Name, StringComparer.Ordinal)
            .FirstOrDefault();
        return found is null ? value : value.WithAt(["spec", member], found.Name);
    }
}
