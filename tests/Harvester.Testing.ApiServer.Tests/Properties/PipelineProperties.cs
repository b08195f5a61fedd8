using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Tests.Http;
using Harvester.Testing.ApiServer.Tests.Statements;

namespace Harvester.Testing.ApiServer.Tests.Properties;

/// <summary>
/// What holds whatever clients do. Each run reads a random string of bytes as a sequence of requests; HARVESTER_FUZZ_COUNT
/// sets how many sequences, HARVESTER_FUZZ_SEED repeats a run.
/// </summary>
public sealed class PipelineProperties(ITestOutputHelper output)
{
    private const int DefaultCount = 15;

    private static readonly string[] Bodies =
    [
        "", "{", "null", "[]", "\"x\"", "{}", """{"spec":{"n":-1}}""", """{"spec":{"n":"x"}}""", """{"spec":null}""",
        """{"metadata":{"labels":{"a":1}}}""", """{"metadata":{"finalizers":["example.com/f"]}}""", """{"metadata":{"finalizers":null}}""",
        """{"metadata":{"resourceVersion":"1"}}""", """{"metadata":null}""", """{"kind":null}""", """{"spec":{"n":5.0,"x":{"y":[1,null]}}}""",
        """[{"op":"add","path":"/spec/x","value":1}]""", """[{"op":"remove","path":"/spec"}]""", """[{"op":"test","path":"/a/b","value":null}]""",
        """[{"op":"copy","from":"/spec","path":"/spec/y"}]""", """[{"op":"move","from":"/spec/n","path":"/metadata/labels"}]""",
    ];

    private static readonly string[] Types =
    [
        "application/json", "application/merge-patch+json", "application/json-patch+json", "application/apply-patch+yaml",
        "application/strategic-merge-patch+json", "application/yaml", "text/plain", "",
    ];

    private static readonly string[] Queries =
    [
        "", "?dryRun=All", "?fieldValidation=Strict", "?fieldManager=me", "?force=true&fieldManager=you", "?propagationPolicy=Foreground",
        "?propagationPolicy=Orphan", "?limit=1", "?labelSelector=a%3D1", "?resourceVersion=0", "?resourceVersion=999999", "?dryRun=no",
    ];

    [Fact]
    [Statement("W-3")]
    [Statement("G-2")]
    public void EverySequenceOfRequestsKeepsTheHistory()
    {
        var seed = ulong.TryParse(Environment.GetEnvironmentVariable("HARVESTER_FUZZ_SEED"), out var given)
            ? given
            : (ulong)Random.Shared.NextInt64();
        var count = int.TryParse(Environment.GetEnvironmentVariable("HARVESTER_FUZZ_COUNT"), out var asked) ? asked : DefaultCount;
        output.WriteLine($"HARVESTER_FUZZ_SEED={seed} HARVESTER_FUZZ_COUNT={count}");
        var sequences = ArbMap.Default.ArbFor<byte[]>().Generator.Resize(120).Where(bytes => bytes.Length > 8);
        Prop.ForAll(sequences.ToArbitrary(), bytes => Holds(bytes)).Check(
            Config.QuickThrowOnFailure.WithMaxTest(count).WithReplay(seed, seed | 1));
    }

    [Fact]
    [Statement("U-3")]
    public async Task SixteenWritersLoseNoUpdate()
    {
        const int writers = 16;
        const int each = 25;
        await using var server = await Gadgets.StartAsync();
        using var first = new RawClient(server);
        await first.SendAsync("POST", Gadgets.Path, Gadgets.New("counter", """{"n":0}"""));
        await Task.WhenAll(Enumerable.Range(0, writers).Select(_ => Task.Run(async () =>
        {
            using var client = new RawClient(server);
            for (var done = 0; done < each;)
            {
                var live = (JsonObject)(await client.SendAsync("GET", Gadgets.Path + "/counter")).Body;
                var next = live.WithAt(["spec", "n"], live.At("spec", "n")!.AsInteger! + 1);
                var answer = await client.SendAsync("PUT", Gadgets.Path + "/counter", next.ToString());
                Assert.True(answer.Status is 200 or 409);
                done += answer.Status == 200 ? 1 : 0;
            }
        })));
        var last = (await first.SendAsync("GET", Gadgets.Path + "/counter")).Body;
        Assert.Equal(writers * each, last.At("spec", "n")?.AsInteger);
        Assert.Equal((writers * each) + 1, server.History("gadgets", "default", "counter").Count);
    }

