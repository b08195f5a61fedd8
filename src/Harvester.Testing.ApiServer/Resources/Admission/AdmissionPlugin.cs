using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Storage;

namespace Harvester.Testing.ApiServer.Resources.Admission;

/// <summary>One of kube-apiserver's admission plug-ins that are on by default, for built-in kinds.</summary>
internal abstract class AdmissionPlugin
{
    /// <summary>Changes an object before its kind's strategy sees it.</summary>
    /// <param name="context">The request.</param>
    /// <param name="value">The object.</param>
    /// <param name="old">The stored one; null for a create.</param>
    public virtual JsonObject Mutate(RequestContext context, JsonObject value, JsonObject? old) => value;

    /// <summary>Refuses an object that is valid in itself.</summary>
    /// <param name="context">The request.</param>
    /// <param name="value">The object as it would be stored.</param>
    /// <param name="old">The stored one; null for a create.</param>
    /// <exception cref="ApiFailure">It is refused.</exception>
    public virtual void Validate(RequestContext context, JsonObject value, JsonObject? old)
    {
    }

    /// <summary>Refuses a deletion.</summary>
    /// <param name="context">The request.</param>
    /// <param name="live">The stored object.</param>
    /// <exception cref="ApiFailure">It is refused.</exception>
    public virtual void ValidateDelete(RequestContext context, StoredRevision live)
    {
    }

    /// <summary>True when the request is about a kind.</summary>
    /// <param name="context">The request.</param>
    /// <param name="group">The API group.</param>
    /// <param name="plural">The plural name.</param>
    protected static bool Concerns(RequestContext context, string group, string plural) =>
        context.Kind.Plural == plural && context.Kind.Group == group;

    /// <summary>A refusal of the object.</summary>
    /// <param name="context">The request.</param>
    /// <param name="value">The object.</param>
    /// <param name="why">Why.</param>
    protected static ApiFailure Refusal(RequestContext context, JsonObject value, string why) =>
        ApiFailure.Forbidden(context.Kind.Resource, ObjectMetadata.Name(value), why);
}
