using System.Buffers;
using System.Text;
using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Resources;

namespace Harvester.Testing.ApiServer.Http;

/// <summary>What the pipeline answers: a body, or a stream of watch events.</summary>
internal sealed class ApiResponse
{
    public required int StatusCode { get; init; }

    public string ContentType { get; init; } = "application/json";

    /// <summary>The body, in as many pieces as it was found in: a list consists of the texts its objects are kept with.</summary>
    public ReadOnlySequence<byte> Body { get; init; }

    /// <summary>The events to send as the body, or null for a plain answer.</summary>
    public IWatchStream? Watch { get; init; }

    /// <summary>Header names and values beside the content type; <c>Warning</c> may occur several times.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    public static ApiResponse Json(int statusCode, JsonValue body) =>
        new() { StatusCode = statusCode, Body = new(JsonText.WriteUtf8(body)) };

    /// <summary>A value of a type the server knows, in the order of the members of its Go type.</summary>
    public static ApiResponse Typed(int statusCode, JsonValue body) =>
        new() { StatusCode = statusCode, Body = new(TypedText.WriteUtf8(body)) };

    public static ApiResponse Text(int statusCode, string body) =>
        new() { StatusCode = statusCode, ContentType = "text/plain; charset=utf-8", Body = new(Encoding.UTF8.GetBytes(body)) };

    /// <summary>This answer in YAML.</summary>
    public ApiResponse ToYaml() => new()
    {
        StatusCode = StatusCode,
        ContentType = "application/yaml",
        Headers = Headers,
        Body = new(YamlWriter.WriteUtf8(JsonText.Read(Body.ToArray()))),
    };

    /// <summary>This answer with one member on each line, for people.</summary>
    public ApiResponse ToIndented() => new()
    {
        StatusCode = StatusCode,
        ContentType = ContentType,
        Headers = Headers,
        Body = new(JsonText.Indent(Body.ToArray())),
    };

    public ApiResponse With(IReadOnlyList<KeyValuePair<string, string>> headers) => headers.Count == 0
        ? this
        : new ApiResponse
        {
            StatusCode = StatusCode,
            ContentType = ContentType,
            Body = Body,
            Watch = Watch,
            Headers = [.. Headers, .. headers],
        };
}