    private static void Holds(byte[] bytes)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        HoldsAsync(bytes).WaitAsync(limit.Token).GetAwaiter().GetResult();
    }

    private static async Task HoldsAsync(byte[] bytes)
    {
        await using var server = await Gadgets.StartAsync();
        using var client = new RawClient(server);
        var start = server.Revision;
        using var http = new HttpClient(server.CreateHandler()) { BaseAddress = new Uri("http://in-process.invalid") };
        using var watch = await http.GetAsync(
            new Uri($"{Gadgets.Path}?watch=true&resourceVersion={start}", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        var known = new Dictionary<long, string>();
        for (var i = 0; i + 3 < bytes.Length; i += 4)
        {
            var before = server.Revision;
            var (method, path, body, type) = Request(bytes.AsSpan(i, 4));
            var answer = await client.SendAsync(method, path, body, type);
            Assert.InRange(answer.Status, 200, 504);
            if (answer.Status == 500)
            {
                // The 500s kube-apiserver gives have no reason and do not speak of an internal error.
                Assert.DoesNotContain("Internal error occurred", answer.Body["message"]?.AsString, StringComparison.Ordinal);
            }

            Assert.True(server.Revision >= before);
            foreach (var revision in server.RevisionsAfter("example.com", "gadgets", start))
            {
                var text = revision.Object.ToString();
                Assert.Equal(known.GetValueOrDefault(revision.ResourceVersion, text), text);
                known[revision.ResourceVersion] = text;
            }
        }

        var written = server.RevisionsAfter("example.com", "gadgets", start);
        Assert.Equal(written.Select(revision => revision.ResourceVersion).Order(), written.Select(revision => revision.ResourceVersion));
        using var reader = new StreamReader(await watch.Content.ReadAsStreamAsync(), Encoding.UTF8);
        foreach (var revision in written)
        {
            var line = JsonText.Read((await reader.ReadLineAsync())!);
            Assert.Equal(revision.Type.ToString().ToUpperInvariant(), line["type"]?.AsString);
            Assert.Equal(
                revision.ResourceVersion.ToString(CultureInfo.InvariantCulture), line.At("object", "metadata", "resourceVersion")?.AsString);
            Assert.Equal(revision.Object, line["object"]);
        }
    }

    private static (string Method, string Path, string? Body, string Type) Request(ReadOnlySpan<byte> bytes)
    {
        var name = "g" + (bytes[1] % 3);
        var query = Queries[bytes[2] % Queries.Length];
        var full = Gadgets.New(name, $$"""{"n":{{bytes[3]}}}""");
        var odd = Bodies[bytes[3] % Bodies.Length];
        return (bytes[0] % 12) switch
        {
            0 or 1 => ("POST", Gadgets.Path + query, full, "application/json"),
            2 => ("PUT", $"{Gadgets.Path}/{name}{query}", full, "application/json"),
            3 => ("PATCH", $"{Gadgets.Path}/{name}{query}", $$$"""{"spec":{"n":{{{bytes[3]}}}}}""", "application/merge-patch+json"),
            4 => ("PATCH", $"{Gadgets.Path}/{name}{query}", odd, Types[bytes[1] % Types.Length]),
            5 => ("PATCH", $"{Gadgets.Path}/{name}/status{query}", $$$"""{"status":{"x":{{{bytes[3]}}}}}""", "application/merge-patch+json"),
            6 => ("PATCH", $"{Gadgets.Path}/{name}{query}", full, "application/apply-patch+yaml"),
            7 => ("DELETE", $"{Gadgets.Path}/{name}{query}", null, "application/json"),
            8 => ("DELETE", Gadgets.Path + query, null, "application/json"),
            9 => ("GET", (bytes[1] % 2 == 0 ? Gadgets.Path : $"{Gadgets.Path}/{name}") + query, null, "application/json"),
            10 => ("POST", Gadgets.Path + query, odd, Types[bytes[1] % Types.Length]),
            _ => ("PUT", $"{Gadgets.Path}/{name}{query}", odd, Types[bytes[1] % Types.Length]),
        };
    }
}
