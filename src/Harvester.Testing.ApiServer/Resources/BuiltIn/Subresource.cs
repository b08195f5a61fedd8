using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn;

/// <summary>A path below an object that is neither its status nor its scale.</summary>
internal abstract class Subresource
{
    /// <summary>The verbs it understands, as discovery names them; others are 405.</summary>
    public abstract IReadOnlyList<string> Verbs { get; }

    /// <summary>The answer of a POST that has nothing to show.</summary>
    protected static JsonObject Created { get; } = JsonObject.Of(
        ("kind", "Status"), ("apiVersion", "v1"), ("metadata", JsonObject.Empty), ("status", "Success"), ("code", 201));

    /// <summary>POST.</summary>
    /// <param name="context">The request.</param>
    /// <returns>The body of a 201.</returns>
    public virtual JsonObject Create(RequestContext context) => throw ApiFailure.MethodNotAllowed("create", context.Kind.Resource);

    /// <summary>PUT and PATCH of an object through this path: what of it is taken; everything else stays as stored.</summary>
    /// <param name="context">The request.</param>
    /// <param name="value">The submitted object.</param>
    /// <param name="old">The stored one.</param>
    public virtual JsonObject PrepareForUpdate(RequestContext context, JsonObject value, JsonObject old) => old;

    /// <summary>Adds what is wrong with a change made through this path.</summary>
    /// <param name="context">The request.</param>
    /// <param name="value">The object as it would be stored.</param>
    /// <param name="old">The stored one.</param>
    /// <param name="causes">Receives the errors.</param>
    public virtual void ValidateUpdate(RequestContext context, JsonObject value, JsonObject old, List<Cause> causes)
    {
    }
}
