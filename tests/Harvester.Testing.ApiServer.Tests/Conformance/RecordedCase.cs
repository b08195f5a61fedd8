using System.IO.Compression;
using System.Text.Json.Nodes;

namespace Harvester.Testing.ApiServer.Tests.Conformance;

/// <summary>A sequence of requests and what kube-apiserver answered to each.</summary>
internal sealed class RecordedCase
{
    private RecordedCase(JsonObject document)
    {
        Name = document["name"]!.GetValue<string>();
        Definitions = [.. (document["crds"] as JsonArray ?? []).Select(c => c!.GetValue<string>())];
        Namespaced = document["namespaced"]?.GetValue<bool>() ?? true;
        Steps = [.. document["steps"]!.AsArray().Select(s => s!.AsObject())];
        Answers = document["recorded"]!.AsArray().ToDictionary(a => a!["id"]!.GetValue<string>(), a => a!.AsObject());
    }

    public string Name { get; }

    public IReadOnlyList<string> Definitions { get; }

    public bool Namespaced { get; }

    public IReadOnlyList<JsonObject> Steps { get; }

    public IReadOnlyDictionary<string, JsonObject> Answers { get; }

    /// <summary>The folder with the recordings and definitions that come with the tests.</summary>
    public static string Folder => Path.Combine(AppContext.BaseDirectory, "Conformance");

    public static IEnumerable<RecordedCase> Read(string file)
    {
        using Stream stream = file.EndsWith(".gz", StringComparison.Ordinal)
            ? new GZipStream(File.OpenRead(file), CompressionMode.Decompress)
            : File.OpenRead(file);
        var document = JsonNode.Parse(stream)!;
        return document is JsonArray several
            ? [.. several.Select(c => new RecordedCase(c!.AsObject()))]
            : [new RecordedCase(document.AsObject())];
    }
}
