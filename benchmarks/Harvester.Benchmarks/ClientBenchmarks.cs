using System.Globalization;
using System.Net;
using BenchmarkDotNet.Attributes;
using Harvester.Testing.ApiServer;
using Harvester.Testing.ApiServer.Json;
using k8s;

namespace Harvester.Benchmarks;

/// <summary>What a client sees: the official one without sockets beside its own floor, a plain one over the loopback address, watches.</summary>
[MedianColumn]
public class ClientBenchmarks
{
    private static readonly Uri Object = new($"{Gadgets.Path}/{Gadgets.NameOf(1)}", UriKind.Relative);

    private KubernetesApiServer _server = null!;
    private IKubernetes _client = null!;
    private Kubernetes _floor = null!;
    private HttpClient _http = null!;
    private JsonObject _live = null!;
    private int _count;

    /// <summary>Fills the server and makes the clients.</summary>
    [GlobalSetup]
    public async Task SetupAsync()
    {
        _server = await Gadgets.StartAsync(100);
        _client = _server.CreateClient();
        _http = new HttpClient { BaseAddress = _server.Url };
        _live = Gadgets.Send(_server, "GET", $"{Gadgets.Path}/{Gadgets.NameOf(1)}");
        _floor = new Kubernetes(
            new KubernetesClientConfiguration { Host = "http://canned.invalid/" }, new CannedHandler(JsonText.WriteUtf8(_live)));
    }

    /// <summary>The official client's GET through the message handler.</summary>
    [Benchmark]
    public Task<object> OfficialClientGet() =>
        _client.CustomObjects.GetNamespacedCustomObjectAsync("example.com", "v1", "default", "gadgets", Gadgets.NameOf(1));

    /// <summary>The same against a handler that answers always the same: what the client costs.</summary>
    [Benchmark]
    public Task<object> OfficialClientFloor() =>
        _floor.CustomObjects.GetNamespacedCustomObjectAsync("example.com", "v1", "default", "gadgets", Gadgets.NameOf(1));

    /// <summary>GET over the loopback address.</summary>
    [Benchmark]
    public async Task<int> KestrelGet() => (await _http.GetByteArrayAsync(Object)).Length;

    /// <summary>PUT over the loopback address.</summary>
    [Benchmark]
    public async Task<JsonObject> KestrelPut()
    {
        using var content = Gadgets.Content(JsonText.WriteUtf8(_live.WithAt(["spec", "size"], ++_count)));
        using var response = await _http.PutAsync(Object, content);
        response.EnsureSuccessStatusCode();
        _live = (JsonObject)JsonText.Read(await response.Content.ReadAsByteArrayAsync());
        return _live;
    }

    private sealed class CannedHandler(byte[] body) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { RequestMessage = request, Content = Gadgets.Content(body) });
    }
}

/// <summary>How long it takes until a hundred watches have seen a write.</summary>
[MedianColumn]
public class WatchBenchmarks
{
    private readonly List<StreamReader> _readers = [];
    private KubernetesApiServer _server = null!;
    private HttpClient _http = null!;
    private int _count;

    /// <summary>How many watches there are.</summary>
    [Params(1, 100)]
    public int Watchers { get; set; }

    /// <summary>Opens the watches.</summary>
    [GlobalSetup]
    public async Task SetupAsync()
    {
        _server = await Gadgets.StartAsync(100);
        _http = new HttpClient(_server.CreateHandler()) { BaseAddress = new Uri("http://in-process.invalid") };
        for (var i = 0; i < Watchers; i++)
        {
            var response = await _http.GetAsync(
                new Uri(string.Create(CultureInfo.InvariantCulture, $"{Gadgets.Path}?watch=true&resourceVersion={_server.Revision}"), UriKind.Relative),
                HttpCompletionOption.ResponseHeadersRead);
            _readers.Add(new StreamReader(await response.Content.ReadAsStreamAsync()));
        }
    }

    /// <summary>A create, and a line read from every watch.</summary>
    [Benchmark]
    public async Task WriteSeenByAll()
    {
        var lines = _readers.ConvertAll(reader => reader.ReadLineAsync());
        Gadgets.Answer(_server, "POST", Gadgets.Path, Gadgets.New(string.Create(CultureInfo.InvariantCulture, $"new-{++_count}")));
        await Task.WhenAll(lines);
    }
}

/// <summary>What 20,000 objects weigh.</summary>
internal static class MemoryOfObjects
{
    public static async Task RunAsync()
    {
        const int objects = 20_000;
        await using var server = await Gadgets.StartAsync();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < objects; i++)
        {
            Gadgets.Answer(server, "POST", Gadgets.Path, Gadgets.New(Gadgets.NameOf(i)));
        }

        var after = GC.GetTotalMemory(forceFullCollection: true);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{objects} objects: {(after - before) / 1024.0 / 1024.0:F0} MiB"));
        GC.KeepAlive(server);
    }
}
