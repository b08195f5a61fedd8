using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Resources.BuiltIn.Policy;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn;

/// <summary>The objects of built-in kinds that a fresh cluster has.</summary>
internal static class InitialObjects
{
    /// <summary>The objects and where they are posted, in an order in which each finds what it needs.</summary>
    public static IReadOnlyList<(string Path, JsonObject Value)> All { get; } =
    [
        .. new[] { "default", "kube-node-lease", "kube-public", "kube-system" }.Select(Namespace),
        .. PriorityClassStrategy.OfTheSystem.Select(known => PriorityClass(known.Name, known.Value, known.Description)),
        ("/api/v1/namespaces/default/services", ServerService()),
    ];

    private static (string Path, JsonObject Value) Namespace(string name) => (
        "/api/v1/namespaces",
        JsonObject.Of(("apiVersion", "v1"), ("kind", "Namespace"), ("metadata", JsonObject.Of(("name", name)))));

    private static (string Path, JsonObject Value) PriorityClass(string name, long value, string description) => (
        "/apis/scheduling.k8s.io/v1/priorityclasses",
        JsonObject.Of(
            ("apiVersion", "scheduling.k8s.io/v1"),
            ("kind", "PriorityClass"),
            ("metadata", JsonObject.Of(("name", name))),
            ("value", value),
            ("description", description)));

    // By this name and address pods find the server.
    private static JsonObject ServerService() => JsonObject.Of(
        ("apiVersion", "v1"),
        ("kind", "Service"),
        ("metadata", JsonObject.Of(
            ("name", "kubernetes"),
            ("labels", JsonObject.Of(("component", "apiserver"), ("provider", "kubernetes"))))),
        ("spec", JsonObject.Of(
            ("clusterIP", "10.96.0.1"),
            ("ports", JsonArray.Of(JsonObject.Of(("name", "https"), ("port", 443), ("protocol", "TCP"), ("targetPort", 6443)))))));
}
