using System.Net.Http.Headers;
using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.Simulation;

/// <summary>A write of a child simulator.</summary>
/// <param name="Verb">create, update or patch (a merge patch).</param>
/// <param name="Kind">The kind.</param>
/// <param name="Namespace">The namespace, or null.</param>
/// <param name="Name">The name; null when creating.</param>
/// <param name="Subresource">The subresource, or null.</param>
/// <param name="Body">The body.</param>
public sealed record ChildWrite(string Verb, ChildKind Kind, string? Namespace, string? Name, string? Subresource, JsonValue Body)
{
    /// <summary>Creates an object.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="ns">The namespace, or null.</param>
    /// <param name="json">The object as JSON.</param>
    public static ChildWrite Create(ChildKind kind, string? ns, string json) => new("create", kind, ns, null, null, JsonText.Read(json));

    /// <summary>Merges into an object.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="view">The object.</param>
    /// <param name="json">The patch as JSON.</param>
    public static ChildWrite Patch(ChildKind kind, ChildView view, string json)
    {
        ArgumentNullException.ThrowIfNull(view);
        return new ChildWrite("patch", kind, view.Namespace, view.Name, null, JsonText.Read(json));
    }

    /// <summary>Merges into an object's status, through its status subresource.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="view">The object.</param>
    /// <param name="json">The new status members as JSON.</param>
    public static ChildWrite PatchStatus(ChildKind kind, ChildView view, string json)
    {
        ArgumentNullException.ThrowIfNull(view);
        return new ChildWrite("patch", kind, view.Namespace, view.Name, "status", JsonObject.Of(("status", JsonText.Read(json))));
    }

    /// <summary>Replaces an object by itself with another status, for kinds without the status subresource.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="view">The object.</param>
    /// <param name="json">The whole new status as JSON.</param>
    public static ChildWrite ReplaceWithStatus(ChildKind kind, ChildView view, string json)
    {
        ArgumentNullException.ThrowIfNull(view);
        return new ChildWrite("update", kind, view.Namespace, view.Name, null, view.Object.With("status", JsonText.Read(json)));
    }

    /// <summary>Sends the write.</summary>
    /// <param name="invoker">The way to the server.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    internal async Task<HttpResponseMessage> SendAsync(HttpMessageInvoker invoker, CancellationToken cancellationToken)
    {
        var (method, type) = Verb switch
        {
            "create" => (HttpMethod.Post, "application/json"),
            "update" => (HttpMethod.Put, "application/json"),
            "patch" => (HttpMethod.Patch, "application/merge-patch+json"),
            _ => throw new NotSupportedException($"A child simulator cannot {Verb}."),
        };
        using var request = new HttpRequestMessage(method, new Uri("http://in-process" + Kind.Path(Namespace, Name, Subresource)));
        request.Content = new ByteArrayContent(JsonText.WriteUtf8(Body));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(type);
        return await invoker.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }
}
