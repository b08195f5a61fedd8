using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Tests.Http;

namespace Harvester.Testing.ApiServer.Tests.Resources.BuiltIn;

/// <summary>A server of its own and requests to it, for tests of built-in kinds. Bodies may use single quotes.</summary>
internal sealed class KindClient : IAsyncDisposable
{
    public const string Core = "/api/v1/namespaces/default/";

    private readonly KubernetesApiServer _server;
    private readonly RawClient _client;

    private KindClient(KubernetesApiServer server)
    {
        _server = server;
        _client = new RawClient(server);
    }

    public static async Task<KindClient> StartAsync() =>
        new(await KubernetesApiServer.StartAsync(cancellationToken: TestContext.Current.CancellationToken));

    public async Task<JsonValue> CreateAsync(string path, string body)
    {
        var (status, answer, _) = await SendAsync("POST", path, body);
        Assert.True(status == 201, answer.ToString());
        return answer;
    }

    public async Task<JsonValue> PutAsync(string path, string body)
    {
        var (status, answer, _) = await SendAsync("PUT", path, body);
        Assert.True(status == 200, answer.ToString());
        return answer;
    }

    public async Task<JsonValue> MergeAsync(string path, string body)
    {
        var (status, answer, _) = await SendAsync("PATCH", path, body, "application/merge-patch+json");
        Assert.True(status == 200, answer.ToString());
        return answer;
    }

    public async Task<JsonValue> GetAsync(string path)
    {
        var (status, answer, _) = await SendAsync("GET", path);
        Assert.True(status == 200, answer.ToString());
        return answer;
    }

    /// <summary>The causes of a 422: <c>field reason</c>, in order.</summary>
    public async Task<string[]> CausesAsync(string method, string path, string body)
    {
        var (status, answer, _) = await SendAsync(method, path, body, method == "PATCH" ? "application/merge-patch+json" : "application/json");
        Assert.True(status == 422, answer.ToString());
        return [.. ((JsonArray)answer.At("details", "causes")!)
            .Select(cause => $"{cause["field"]?.AsString} {cause["reason"]?.AsString}")
            .Order(StringComparer.Ordinal)];
    }

    /// <summary>The message of a 403.</summary>
    public async Task<string> RefusalAsync(string method, string path, string? body = null)
    {
        var (status, answer, _) = await SendAsync(method, path, body, method == "PATCH" ? "application/merge-patch+json" : "application/json");
        Assert.True(status == 403, answer.ToString());
        return answer["message"]?.AsString ?? "";
    }

    public async Task<string[][]> TableAsync(string path)
    {
        var (status, table, _) = await _client.SendAsync("GET", path, accept: "application/json;as=Table;v=v1;g=meta.k8s.io");
        Assert.True(status == 200, table.ToString());
        var columns = ((JsonArray)table["columnDefinitions"]!).Select(column => column["name"]!.AsString!).ToArray();
        var rows = ((JsonArray)table["rows"]!).Select(row => ((JsonArray)row["cells"]!)
            .Select(cell => cell.AsString ?? cell.ToString()).ToArray());
        return [columns, .. rows];
    }

    public Task<(int Status, JsonValue Body, HttpResponseMessage Response)> SendAsync(
        string method, string path, string? body = null, string type = "application/json") =>
        _client.SendAsync(method, path, body?.Replace('\'', '"'), type);

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }
}
