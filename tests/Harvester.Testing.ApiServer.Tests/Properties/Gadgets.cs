namespace Harvester.Testing.ApiServer.Tests.Properties;

/// <summary>A server with one definition that takes any content, and where its objects are.</summary>
internal static class Gadgets
{
    public const string Path = "/apis/example.com/v1/namespaces/default/gadgets";

    private const string Definition = """
        {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"gadgets.example.com"},
        "spec":{"group":"example.com","scope":"Namespaced","names":{"plural":"gadgets","singular":"gadget","kind":"Gadget","listKind":"GadgetList"},
        "versions":[{"name":"v1","served":true,"storage":true,"subresources":{"status":{}},
        "schema":{"openAPIV3Schema":{"type":"object","properties":{
        "spec":{"type":"object","x-kubernetes-preserve-unknown-fields":true,"properties":{"n":{"type":"integer","minimum":0}}},
        "status":{"type":"object","x-kubernetes-preserve-unknown-fields":true}}}}}]}}
        """;

    public static Task<KubernetesApiServer> StartAsync() => KubernetesApiServer.StartAsync(
        options => options.AddCustomResourceDefinition(Definition), TestContext.Current.CancellationToken);

    public static string New(string name, string spec = "{\"n\":1}") =>
        $$"""{"apiVersion":"example.com/v1","kind":"Gadget","metadata":{"name":"{{name}}"},"spec":{{spec}}}""";
}
