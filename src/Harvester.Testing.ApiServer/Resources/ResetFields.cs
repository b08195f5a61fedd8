using Harvester.Testing.ApiServer.Patching.Fields;

namespace Harvester.Testing.ApiServer.Resources;

/// <summary>The fields a path does not write whatever a body says of them: nobody comes to own them through it (S-10, B-38).</summary>
internal static class ResetFields
{
    private static readonly FieldSet Status = FieldSet.Of("f:status");

    private static readonly FieldSet Spec = FieldSet.Of("f:spec");

    private static readonly FieldSet Metadata = FieldSet.Of("f:metadata");

    private static readonly FieldSet MetadataAndSpec = Metadata.Union(Spec);

    private static readonly FieldSet SpecAndStatus = Spec.Union(Status);

    private static readonly FieldSet SpecAndLabels = Spec.Union(FieldSet.Of("f:metadata", "f:labels"));

    private static readonly FieldSet PodStatus = Spec
        .Union(FieldSet.Of("f:metadata", "f:deletionTimestamp"))
        .Union(FieldSet.Of("f:metadata", "f:ownerReferences"));

    /// <summary>The fields of a path.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="subresource">The subresource; null for the object itself.</param>
    public static FieldSet? Of(ResourceKind kind, string? subresource) => (kind.Group, kind.Plural, subresource) switch
    {
        ("certificates.k8s.io", "certificatesigningrequests", not "status") => SpecAndStatus,
        (_, _, null) => kind.HasStatus ? Status : null,
        (_, _, "status") when kind.IsCustom => MetadataAndSpec,
        ("", "pods", "status") => PodStatus,
        ("apps", "deployments", "status") => SpecAndLabels,
        ("apiextensions.k8s.io" or "admissionregistration.k8s.io" or "flowcontrol.apiserver.k8s.io" or "resource.k8s.io", _, "status")
            or ("storage.k8s.io", "volumeattachments", "status") => MetadataAndSpec,
        (_, _, "status") => Spec,
        ("", "namespaces", "finalize") => Status,
        _ => null,
    };
}
