using System.Buffers;
using System.Globalization;
using System.Text;
using BenchmarkDotNet.Attributes;
using Harvester.Testing.ApiServer;
using Harvester.Testing.ApiServer.Http;
using Harvester.Testing.ApiServer.Json;

namespace Harvester.Benchmarks;

/// <summary>The verbs server-side, with so many objects of 2 KB stored: the cost of a request should not grow with them.</summary>
[MemoryDiagnoser]
[MedianColumn]
public class VerbBenchmarks
{
    private KubernetesApiServer _server = null!;
    private Replacement _put = null!;
    private int _count;

    /// <summary>How many objects there are.</summary>
    [Params(100, 1_000, 10_000, 20_000)]
    public int Objects { get; set; }

    /// <summary>Fills the server.</summary>
    [GlobalSetup]
    public async Task SetupAsync()
    {
        _server = await Gadgets.StartAsync(Objects);
        _put = new Replacement(_server, Gadgets.NameOf(Objects / 2));
    }

    /// <summary>GET of one object.</summary>
    [Benchmark]
    public long Get() => Gadgets.Answer(_server, "GET", $"{Gadgets.Path}/{Gadgets.NameOf(Objects / 3)}").Body.Length;

    /// <summary>PUT of one object with a change.</summary>
    [Benchmark]
    public long Put() => _put.Send();

    /// <summary>Merge patch of a status.</summary>
    [Benchmark]
    public long PatchStatus() => Gadgets.Answer(
        _server,
        "PATCH",
        $"{Gadgets.Path}/{Gadgets.NameOf(Objects / 4)}/status",
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{{\"status\":{{\"phase\":\"Ready\",\"observed\":{++_count}}}}}")),
        "application/merge-patch+json").Body.Length;

    /// <summary>POST of a new object.</summary>
    [Benchmark]
    public long Create() => Gadgets.Answer(
        _server, "POST", Gadgets.Path, Gadgets.New(string.Create(CultureInfo.InvariantCulture, $"new-{++_count}"))).Body.Length;

    /// <summary>A server of its own from the newest revision.</summary>
    [Benchmark]
    public KubernetesApiServer Fork() => _server.Fork(_server.Revision);
}

/// <summary>LIST of many objects, server-side.</summary>
[MemoryDiagnoser]
[MedianColumn]
public class ListBenchmarks
{
    private KubernetesApiServer _server = null!;

    /// <summary>How many objects there are.</summary>
    [Params(1_000, 10_000)]
    public int Objects { get; set; }

    /// <summary>Fills the server.</summary>
    [GlobalSetup]
    public async Task SetupAsync() => _server = await Gadgets.StartAsync(Objects);

    /// <summary>All objects.</summary>
    [Benchmark]
    public long List() => Gadgets.Answer(_server, "GET", Gadgets.Path).Body.Length;

    /// <summary>One page of 500.</summary>
    [Benchmark]
    public long Page() => Gadgets.Answer(_server, "GET", Gadgets.Path, query: "?limit=500").Body.Length;

    /// <summary>Those with a label.</summary>
    [Benchmark]
    public long Selected() => Gadgets.Answer(_server, "GET", Gadgets.Path, query: "?labelSelector=app%3Dnone").Body.Length;
}

/// <summary>Start, ready for the first request.</summary>
[MedianColumn]
public class StartBenchmarks
{
    /// <summary>Without a socket.</summary>
    [Benchmark]
    public async Task<long> InProcess()
    {
        await using var server = await Gadgets.StartAsync();
        return Gadgets.Answer(server, "GET", Gadgets.Path).Body.Length;
    }

    /// <summary>With an address.</summary>
    [Benchmark]
    public async Task<Uri> Kestrel()
    {
        await using var server = await Gadgets.StartAsync();
        return server.Url;
    }
}
