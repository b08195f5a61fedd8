using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Resources;
using Harvester.Testing.ApiServer.Storage;

namespace Harvester.Testing.ApiServer.Http.OpenApi;

/// <summary>
/// The OpenAPI documents: version 3 one a group and version, version 2 all in one. Those of the built-in kinds are made once
/// per process, those of custom kinds once per state of the definitions.
/// </summary>
internal sealed class OpenApiDocuments(ServerCore server)
{
    private const string GnosticTwo = "application/com.github.proto-openapi.spec.v2@v1.0+protobuf";

    // The name clients ask by is no well-formed media type; the answer carries one.
    private const string GnosticTwoAnswer = "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";

    private static readonly ConcurrentDictionary<string, Document> BuiltIn = new();

    private static readonly Lazy<(JsonObject Paths, JsonObject Definitions)> BuiltInTwo = new(() =>
    {
        var (paths, definitions) = Write(BuiltInKinds.All, SchemaForm.Two);
        return (paths, definitions);
    });

    private static readonly ConditionalWeakTable<object, Dictionary<string, Document>> Custom = [];

    private static readonly ConditionalWeakTable<object, Lazy<Document>> Two = [];

    private static readonly ConditionalWeakTable<Document, Lazy<Document>> Gnostic = [];

    private ObjectTree Definitions => server.Log.State.Of(CustomKinds.Definitions);

    /// <summary>The answer to a path below <c>/openapi</c>, or null when there is no such path.</summary>
    public ApiResponse? TryAnswer(ApiRequest request, string path)
    {
        if (path == "/openapi/v2")
        {
            return AnswerTwo(request);
        }

        if (path == "/openapi/v3")
        {
            return new ApiResponse { StatusCode = 200, ContentType = "text/plain; charset=utf-8", Body = new(Index()) };
        }

        if (!path.StartsWith("/openapi/v3/", StringComparison.Ordinal))
        {
            return null;
        }

        return Find(path["/openapi/v3/".Length..]) is { } document
            ? Answer(request, document, "application/json")
            : new ApiResponse { StatusCode = 404, ContentType = "" };
    }

    private ApiResponse AnswerTwo(ApiRequest request)
    {
        var definitions = Definitions;
        var document = Two.GetValue(definitions, _ => new Lazy<Document>(() => WriteTwo(definitions))).Value;
        foreach (var part in (request.Accept ?? "*/*").Split(','))
        {
            switch (part.Split(';')[0].Trim())
            {
                case GnosticTwo or GnosticTwoAnswer:
                    var encoded = Gnostic.GetValue(
                        document, static json => new Lazy<Document>(() => new Document(GnosticText.Write((JsonObject)JsonText.Read(json.Body)))));
                    return Answer(request, encoded.Value, GnosticTwoAnswer);
                case "application/json" or "*/*" or "application/*":
                    return Answer(request, document, "application/json");
            }
        }

        return new ApiResponse { StatusCode = 406, ContentType = "" };
    }

    private static ApiResponse Answer(ApiRequest request, Document document, string type)
    {
        var asked = request.Query.Find("hash");
        var headers = new List<KeyValuePair<string, string>> { new("Etag", $"\"{document.Hash}\""), new("Vary", "Accept") };
        if (asked is { Length: > 0 } && asked != document.Hash)
        {
            headers.Add(new("Location", $"{request.Path}?hash={document.Hash}"));
            return new ApiResponse { StatusCode = 301, ContentType = "", Headers = headers };
        }

        if (asked is { Length: > 0 })
        {
            headers.Add(new("Cache-Control", "public, immutable"));
        }

        return request.IfNoneMatch?.Contains(document.Hash, StringComparison.Ordinal) == true
            ? new ApiResponse { StatusCode = 304, ContentType = "", Headers = headers }
            : new ApiResponse { StatusCode = 200, ContentType = type, Body = new(document.Body), Headers = headers };
    }

    private Document? Find(string name)
    {
        if (KindsOf(name) is { Count: > 0 } kinds)
        {
            return BuiltIn.GetOrAdd(name, static (_, kinds) => WriteThree(kinds, "Kubernetes"), kinds);
        }

        return CustomDocuments().GetValueOrDefault(name);
    }

