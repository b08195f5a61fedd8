using System.Text;
using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Tests.Http;

/// <summary>Sends plain requests to a server in process.</summary>
internal sealed class RawClient(KubernetesApiServer server, string? user = null) : IDisposable
{
    private readonly HttpClient _http = new(server.CreateHandler(user)) { BaseAddress = new Uri("http://in-process.invalid") };

    public async Task<(int Status, JsonValue Body, HttpResponseMessage Response)> SendAsync(
        string method, string path, string? body = null, string type = "application/json", string? accept = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8);
            request.Content.Headers.Remove("Content-Type");
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        if (accept is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }

        var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        JsonValue parsed = response.Content.Headers.ContentType?.MediaType == "application/json" && text.Length > 0
            ? JsonText.Read(text)
            : text;
        return ((int)response.StatusCode, parsed, response);
    }

    public void Dispose() => _http.Dispose();
}
