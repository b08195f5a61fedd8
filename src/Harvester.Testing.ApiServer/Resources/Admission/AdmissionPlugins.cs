using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Storage;

namespace Harvester.Testing.ApiServer.Resources.Admission;

/// <summary>The admission plug-ins, in the order they are asked.</summary>
internal static class AdmissionPlugins
{
    private static readonly AdmissionPlugin[] All =
    [
        new NamespaceLifecyclePlugin(),
        new LimitRangerPlugin(),
        new NodeTaintPlugin(),
        new PriorityPlugin(),
        new DefaultTolerationsPlugin(),
        new RuntimeClassPlugin(),
        new DefaultClassPlugin("", "persistentvolumeclaims"),
        new DefaultClassPlugin("networking.k8s.io", "ingresses"),
        new StorageProtectionPlugin(),
        new ClaimResizePlugin(),
        new CertificateSignerPlugin(),
        new CertificateSubjectPlugin(),
    ];

    /// <inheritdoc cref="AdmissionPlugin.Mutate" />
    public static JsonObject Mutate(RequestContext context, JsonObject value, JsonObject? old)
    {
        foreach (var plugin in All)
        {
            value = plugin.Mutate(context, value, old);
        }

        return value;
    }

    /// <inheritdoc cref="AdmissionPlugin.Validate" />
    public static void Validate(RequestContext context, JsonObject value, JsonObject? old)
    {
        foreach (var plugin in All)
        {
            plugin.Validate(context, value, old);
        }
    }

    /// <inheritdoc cref="AdmissionPlugin.ValidateDelete" />
    public static void ValidateDelete(RequestContext context, StoredRevision live)
    {
        foreach (var plugin in All)
        {
            plugin.ValidateDelete(context, live);
        }
    }
}
