using Harvester.Testing.ApiServer.Storage;

namespace Harvester.Testing.ApiServer.Resources.Admission;

/// <summary>Keeps the namespaces without which there is no cluster (B-34). What a namespace may hold is the create verb's matter.</summary>
internal sealed class NamespaceLifecyclePlugin : AdmissionPlugin
{
    /// <inheritdoc />
    public override void ValidateDelete(RequestContext context, StoredRevision live)
    {
        if (Concerns(context, "", "namespaces") && live.Name is "default" or "kube-system" or "kube-public"
            && live.Resource == CreateVerb.Namespaces)
        {
            throw ApiFailure.Forbidden(context.Kind.Resource, live.Name, "this namespace may not be deleted");
        }
    }
}
