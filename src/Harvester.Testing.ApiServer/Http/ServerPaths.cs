using System.Text;
using Harvester.Testing.ApiServer.Access;
using Harvester.Testing.ApiServer.Http.OpenApi;
using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Resources;
using Harvester.Testing.ApiServer.Resources.Definitions;

namespace Harvester.Testing.ApiServer.Http;

/// <summary>The paths that are neither resources nor discovery: health, version, token keys, OpenAPI.</summary>
/// <param name="server">The server.</param>
/// <param name="definitions">Names of the definitions the server was started with: it is ready once all are established.</param>
internal sealed class ServerPaths(ServerCore server, IReadOnlyList<string> definitions)
{
    private static readonly JsonObject Version = JsonObject.Of(
        ("major", "1"),
        ("minor", "37"),
        ("emulationMajor", "1"),
        ("emulationMinor", "37"),
        ("minCompatibilityMajor", "1"),
        ("minCompatibilityMinor", "36"),
        ("gitVersion", "v1.37.2"),
        ("gitCommit", "0000000000000000000000000000000000000000"),
        ("gitTreeState", "clean"),
        ("buildDate", "2026-01-01T00:00:00Z"),
        ("goVersion", "go1.25.0"),
        ("compiler", "gc"),
        ("platform", "linux/amd64"));

    private readonly OpenApiDocuments _documents = new(server);

    /// <summary>The answer, or null when the path is none of these.</summary>
    public ApiResponse? TryAnswer(ApiRequest request)
    {
        var path = request.Path.TrimEnd('/');
        switch (path)
        {
            case "/version":
                return ApiResponse.Json(200, Version);
            case "/.well-known/openid-configuration":
                return ApiResponse.Json(200, ServiceAccountTokens.Configuration());
            case "/openid/v1/jwks":
                return new ApiResponse
                {
                    StatusCode = 200,
                    ContentType = "application/jwk-set+json",
                    Body = new(JsonText.WriteUtf8(ServiceAccountTokens.KeySet())),
                };
        }

        if (path.StartsWith("/openapi/", StringComparison.Ordinal))
        {
            return _documents.TryAnswer(request, path);
        }

        var parts = path.Split('/');
        return parts.Length is 2 or 3 && parts[1] is "healthz" or "livez" or "readyz" ? Health(request, parts) : null;
    }

    private ApiResponse? Health(ApiRequest request, string[] parts)
    {
        var checks = new List<(string Name, bool IsFine)> { ("ping", true), ("log", true), ("etcd", true) };
        if (parts[1] == "readyz")
        {
            checks.Add(("informer-sync", true));
            checks.Add(("crd-established", AllEstablished()));
        }

        if (parts.Length == 3)
        {
            return checks.FirstOrDefault(check => check.Name == parts[2]) switch
            {
                (null, _) => null,
                (_, true) => ApiResponse.Text(200, "ok"),
                var (name, _) => ApiResponse.Text(500, $"internal server error: {name} failed\n"),
            };
        }

        var excluded = request.Query.All("exclude").ToHashSet(StringComparer.Ordinal);
        var isFine = checks.All(check => check.IsFine || excluded.Contains(check.Name));
        if (isFine && request.Query.Find("verbose") is null)
        {
            return ApiResponse.Text(200, "ok");
        }

        var text = new StringBuilder();
        foreach (var (name, fine) in checks)
        {
            text.Append(excluded.Contains(name) ? $"[+]{name} excluded: ok\n" : fine ? $"[+]{name} ok\n" : $"[-]{name} failed: reason withheld\n");
        }

        text.Append(isFine ? $"{parts[1]} check passed\n" : $"{parts[1]} check failed\n");
        return ApiResponse.Text(isFine ? 200 : 500, text.ToString());
    }

    private bool AllEstablished()
    {
        foreach (var name in definitions)
        {
            // Whoever deleted one since does not wait for it.
            if (server.Log.State.Find(CustomKinds.Definitions, null, name) is { } definition && !DefinitionStatus.IsEstablished(definition.Object))
            {
                return false;
            }
        }

        return true;
    }
}
