using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn;

/// <summary>The form the names of a kind's objects have (B-7).</summary>
internal enum NameForm
{
    /// <summary>A DNS subdomain: most kinds.</summary>
    Subdomain,

    /// <summary>A DNS label of at most 63 characters.</summary>
    Label,

    /// <summary>Anything that can stand in a path: the kinds of RBAC.</summary>
    PathSegment,
}

/// <summary>
/// What is peculiar to a kind, called by the verbs at the place where kube-apiserver does it. What a kind does not
/// override is what most kinds do.
/// </summary>
internal abstract class KindStrategy
{
    /// <summary>The strategy of kinds without peculiarities, custom kinds among them.</summary>
    public static KindStrategy Default { get; } = new PlainStrategy();

    /// <summary>The form of the names of this kind's objects.</summary>
    public virtual NameForm Names => NameForm.Subdomain;

    /// <summary>True for a kind whose POST may bring a status (B-9).</summary>
    public virtual bool KeepsStatusOnCreate => false;

    /// <summary>True for a kind whose dependents stay when a DELETE does not say what becomes of them.</summary>
    public virtual bool OrphansByDefault => false;

    /// <summary>What a DELETE that leaves dependents behind without being asked to warns of, or null.</summary>
    public virtual string? OrphanWarning => null;

    /// <summary>Fills in what a body leaves out: runs on every decoded body and on what every patch made.</summary>
    /// <param name="value">The object as decoded; members may have any content its types allow.</param>
    public virtual JsonObject ApplyDefaults(JsonObject value) => value;

    /// <summary>Completes a new object before it is validated: status, allocation, what admission plug-ins set.</summary>
    /// <param name="context">The request.</param>
    /// <param name="value">The object, with its metadata complete.</param>
    public virtual JsonObject PrepareForCreate(RequestContext context, JsonObject value) => value;

    /// <summary>Decides what of a submitted object is taken, after the status was put back and before validation.</summary>
    /// <param name="context">The request.</param>
    /// <param name="value">The submitted object.</param>
    /// <param name="old">The stored one.</param>
    public virtual JsonObject PrepareForUpdate(RequestContext context, JsonObject value, JsonObject old) => value;

    /// <summary>Gives a valid object what only the server can give, such as an address nobody else has.</summary>
    /// <param name="context">The request.</param>
    /// <param name="value">The object, validated.</param>
    /// <param name="old">The stored one; null for a create.</param>
    /// <exception cref="ApiFailure">What the object asks for cannot be had.</exception>
    public virtual JsonObject Allocate(RequestContext context, JsonObject value, JsonObject? old) => value;

    /// <summary>Decides what of an object submitted to <c>/status</c> is taken: status, and metadata (B-10).</summary>
    /// <param name="context">The request.</param>
    /// <param name="value">The stored object with the submitted status and metadata.</param>
    /// <param name="old">The stored one.</param>
    public virtual JsonObject PrepareForStatusUpdate(RequestContext context, JsonObject value, JsonObject old) => value;

    /// <summary>Adds what is wrong with an object's values, on create and on update.</summary>
    /// <param name="context">The request.</param>
    /// <param name="value">The object as it would be stored.</param>
    /// <param name="causes">Receives the errors.</param>
    public virtual void Validate(RequestContext context, JsonObject value, List<Cause> causes)
    {
    }

    /// <summary>Adds what is wrong with a change: immutable members, transitions. Called after <see cref="Validate"/>.</summary>
    /// <param name="context">The request.</param>
    /// <param name="value">The object as it would be stored.</param>
    /// <param name="old">The stored one.</param>
    /// <param name="causes">Receives the errors.</param>
    public virtual void ValidateUpdate(RequestContext context, JsonObject value, JsonObject old, List<Cause> causes)
    {
    }

    /// <summary>Adds what is wrong with a new status.</summary>
    /// <param name="context">The request.</param>
    /// <param name="value">The object as it would be stored.</param>
    /// <param name="old">The stored one.</param>
    /// <param name="causes">Receives the errors.</param>
    public virtual void ValidateStatusUpdate(RequestContext context, JsonObject value, JsonObject old, List<Cause> causes)
    {
    }

    /// <summary>The warnings a successful create or update answers with.</summary>
    /// <param name="context">The request.</param>
    /// <param name="value">The object as it would be stored.</param>
    /// <param name="old">The stored one; null for a create.</param>
    public virtual IEnumerable<string> Warnings(RequestContext context, JsonObject value, JsonObject? old) => [];

    /// <summary>True when a change counts as a new generation: anything beside metadata and status, for most kinds.</summary>
    /// <param name="value">The object as it would be stored.</param>
    /// <param name="old">The stored one.</param>
    public virtual bool ChangesGeneration(JsonObject value, JsonObject old) =>
        !value.Without("metadata").Without("status").Equals(old.Without("metadata").Without("status"));

    /// <summary>True while something beside metadata.finalizers keeps an object that is being deleted.</summary>
    /// <param name="value">The object.</param>
    public virtual bool IsHeld(JsonObject value) => false;

    /// <summary>How many seconds an object has left after a DELETE; null for a kind that knows no graceful deletion (B-23).</summary>
    /// <param name="value">The stored object.</param>
    /// <param name="asked">The gracePeriodSeconds of the request, or null.</param>
    public virtual long? GraceSeconds(JsonObject value, long? asked) => null;

    /// <summary>
    /// What the first DELETE of an object stores and answers where that is not what it is for most kinds; null where it is.
    /// </summary>
    /// <param name="value">The object, with the finalizers the request asks for.</param>
    /// <param name="now">The time of the request.</param>
    public virtual JsonObject? MarkForDeletion(JsonObject value, DateTimeOffset now) => null;

    /// <summary>Does what follows at once from a write to an object of this kind.</summary>
    /// <param name="server">The server, with the write stored.</param>
    public virtual void AfterWrite(ServerCore server)
    {
    }

    private sealed class PlainStrategy : KindStrategy;
}
