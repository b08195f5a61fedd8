using Harvester.Testing.ApiServer.Resources.BuiltIn.Core;
using Harvester.Testing.ApiServer.Resources.BuiltIn.Extension;
using Harvester.Testing.ApiServer.Resources.BuiltIn.Pods;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn;

/// <summary>The subresources of built-in kinds beside status and scale.</summary>
internal static class Subresources
{
    /// <summary>The subresource of a kind, or null when the kind has none of that name.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="name">The subresource's name.</param>
    public static Subresource? Find(ResourceKind kind, string name) => (kind.Group, kind.Plural, name) switch
    {
        ("", "pods", "log" or "exec" or "attach" or "portforward" or "proxy")
            or ("", "services" or "nodes", "proxy") => new StreamedSubresource(name),
        ("", "pods", "binding") => new BindingSubresource(),
        ("", "pods", "eviction") => new EvictionSubresource(),
        ("", "pods", "ephemeralcontainers") => new EphemeralContainersSubresource(),
        ("", "pods", "resize") => new ResizeSubresource(),
        ("", "namespaces", "finalize") => new FinalizeSubresource(),
        ("certificates.k8s.io", "certificatesigningrequests", "approval") => new ApprovalSubresource(),
        ("", "serviceaccounts", "token") => new TokenSubresource(),
        _ => null,
    };
}
