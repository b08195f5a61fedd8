using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Tests.Storage;

public sealed class HistoryLimitTests
{
    private const int Writes = 500;
    private const string Path = "/api/v1/namespaces/default/configmaps/counter";
    private static readonly CancellationToken None = TestContext.Current.CancellationToken;

    [Fact]
    public async Task WhatIsOlderThanTheLimitIsTooOldAndLetGo()
    {
        await using var server = await KubernetesApiServer.StartAsync(options => options.HistoryLimit = 20, None);
        var oldest = server.Revision;
        using var client = await WriteAsync(server);

        Assert.InRange(server.History("configmaps", "default", "counter").Count, 20, Writes / 2);
        using var expired = await client.GetAsync(List(oldest), None);
        Assert.Equal(HttpStatusCode.Gone, expired.StatusCode);
        using var kept = await client.GetAsync(List(server.Revision - 20), None);
        var list = JsonText.Read(await kept.Content.ReadAsByteArrayAsync(None));
        Assert.Equal(
            Text(Writes - 20), ((JsonArray)list["items"]!)[0].At("data", "n")?.AsString);
    }

    [Fact]
    public async Task WithoutALimitAllIsKept()
    {
        await using var server = await KubernetesApiServer.StartAsync(cancellationToken: None);
        using var client = await WriteAsync(server);

        Assert.Equal(Writes + 1, server.History("configmaps", "default", "counter").Count);
    }

    [Fact]
    public void ALimitIsPositive() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new KubernetesApiServerOptions { HistoryLimit = 0 });

    // A new object, and then so many changes of it.
    private static async Task<HttpClient> WriteAsync(KubernetesApiServer server)
    {
        var client = new HttpClient(server.CreateHandler()) { BaseAddress = new Uri("http://in-process.invalid") };
        using var created = await client.PostAsJsonAsync(
            Path[..Path.LastIndexOf('/')], new { apiVersion = "v1", kind = "ConfigMap", metadata = new { name = "counter" } }, None);
        created.EnsureSuccessStatusCode();
        for (var i = 1; i <= Writes; i++)
        {
            using var patch = new StringContent($$$"""{"data":{"n":"{{{Text(i)}}}"}}""", Encoding.UTF8, "application/merge-patch+json");
            using var answer = await client.PatchAsync(new Uri(Path, UriKind.Relative), patch, None);
            answer.EnsureSuccessStatusCode();
        }

        return client;
    }

    private static Uri List(long revision) =>
        new($"/api/v1/namespaces/default/configmaps?resourceVersionMatch=Exact&resourceVersion={Text(revision)}&fieldSelector=metadata.name%3Dcounter", UriKind.Relative);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
