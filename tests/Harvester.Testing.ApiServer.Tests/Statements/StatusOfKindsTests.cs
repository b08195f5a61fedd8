using System.Net;
using System.Text;

namespace Harvester.Testing.ApiServer.Tests.Statements;

/// <summary>The status path of built-in kinds that have no status.</summary>
public class StatusOfKindsTests
{
    [Theory]
    [Statement("B-13")]
    [InlineData("GET")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("POST")]
    [InlineData("DELETE")]
    public async Task A_kind_without_status_has_no_status_path(string method)
    {
        await using var server = await KubernetesApiServer.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        using var client = new HttpClient(server.CreateHandler()) { BaseAddress = new Uri("http://localhost") };
        using var request = new HttpRequestMessage(new HttpMethod(method), "/api/v1/namespaces/default/configmaps/settings/status");
        if (method is "PUT" or "POST" or "PATCH")
        {
            var type = method == "PATCH" ? "application/merge-patch+json" : "application/json";
            request.Content = new StringContent("{}", Encoding.UTF8, type);
        }

        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }
}