    private byte[] Index()
    {
        var names = BuiltInKinds.All.Select(NameOf).Distinct().Concat(CustomDocuments().Keys);
        var paths = names.Select(name => (name, (JsonValue?)JsonObject.Of(
            ("serverRelativeURL", $"/openapi/v3/{name}?hash={Find(name)!.Hash}"))));
        return JsonText.WriteUtf8(JsonObject.Of(("paths", JsonObject.Of(paths))));
    }

    private Dictionary<string, Document> CustomDocuments() => Custom.GetValue(
        Definitions,
        static definitions => ((ObjectTree)definitions).Values
            .SelectMany(definition => CustomKinds.Of(definition.Object))
            .GroupBy(NameOf)
            .Where(group => !BuiltInKinds.HasGroup(group.First().Group))
            .ToDictionary(group => group.Key, group => WriteThree([.. group], "Kubernetes CRD Swagger", (ObjectTree)definitions)));

    private static List<ResourceKind> KindsOf(string name) => [.. BuiltInKinds.All.Where(kind => NameOf(kind) == name)];

    private static string NameOf(ResourceKind kind) => kind.Group.Length == 0 ? "api/v1" : "apis/" + kind.ApiVersion;

    private static Document WriteThree(
        IReadOnlyList<ResourceKind> kinds, string title, ObjectTree? definitions = null)
    {
        var (paths, schemas) = Write(kinds, SchemaForm.Three, definitions);
        return new Document(JsonText.WriteUtf8(JsonObject.Of(
            ("openapi", "3.0.0"),
            ("info", Info(title)),
            ("paths", paths),
            ("components", JsonObject.Of(("schemas", schemas))))));
    }

    private static Document WriteTwo(ObjectTree definitions)
    {
        var kinds = definitions.Values.SelectMany(definition => CustomKinds.Of(definition.Object)).ToList();
        var (paths, schemas) = Write(kinds, SchemaForm.Two, definitions);
        var (builtInPaths, builtInSchemas) = BuiltInTwo.Value;
        return new Document(JsonText.WriteUtf8(JsonObject.Of(
            ("swagger", "2.0"),
            ("info", Info("Kubernetes")),
            ("paths", Merged(builtInPaths, paths)),
            ("definitions", Merged(builtInSchemas, schemas)))));
    }

    private static JsonObject Merged(JsonObject one, JsonObject other) =>
        JsonObject.Of(one.Concat(other).Select(pair => (pair.Key, (JsonValue?)pair.Value)));

    private static JsonObject Info(string title) => JsonObject.Of(("title", title), ("version", "v1.37.2"));

    private static (JsonObject Paths, JsonObject Schemas) Write(
        IEnumerable<ResourceKind> kinds, SchemaForm form, ObjectTree? definitions = null)
    {
        var paths = new SortedDictionary<string, JsonObject>(StringComparer.Ordinal);
        var schemas = new SortedDictionary<string, JsonObject>(StringComparer.Ordinal);
        ModelDefinitions.AddPrimitives(form, schemas);
        ModelDefinitions.AddStructure(typeof(k8s.Models.V1DeleteOptions), form, schemas);
        ModelDefinitions.AddStructure(typeof(k8s.Models.V1Status), form, schemas);
        foreach (var kind in kinds)
        {
            if (!kind.IsCustom && kind.Model is null)
            {
                continue;
            }

            if (!kind.IsCustom)
            {
                ModelDefinitions.Add(kind, form, schemas);
                if (kind.HasScale)
                {
                    ModelDefinitions.AddStructure(typeof(k8s.Models.V1Scale), form, schemas);
                }
            }
            else if (VersionOf(kind, definitions!) is { } version)
            {
                CustomDefinitions.Add(kind, version, form, schemas);
            }

            new Operations(kind, form).Add(paths);
        }

        return (
            JsonObject.Of(paths.Select(pair => (pair.Key, (JsonValue?)pair.Value))),
            JsonObject.Of(schemas.Select(pair => (pair.Key, (JsonValue?)pair.Value))));
    }

    private static JsonObject? VersionOf(ResourceKind kind, ObjectTree definitions) =>
        definitions.Find($"{kind.Plural}.{kind.Group}")?.Object.At("spec", "versions") is JsonArray versions
            ? versions.OfType<JsonObject>().FirstOrDefault(version => version.Find("name")?.AsString == kind.Version)
            : null;

    private sealed class Document(byte[] body)
    {
        public byte[] Body { get; } = body;

        /// <summary>Changes with the text.</summary>
        public string Hash { get; } = Convert.ToHexString(SHA512.HashData(body));
    }
}
