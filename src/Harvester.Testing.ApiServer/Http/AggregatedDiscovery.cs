using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Resources;

namespace Harvester.Testing.ApiServer.Http;

/// <summary>Discovery in one document .</summary>
internal static class AggregatedDiscovery
{
    private const string ContentType = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

    /// <summary>What is below <c>/api</c>.</summary>
    public static ApiResponse Core(IEnumerable<ResourceKind> kinds) =>
        List([JsonObject.Of(("metadata", JsonObject.Empty), ("versions", Versions(kinds.Where(kind => kind.Group.Length == 0))))]);

    /// <summary>What is below <c>/apis</c>.</summary>
    /// <param name="groups">The groups, in their order.</param>
    /// <param name="kinds">All kinds.</param>
    public static ApiResponse Groups(IEnumerable<string> groups, IEnumerable<ResourceKind> kinds)
    {
        var byGroup = kinds.ToLookup(kind => kind.Group);
        return List(groups.Select(group => (JsonValue)JsonObject.Of(
            ("metadata", JsonObject.Of(("name", group))),
            ("versions", Versions(byGroup[group])))));
    }

    private static ApiResponse List(IEnumerable<JsonValue> items) => new()
    {
        StatusCode = 200,
        ContentType = ContentType,
        Body = new(JsonText.WriteUtf8(JsonObject.Of(
            ("kind", "APIGroupDiscoveryList"),
            ("apiVersion", "apidiscovery.k8s.io/v2"),
            ("metadata", JsonObject.Empty),
            ("items", JsonArray.Of(items))))),
    };

    private static JsonArray Versions(IEnumerable<ResourceKind> kinds) => JsonArray.Of(kinds
        .GroupBy(kind => kind.Version)
        .OrderByDescending(version => version.Key, VersionOrder.Instance)
        .Select(version => (JsonValue)JsonObject.Of(
            ("version", version.Key),
            ("resources", JsonArray.Of(version.OrderBy(kind => kind.Plural, StringComparer.Ordinal).Select(Resource))),
            ("freshness", "Current"))));

    private static JsonValue Resource(ResourceKind kind)
    {
        var below = kind.Subresources.OrderBy(entry => entry.Name, StringComparer.Ordinal).Select(entry => (JsonValue)JsonObject.Of(
            ("subresource", entry.Name),
            ("responseKind", KindOf(kind, entry.Group, entry.Version, entry.Kind)),
            ("verbs", Texts(entry.Verbs)))).ToList();
        return JsonObject.Of(
            ("resource", kind.Plural),
            ("responseKind", KindOf(kind, null, null, kind.Kind)),
            ("scope", kind.Namespaced ? "Namespaced" : "Cluster"),
            ("singularResource", kind.Singular),
            ("verbs", Texts(kind.Verbs)),
            ("shortNames", kind.ShortNames.Count == 0 ? null : Texts(kind.ShortNames)),
            ("categories", kind.Categories.Count == 0 ? null : Texts(kind.Categories)),
            ("subresources", below.Count == 0 ? null : JsonArray.Of(below)));
    }

    // Built-in kinds leave out what the surrounding version says.
    private static JsonObject KindOf(ResourceKind kind, string? group, string? version, string name) => JsonObject.Of(
        ("group", group ?? (kind.IsCustom ? kind.Group : "")),
        ("version", version ?? (kind.IsCustom ? kind.Version : "")),
        ("kind", name));

    private static JsonArray Texts(IReadOnlyList<string> texts) => JsonArray.Of(texts.Select(text => (JsonValue)text));
}
