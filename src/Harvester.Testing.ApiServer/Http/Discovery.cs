using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Resources;

namespace Harvester.Testing.ApiServer.Http;

/// <summary>The documents by which clients find out what is served .</summary>
internal static class Discovery
{
    private static readonly JsonArray Verbs =
        JsonArray.Of("delete", "deletecollection", "get", "list", "patch", "create", "update", "watch");

    private static readonly JsonArray StatusVerbs = JsonArray.Of("get", "patch", "update");

    private static readonly JsonObject Version = JsonObject.Of(
        ("major", "1"),
        ("minor", "37"),
        ("gitVersion", "v1.37.2"),
        ("gitCommit", "0000000000000000000000000000000000000000"),
        ("gitTreeState", "clean"),
        ("buildDate", "2026-01-01T00:00:00Z"),
        ("goVersion", "go1.25.0"),
        ("compiler", "gc"),
        ("platform", "linux/amd64"));

    /// <summary>The document at the request's path, or null when the path is not one of discovery.</summary>
    public static ApiResponse? TryAnswer(ServerCore server, ApiRequest request)
    {
        var parts = request.Path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 0 || parts.Length > 3 || (parts[0] == "api" && parts.Length > 2))
        {
            return parts.Length == 0 ? Paths(server) : null;
        }

        switch (parts[0])
        {
            case "healthz" or "readyz" or "livez" when parts.Length == 1:
                return ApiResponse.Text(200, "ok");
            case "version" when parts.Length == 1:
                return ApiResponse.Json(200, Version);
            case "openapi":
                return ApiResponse.Json(501, ApiFailure.Unsupported("OpenAPI documents").ToStatus());
            case "api" when parts.Length == 1:
                return ApiResponse.Json(200, JsonObject.Of(
                    ("kind", "APIVersions"),
                    ("versions", JsonArray.Of("v1")),
                    ("serverAddressByClientCIDRs", JsonArray.Of(JsonObject.Of(
                        ("clientCIDR", "0.0.0.0/0"), ("serverAddress", "127.0.0.1:6443"))))));
            case "api":
                return Resources(server, "", parts[1]);
            case "apis" when parts.Length == 1:
                return ApiResponse.Json(200, JsonObject.Of(
                    ("kind", "APIGroupList"),
                    ("apiVersion", "v1"),
                    ("groups", JsonArray.Of(Groups(server).Select(group => (JsonValue)Group(group.Key, group.Value))))));
            case "apis" when parts.Length == 2:
                return Groups(server).FirstOrDefault(group => group.Key == parts[1]) is { Value: { } versions } found
                    ? ApiResponse.Json(200, Group(found.Key, versions).With("kind", "APIGroup").With("apiVersion", "v1"))
                    : throw ApiFailure.PageNotFound();
            case "apis":
                return Resources(server, parts[1], parts[2]);
            default:
                return null;
        }
    }

    private static IEnumerable<ResourceKind> All(ServerCore server) => BuiltInKinds.All.Concat(CustomKinds.All(server.Log.State));

    private static ApiResponse Paths(ServerCore server)
    {
        var paths = new SortedSet<string>(StringComparer.Ordinal) { "/api", "/api/v1", "/apis", "/healthz", "/livez", "/readyz", "/version" };
        foreach (var kind in All(server).Where(kind => kind.Group.Length > 0))
        {
            paths.Add("/apis/" + kind.Group);
            paths.Add("/apis/" + kind.ApiVersion);
        }

        return ApiResponse.Json(200, JsonObject.Of(("paths", JsonArray.Of(paths.Select(path => (JsonValue)path)))));
    }

    private static List<KeyValuePair<string, List<string>>> Groups(ServerCore server) =>
    [
        .. All(server)
            .Where(kind => kind.Group.Length > 0)
            .GroupBy(kind => kind.Group)
            .Select(group => new KeyValuePair<string, List<string>>(
                group.Key,
                [.. group.Select(kind => kind.Version).Distinct().OrderDescending(VersionOrder.Instance)])),
    ];

    private static JsonObject Group(string name, List<string> versions)
    {
        var entries = versions.Select(version => (JsonValue)JsonObject.Of(
            ("groupVersion", $"{name}/{version}"), ("version", version))).ToList();
        return JsonObject.Of(("name", name), ("versions", JsonArray.Of(entries)), ("preferredVersion", entries[0]));
    }

    private static ApiResponse Resources(ServerCore server, string group, string version)
    {
        var kinds = All(server).Where(kind => kind.Group == group && kind.Version == version).ToList();
        if (kinds.Count == 0)
        {
            throw ApiFailure.PageNotFound();
        }

        var entries = new List<JsonValue>();
        foreach (var kind in kinds.OrderBy(kind => kind.Plural, StringComparer.Ordinal))
        {
            entries.Add(JsonObject.Of(
                ("name", kind.Plural),
                ("singularName", kind.Singular),
                ("namespaced", kind.Namespaced),
                ("kind", kind.Kind),
                ("verbs", kind.IsStored ? Verbs : JsonArray.Of("create")),
                ("shortNames", List(kind.ShortNames)),
                ("categories", List(kind.Categories)),
                ("storageVersionHash", kind.IsStored ? StorageHash(kind) : null)));
            if (kind.HasStatus)
            {
                entries.Add(JsonObject.Of(
                    ("name", kind.Plural + "/status"),
                    ("singularName", ""),
                    ("namespaced", kind.Namespaced),
                    ("kind", kind.Kind),
                    ("verbs", StatusVerbs)));
            }

            if (kind.HasScale)
            {
                entries.Add(JsonObject.Of(
                    ("name", kind.Plural + "/scale"),
                    ("singularName", ""),
                    ("namespaced", kind.Namespaced),
                    ("group", "autoscaling"),
                    ("version", "v1"),
                    ("kind", "Scale"),
                    ("verbs", StatusVerbs)));
            }
        }

        return ApiResponse.Json(200, JsonObject.Of(
            ("kind", "APIResourceList"),
            ("apiVersion", "v1"),
            ("groupVersion", group.Length == 0 ? version : $"{group}/{version}"),
            ("resources", JsonArray.Of(entries))));
    }

    // A digest that changes with the stored version: the first eight bytes, as kube-apiserver shortens its own.
    private static string StorageHash(ResourceKind kind) => Convert.ToBase64String(
        System.Security.Cryptography.SHA256.HashData(
            System.Text.Encoding.UTF8.GetBytes($"{kind.Group}/{kind.StorageVersion}/{kind.Kind}"))[..8]);

    private static JsonArray? List(IReadOnlyList<string> texts) =>
        texts.Count == 0 ? null : JsonArray.Of(texts.Select(text => (JsonValue)text));
}
