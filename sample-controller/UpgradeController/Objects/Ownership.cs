using Harvester.Samples.UpgradeApi;
using k8s;
using k8s.Models;

namespace Harvester.Samples.UpgradeController;

/// <summary>Whose child an object is: told by uid, since a name can be used again.</summary>
public static class Ownership
{
    public static V1OwnerReference Reference(CustomResource owner) => new()
    {
        ApiVersion = owner.ApiVersion,
        Kind = owner.Kind,
        Name = owner.Name(),
        Uid = owner.Uid(),
    };

    /// <summary>The stamp on every child: an owner reference can be stripped, and does not reach other namespaces.</summary>
    public static string Stamp(CustomResource owner) => $"{owner.Uid()}/1";

    /// <summary>True when the object was made for this owner: stamped with its uid, or owned by it.</summary>
    public static bool IsOf(IMetadata<V1ObjectMeta> child, string ownerUid) =>
        child.GetAnnotation(AnnotationMarker.Key) is { } stamp
            ? stamp.Split('/')[0] == ownerUid
            : child.OwnerReferences()?.Any(reference => reference.Uid == ownerUid) == true;
}

/// <summary>An object with the name of one of ours belongs to somebody else. Going on would mix two upgrades.</summary>
public sealed class ForeignObjectException(string message) : Exception(message);
