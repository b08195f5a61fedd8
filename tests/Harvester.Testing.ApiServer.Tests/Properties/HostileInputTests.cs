using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Harvester.Testing.ApiServer.Tests.Http;
using Harvester.Testing.ApiServer.Tests.Statements;

namespace Harvester.Testing.ApiServer.Tests.Properties;

/// <summary>Input made to harm: the right answer, in bounded time, and the server goes on.</summary>
public sealed class HostileInputTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(20);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(9_000, 201)]
    [InlineData(10_003, 400)]
    [InlineData(1_000_000, 400)]
    [Statement("C-17")]
    public async Task DeepBodiesAreTakenUpToTheLimit(int depth, int status)
    {
        var spec = "{\"deep\":" + new string('[', depth - 3) + new string(']', depth - 3) + "}";
        await ExpectAsync("POST", Gadgets.Path, Gadgets.New("deep", spec), status);
    }

    [Fact]
    [Statement("C-17")]
    public async Task ADeepObjectIsReadListedPatchedAndDeleted()
    {
        await using var server = await Gadgets.StartAsync();
        using var client = new RawClient(server);
        var spec = string.Concat(Enumerable.Repeat("{\"a\":", 9_000)) + "1" + new string('}', 9_000);
        Assert.Equal(201, (await client.SendAsync("POST", Gadgets.Path, Gadgets.New("deep", spec))).Status);
        Assert.Equal(200, (await client.SendAsync("GET", Gadgets.Path + "/deep")).Status);
        Assert.Equal(200, (await client.SendAsync("GET", Gadgets.Path)).Status);
        Assert.Equal(200, (await client.SendAsync(
            "PATCH", Gadgets.Path + "/deep", """{"metadata":{"labels":{"a":"b"}}}""", "application/merge-patch+json")).Status);
        Assert.Equal(200, (await client.SendAsync("DELETE", Gadgets.Path + "/deep")).Status);
    }

    [Fact]
    public async Task AliasBombsAreRefused()
    {
        var bomb = new StringBuilder("apiVersion: example.com/v1\nkind: Gadget\nmetadata: {name: bomb}\nspec:\n  a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (var i = 1; i < 12; i++)
        {
            bomb.Append(System.Globalization.CultureInfo.InvariantCulture, $"  a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n");
        }

        await ExpectAsync("POST", Gadgets.Path, bomb.ToString(), 400, "application/yaml");
    }

    [Theory]
    [InlineData("- ", 200_000)]
    [InlineData("[", 200_000)]
    [InlineData("{a: ", 100_000)]
    [InlineData("? ", 200_000)]
    public async Task DeepYamlIsRefused(string level, int times) => await ExpectAsync(
        "POST", Gadgets.Path, string.Concat(Enumerable.Repeat(level, times)), 400, "application/yaml");

    [Theory]
    [InlineData("""{"n":1e400}""", 400)]
    [InlineData("""{"n":-1e400}""", 400)]
    [InlineData("""{"n":123456789012345678901234567890}""", 422)]
    [InlineData("""{"n":9223372036854775807}""", 201)]
    [InlineData("""{"n":1,"text":"\ud800"}""", 201)]
    [InlineData("""{"n":1,"text":"\ud800\udc00 \udc00\ud800"}""", 201)]
    [InlineData("""{"n":1,}""", 400)]
    [InlineData("""{"n":01}""", 400)]
    [InlineData("""{"n":NaN}""", 400)]
    public async Task OddNumbersAndTextsAreAnswered(string spec, int status) =>
        await ExpectAsync("POST", Gadgets.Path, Gadgets.New("odd", spec), status);

    [Fact]
    public async Task WhatIsNoUtf8IsReplaced()
    {
        await using var server = await Gadgets.StartAsync();
        using var http = new HttpClient(server.CreateHandler()) { BaseAddress = new Uri("http://in-process.invalid") };
        byte[] body = [.. Encoding.UTF8.GetBytes(Gadgets.New("utf", "{\"text\":\"")[..^1]), 0xff, 0xc0, 0x80, .. "\"}}"u8];
        using var content = new ByteArrayContent(body);
        content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        using var response = await http.PostAsync(new Uri(Gadgets.Path, UriKind.Relative), content, Cancel);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Contains('\ufffd', await response.Content.ReadAsStringAsync(Cancel));
    }

    [Fact]
    [Statement("V-5")]
    public async Task MembersGivenTwiceAreRefusedWhenAsked()
    {
        var body = Gadgets.New("twice", """{"n":1,"n":2}""");
        await ExpectAsync("POST", Gadgets.Path + "?fieldValidation=Strict", body, 400);
        await ExpectAsync("POST", Gadgets.Path + "?fieldValidation=Ignore", body, 201);
    }

    [Fact]
    [Statement("P-5")]
    public async Task PatchesHaveBounds()
    {
        const string type = "application/json-patch+json";
        await ExpectAsync("PATCH", Gadgets.Path + "/a", Operations(10_001, """{"op":"test","path":"/spec/n","value":1}"""), 413, type);
        await ExpectAsync("PATCH", Gadgets.Path + "/a", Operations(10_000, """{"op":"test","path":"/spec/n","value":1}"""), 200, type);

        // Each copy doubles the document.
        var copies = Enumerable.Range(0, 60).Select(i => $$"""{"op":"copy","from":"/spec","path":"/spec/x{{i}}"}""");
        await ExpectAsync("PATCH", Gadgets.Path + "/a", $"[{string.Join(",", copies)}]", 422, type);
        await ExpectAsync("PATCH", Gadgets.Path + "/a", Operations(10_000, """{"op":"add","path":"/spec/list/0","value":1}"""), 200, type);
    }

    [Fact]
    [Statement("C-17")]
    public async Task LargeBodiesAreRefused()
    {
        await ExpectAsync("POST", Gadgets.Path, Gadgets.New("big", $$"""{"x":"{{new string('x', 3 * 1024 * 1024)}}"}"""), 413);
        await ExpectAsync("POST", Gadgets.Path, Gadgets.New("big", $$"""{"x":"{{new string('x', 2 * 1024 * 1024)}}"}"""), 500);
        await ExpectAsync("POST", Gadgets.Path, Gadgets.New("big", $$"""{"x":"{{new string('x', 1024 * 1024)}}"}"""), 201);
    }

    [Fact]
    public async Task ABodyOfManyMembersInTheWorstOrderTakesNoQuadraticTime()
    {
        var spec = "{" + string.Join(",", Enumerable.Range(0, 100_000).Select(i => $"\"k{999_999 - i}\":1")) + "}";

        // With the ownership of each member it is more than the store takes.
        await ExpectAsync("POST", Gadgets.Path, Gadgets.New("wide", spec), 500);
    }

    [Theory]
    [InlineData("labelSelector=%00%ff")]
    [InlineData("labelSelector=a%20in%20(((((((")]
    [InlineData("labelSelector=,,,,")]
    [InlineData("labelSelector=a%3E9999999999999999999999999")]
    [InlineData("fieldSelector=%5C%5C%5C")]
    [InlineData("fieldSelector=spec.n%3D1")]
    [InlineData("continue=%25%25%25")]
    [InlineData("continue=eyJ2IjoibWV0YS5rOHMuaW8vdjEiLCJydiI6InRleHQifQ")]
    [InlineData("limit=99999999999999999999")]
    [InlineData("limit=x")]
    [InlineData("timeoutSeconds=1e3")]
    [InlineData("resourceVersion=-1")]
    public async Task NoiseInQueriesIsABadRequest(string query) => await ExpectAsync("GET", $"{Gadgets.Path}?{query}", null, 400);

    [Fact]
    public async Task ConnectionsThatStopHalfwayHoldUpNobody()
    {
        await using var server = await Gadgets.StartAsync();
        var sockets = new List<TcpClient>();
        for (var i = 0; i < 20; i++)
        {
            var socket = new TcpClient();
            await socket.ConnectAsync(server.Url.Host, server.Url.Port, Cancel);
            await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
                $"POST {Gadgets.Path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{{\"apiVersion\":"), Cancel);
            if (i % 2 == 0)
            {
                socket.Client.Shutdown(SocketShutdown.Send);
            }

            sockets.Add(socket);
        }

        using var client = new HttpClient { BaseAddress = server.Url, Timeout = Bound };
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri(Gadgets.Path, UriKind.Relative), Cancel)).StatusCode);
        sockets.ForEach(socket => socket.Dispose());
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri(Gadgets.Path, UriKind.Relative), Cancel)).StatusCode);
    }

    [Fact]
    [Statement("W-11")]
    public async Task AReaderThatDoesNotReadHoldsUpNobody()
    {
        await using var server = await Gadgets.StartAsync();
        using var socket = new TcpClient { ReceiveBufferSize = 1024 };
        await socket.ConnectAsync(server.Url.Host, server.Url.Port, Cancel);
        await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"GET {Gadgets.Path}?watch=true HTTP/1.1\r\nHost: x\r\n\r\n"), Cancel);
        using var client = new RawClient(server);
        var text = new string('x', 500_000);
        for (var i = 0; i < 60; i++)
        {
            Assert.Equal(201, (await client.SendAsync("POST", Gadgets.Path, Gadgets.New($"big-{i}", $$"""{"x":"{{text}}"}"""))).Status);
        }
    }

    private static string Operations(int count, string operation) => "[" + string.Join(",", Enumerable.Repeat(operation, count)) + "]";

    private static async Task ExpectAsync(string method, string path, string? body, int status, string type = "application/json")
    {
        await using var server = await Gadgets.StartAsync();
        using var client = new RawClient(server);
        await client.SendAsync("POST", Gadgets.Path, Gadgets.New("a", """{"n":1,"list":[]}"""));
        var watch = Stopwatch.StartNew();
        var answer = await client.SendAsync(method, path, body, type);
        Assert.True(answer.Status == status, $"{answer.Status}: {answer.Body.ToString()[..Math.Min(500, answer.Body.ToString().Length)]}");
        Assert.True(watch.Elapsed < Bound, $"It took {watch.Elapsed}.");

        // And the server goes on.
        Assert.Equal(200, (await client.SendAsync("GET", Gadgets.Path + "/a")).Status);
    }
}
