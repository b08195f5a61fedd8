using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Resources;

namespace Harvester.Testing.ApiServer.Http;

/// <summary>The documents by which clients find out what is served .</summary>
internal static class Discovery
{
    /// <summary>The document at the request's path, or null when the path is not one of discovery.</summary>
    public static ApiResponse? TryAnswer(ServerCore server, ApiRequest request)
    {
        var parts = request.Path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 0)
        {
            return Paths(server);
        }

        if (parts.Length > 3 || parts[0] is not ("api" or "apis") || (parts[0] == "api" && parts.Length > 2))
        {
            return null;
        }

        var form = DocumentForm.Choose(request, aggregated: parts.Length == 1);
        switch (parts[0])
        {
            case "api" when parts.Length == 1 && form == DocumentForm.Aggregated:
                return AggregatedDiscovery.Core(All(server));
            case "apis" when parts.Length == 1 && form == DocumentForm.Aggregated:
                return AggregatedDiscovery.Groups(Groups(server).Select(group => group.Key), All(server));
            case "api" when parts.Length == 1:
                return DocumentForm.Write(form, JsonObject.Of(
                    ("kind", "APIVersions"),
                    ("versions", JsonArray.Of("v1")),
                    ("serverAddressByClientCIDRs", JsonArray.Of(JsonObject.Of(
                        ("clientCIDR", "0.0.0.0/0"), ("serverAddress", "127.0.0.1:6443"))))));
            case "api":
                return DocumentForm.Write(form, Resources(server, "", parts[1]));
            case "apis" when parts.Length == 1:
                return DocumentForm.Write(form, JsonObject.Of(
                    ("kind", "APIGroupList"),
                    ("apiVersion", "v1"),
                    ("groups", JsonArray.Of(Groups(server).Select(group => (JsonValue)Group(group.Key, group.Value))))));
            case "apis" when parts.Length == 2:
                return Groups(server).FirstOrDefault(group => group.Key == parts[1]) is { Value: { } versions } found
                    ? DocumentForm.Write(form, Group(found.Key, versions).With("kind", "APIGroup").With("apiVersion", "v1"))
                    : throw ApiFailure.PageNotFound();
            default:
                return DocumentForm.Write(form, Resources(server, parts[1], parts[2]));
        }
    }

    private static IEnumerable<ResourceKind> All(ServerCore server) => BuiltInKinds.All.Concat(CustomKinds.All(server.Log.State));

    private static ApiResponse Paths(ServerCore server)
    {
        var paths = new SortedSet<string>(StringComparer.Ordinal)
        {
            "/.well-known/openid-configuration", "/api", "/api/v1", "/apis", "/healthz", "/livez", "/openapi/v2", "/openapi/v3",
            "/openid/v1/jwks", "/readyz", "/version",
        };
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
                [.. group.Select(kind => kind.Version).Distinct().OrderDescending(VersionOrder.Instance)]))
            .OrderBy(group => GroupOrder.Of(group.Key))
            .ThenBy(group => group.Key, StringComparer.Ordinal),
    ];

    private static JsonObject Group(string name, List<string> versions)
    {
        var entries = versions.Select(version => (JsonValue)JsonObject.Of(
            ("groupVersion", $"{name}/{version}"), ("version", version))).ToList();
        return JsonObject.Of(("name", name), ("versions", JsonArray.Of(entries)), ("preferredVersion", entries[0]));
    }

    private static JsonObject Resources(ServerCore server, string group, string version)
    {
        var kinds = All(server).Where(kind => kind.Group == group && kind.Version == version).ToList();
        if (kinds.Count == 0)
        {
            // A group that is served says that it lacks the version; any other path leads nowhere.
            throw BuiltInKinds.HasGroup(group) ? ApiFailure.ResourceNotFound() : ApiFailure.PageNotFound();
        }

        var entries = new List<JsonValue>();
        foreach (var kind in kinds.OrderBy(kind => kind.Plural, StringComparer.Ordinal))
        {
            entries.Add(JsonObject.Of(
                ("name", kind.Plural),
                ("singularName", kind.Singular),
                ("namespaced", kind.Namespaced),
                ("kind", kind.Kind),
                ("verbs", List(kind.Verbs)),
                ("shortNames", List(kind.ShortNames)),
                ("categories", List(kind.Categories)),
                ("storageVersionHash", kind.Verbs.Contains("create") && kind.IsStored ? (JsonValue)StorageHash(kind) : null)));
            entries.AddRange(kind.Subresources.OrderBy(below => below.Name, StringComparer.Ordinal).Select(below => (JsonValue)JsonObject.Of(
                ("name", $"{kind.Plural}/{below.Name}"),
                ("singularName", ""),
                ("namespaced", kind.Namespaced),
                ("group", below.Group is { } other ? (JsonValue)other : null),
                ("version", below.Version is { } served ? (JsonValue)served : null),
                ("kind", below.Kind),
                ("verbs", List(below.Verbs)))));
        }

        return JsonObject.Of(
            ("kind", "APIResourceList"),

            // The oldest document of all has none.
            ("apiVersion", group.Length == 0 ? null : (JsonValue)"v1"),
            ("groupVersion", group.Length == 0 ? version : $"{group}/{version}"),
            ("resources", JsonArray.Of(entries)));
    }

    // A digest that changes with the stored version: the first eight bytes, as kube-apiserver shortens its own.
    private static string StorageHash(ResourceKind kind) => Convert.ToBase64String(
        System.Security.Cryptography.SHA256.HashData(
            System.Text.Encoding.UTF8.GetBytes($"{kind.Stored.Group}/{kind.StorageVersion}/{kind.Kind}"))[..8]);

    private static JsonArray? List(IReadOnlyList<string> texts) =>
        texts.Count == 0 ? null : JsonArray.Of(texts.Select(text => (JsonValue)text));
}
