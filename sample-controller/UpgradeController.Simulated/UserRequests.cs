using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Harvester.Samples.UpgradeApi;
using Harvester.Testing.ApiServer;
using k8s;
using k8s.Models;

namespace Harvester.Samples.UpgradeController.Simulated;

/// <summary>Requests of users and of programs that know nothing of the controller, as the server gets them.</summary>
public static class UserRequests
{
    /// <summary>A full-object PUT by somebody whose copy has no status and no metadata of the server but the version.</summary>
    public static Task<HttpResponseMessage> PutWithoutStatusAsync(KubernetesApiServer server, Upgrade seen, bool keepFinalizers = false)
    {
        ArgumentNullException.ThrowIfNull(seen);
        var metadata = new JsonObject
        {
            ["name"] = seen.Name(),
            ["namespace"] = seen.Namespace(),
            ["resourceVersion"] = seen.ResourceVersion(),
            ["labels"] = Map(seen.Labels()),
            ["annotations"] = Map(seen.Annotations()),
        };
        if (seen.Metadata.GenerateName is { } prefix)
        {
            metadata["generateName"] = prefix;
        }

        if (keepFinalizers)
        {
            metadata["finalizers"] = new JsonArray([.. (seen.Finalizers() ?? []).Select(name => (JsonNode)name)]);
        }

        var body = new JsonObject
        {
            ["apiVersion"] = seen.ApiVersion,
            ["kind"] = seen.Kind,
            ["metadata"] = metadata,
            ["spec"] = JsonNode.Parse(KubernetesJson.Serialize(seen.Spec)),
        };
        return SendAsync(server, HttpMethod.Put, seen, null, "application/json", body);
    }

    /// <summary>A merge patch of the whole text given, to the object or to a subresource of it.</summary>
    public static Task<HttpResponseMessage> MergePatchAsync(KubernetesApiServer server, Upgrade target, string patch) =>
        SendAsync(server, HttpMethod.Patch, target, null, "application/merge-patch+json", JsonNode.Parse(patch)!);

    /// <summary>A PUT to <c>/status</c> of an object without one: the subresource protects from others, not from this.</summary>
    public static Task<HttpResponseMessage> PutEmptyStatusAsync(KubernetesApiServer server, Upgrade seen)
    {
        ArgumentNullException.ThrowIfNull(seen);
        var body = new JsonObject
        {
            ["apiVersion"] = seen.ApiVersion,
            ["kind"] = seen.Kind,
            ["metadata"] = new JsonObject { ["name"] = seen.Name(), ["namespace"] = seen.Namespace(), ["resourceVersion"] = seen.ResourceVersion() },
            ["spec"] = JsonNode.Parse(KubernetesJson.Serialize(seen.Spec)),
        };
        return SendAsync(server, HttpMethod.Put, seen, "status", "application/json", body);
    }

    private static JsonObject Map(IDictionary<string, string>? values) =>
        new((values ?? new Dictionary<string, string>()).Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)entry.Value)));

    private static async Task<HttpResponseMessage> SendAsync(
        KubernetesApiServer server, HttpMethod method, Upgrade target, string? subresource, string mediaType, JsonNode body)
    {
        ArgumentNullException.ThrowIfNull(server);
        using var invoker = new HttpMessageInvoker(server.CreateHandler("user"));
        var path = $"/apis/harvesterhci.io/v1beta1/namespaces/{target.Namespace()}/upgrades/{target.Name()}{(subresource is null ? "" : "/" + subresource)}";
        using var request = new HttpRequestMessage(method, new Uri("http://in-process" + path));
        request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        var response = await invoker.SendAsync(request, CancellationToken.None);
        if (!response.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"{method} {path}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        }

        return response;
    }
}
