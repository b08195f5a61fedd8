using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace Harvester.ControllerRuntime;

/// <summary>
/// Writes an object's status where the server takes it: to <c>/status</c> when discovery lists that subresource, else to the
/// object itself. Only what differs is sent, as a merge patch bound to the resourceVersion that was read: nothing else of
/// the object can be lost by it, and a status that does not differ costs no request.
/// </summary>
/// <param name="client">The client.</param>
[StatusWriter]
public sealed class StatusWriter(IKubernetes client)
{
    private readonly ConcurrentDictionary<string, IReadOnlySet<string>> resources = new(StringComparer.Ordinal);

    /// <summary>Writes the status of <paramref name="desired"/> over that of <paramref name="current"/>.</summary>
    /// <typeparam name="T">The model class.</typeparam>
    /// <param name="desired">The object with the wanted status; only its status counts.</param>
    /// <param name="current">The object as it was read; its resourceVersion is the precondition.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <returns>The object as stored, or <paramref name="current"/> when nothing differs.</returns>
    /// <exception cref="HttpOperationException">409 when the object moved on since it was read.</exception>
    public async Task<T> WriteAsync<T>(T desired, T current, CancellationToken cancellationToken = default)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        ArgumentNullException.ThrowIfNull(desired);
        ArgumentNullException.ThrowIfNull(current);
        var kind = ResourceKind.Of<T>();
        var before = StatusOf(current);
        var after = StatusOf(desired);
        if (JsonNode.DeepEquals(before, after))
        {
            return current;
        }

        var metadata = new JsonObject();
        if (current.Metadata.ResourceVersion is { } version)
        {
            metadata["resourceVersion"] = version;
        }

        if (current.Metadata.Uid is { } uid)
        {
            metadata["uid"] = uid;
        }

        var patch = new JsonObject { ["metadata"] = metadata, ["status"] = MergePatchDiff.Between(before, after) };
        var body = new V1Patch(patch.ToJsonString(), V1Patch.PatchType.MergePatch);
        if (!await HasStatusAsync(kind, cancellationToken).ConfigureAwait(false))
        {
            return await PatchMainAsync<T>(kind, body, ObjectKey.Of(current), cancellationToken).ConfigureAwait(false);
        }

        try
        {
            return await PatchStatusAsync<T>(kind, body, ObjectKey.Of(current), cancellationToken).ConfigureAwait(false);
        }
        catch (HttpOperationException missing) when (missing.Response?.StatusCode == HttpStatusCode.NotFound)
        {
            // Either the object is gone or the definition changed under us: ask discovery afresh next time.
            resources.TryRemove(kind.ApiVersion, out _);
            throw;
        }
    }

    /// <summary>Whether the server serves <c>/status</c> for a kind. Discovery is asked once per group and version.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public async Task<bool> HasStatusAsync(ResourceKind kind, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(kind);
        if (!resources.TryGetValue(kind.ApiVersion, out var names))
        {
            using var answer = await client.CustomObjects
                .GetAPIResourcesWithHttpMessagesAsync(kind.Group, kind.Version, cancellationToken: cancellationToken)
                .ConfigureAwait(false);
            names = answer.Body.Resources.Select(resource => resource.Name).ToHashSet(StringComparer.Ordinal);
            resources[kind.ApiVersion] = names;
        }

        return names.Contains($"{kind.Plural}/status");
    }

    private static JsonNode? StatusOf(object value) => JsonNode.Parse(KubernetesJson.Serialize(value))?["status"];

    private async Task<T> PatchStatusAsync<T>(ResourceKind kind, V1Patch body, ObjectKey key, CancellationToken cancellationToken)
    {
        using var response = key.Namespace.Length == 0
            ? await client.CustomObjects.PatchClusterCustomObjectStatusWithHttpMessagesAsync<T>(
                body, kind.Group, kind.Version, kind.Plural, key.Name, cancellationToken: cancellationToken).ConfigureAwait(false)
            : await client.CustomObjects.PatchNamespacedCustomObjectStatusWithHttpMessagesAsync<T>(
                body, kind.Group, kind.Version, key.Namespace, kind.Plural, key.Name, cancellationToken: cancellationToken).ConfigureAwait(false);
        return response.Body;
    }

    private async Task<T> PatchMainAsync<T>(ResourceKind kind, V1Patch body, ObjectKey key, CancellationToken cancellationToken)
    {
        using var response = key.Namespace.Length == 0
            ? await client.CustomObjects.PatchClusterCustomObjectWithHttpMessagesAsync<T>(
                body, kind.Group, kind.Version, kind.Plural, key.Name, cancellationToken: cancellationToken).ConfigureAwait(false)
            : await client.CustomObjects.PatchNamespacedCustomObjectWithHttpMessagesAsync<T>(
                body, kind.Group, kind.Version, key.Namespace, kind.Plural, key.Name, cancellationToken: cancellationToken).ConfigureAwait(false);
        return response.Body;
    }
}
