using System.Text.Json;
using Harvester.Testing.ApiServer.Http.OpenApi;
using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Resources;
using Harvester.Testing.ApiServer.Schema.Models;
using k8s.Models;

namespace Harvester.Testing.ApiServer.Http.Protobuf;

/// <summary>
/// Bodies as typed Go clients send them: four bytes of their own, an envelope that names the kind, and the object as a
/// protocol buffer. They are turned into JSON where they come in, so that nothing behind knows of them.
/// </summary>
internal static class ProtobufBody
{
    private const string MediaType = "application/vnd.kubernetes.protobuf";

    // Kinds that are bodies without being resources.
    private static readonly Dictionary<string, Type> Others = new(StringComparer.Ordinal)
    {
        ["Eviction"] = typeof(V1Eviction),
        ["Scale"] = typeof(V1Scale),
        ["TokenRequest"] = typeof(Authenticationv1TokenRequest),
        ["DeleteOptions"] = typeof(V1DeleteOptions),
        ["Binding"] = typeof(V1Binding),
    };

    private static ReadOnlySpan<byte> Magic => "k8s\0"u8;

    /// <summary>The request with its body as JSON; the same request when its body is none of these.</summary>
    /// <exception cref="ApiFailure">The body cannot be read.</exception>
    public static ApiRequest ToJson(ApiRequest request)
    {
        if (!ObjectDecoding.MediaType(request.ContentType).Equals(MediaType, StringComparison.OrdinalIgnoreCase)
            || (request.Body.IsEmpty && request.Method == "DELETE") || request.Body.Length > ObjectDecoding.BodyLimit)
        {
            return request;
        }

        var value = Read(request.Body.Span);
        return request with { ContentType = "application/json", Body = JsonText.WriteUtf8(value), Parsed = null };
    }

    private static JsonObject Read(ReadOnlySpan<byte> body)
    {
        if (!body.StartsWith(Magic))
        {
            throw ApiFailure.BadRequest("provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]");
        }

        try
        {
            var apiVersion = "";
            var kind = "";
            ReadOnlySpan<byte> raw = default;
            var envelope = new WireReader(body[Magic.Length..]);
            while (envelope.Read())
            {
                if (envelope.Field == 1)
                {
                    var type = new WireReader(envelope.Bytes);
                    while (type.Read())
                    {
                        if (type.Field == 1)
                        {
                            apiVersion = type.Text;
                        }
                        else if (type.Field == 2)
                        {
                            kind = type.Text;
                        }
                    }
                }
                else if (envelope.Field == 2)
                {
                    raw = envelope.Bytes;
                }
            }

            if (ModelOf(apiVersion, kind) is not { } model)
            {
                throw ApiFailure.BadRequest($"no kind \"{kind}\" is registered for version \"{apiVersion}\" in scheme \"the protobuf bodies of built-in kinds\"");
            }

            return ((JsonObject)MessageReading.Read(ModelTypes.Structure(model), raw))
                .With("apiVersion", apiVersion)
                .With("kind", kind);
        }
        catch (Exception failure) when (failure is FormatException or JsonException)
        {
            throw ApiFailure.BadRequest($"the body is no protobuf message of a built-in kind: {failure.Message}");
        }
    }

    private static Type? ModelOf(string apiVersion, string kind)
    {
        foreach (var one in BuiltInKinds.All)
        {
            if (one.Kind == kind && one.ApiVersion == apiVersion)
            {
                return one.Model;
            }
        }

        return Others.GetValueOrDefault(kind);
    }
}
