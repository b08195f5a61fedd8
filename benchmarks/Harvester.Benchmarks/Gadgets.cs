using System.Buffers;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Harvester.Testing.ApiServer;
using Harvester.Testing.ApiServer.Http;
using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Resources;

namespace Harvester.Benchmarks;

/// <summary>A kind with a schema, and objects of 2 KB.</summary>
internal static class Gadgets
{
    public const string Path = "/apis/example.com/v1/namespaces/default/gadgets";

    private const string Definition = """
        {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"gadgets.example.com"},
        "spec":{"group":"example.com","scope":"Namespaced","names":{"plural":"gadgets","singular":"gadget","kind":"Gadget","listKind":"GadgetList"},
        "versions":[{"name":"v1","served":true,"storage":true,"subresources":{"status":{}},
        "schema":{"openAPIV3Schema":{"type":"object","properties":{
        "spec":{"type":"object","required":["size"],"properties":{"size":{"type":"integer","minimum":0},"mode":{"type":"string","default":"Auto","enum":["Auto","Manual"]},
        "text":{"type":"string","maxLength":4096},
        "items":{"type":"array","x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["name"],"items":{"type":"object","required":["name"],"properties":{"name":{"type":"string"},"value":{"type":"string","pattern":"^[a-z0-9-]*$"}}}}}},
        "status":{"type":"object","properties":{"phase":{"type":"string"},"observed":{"type":"integer"}}}}}}}]}}
        """;

    public static Task<KubernetesApiServer> StartAsync() =>
        KubernetesApiServer.StartAsync(options => options.AddCustomResourceDefinition(Definition));

    public static async Task<KubernetesApiServer> StartAsync(int objects)
    {
        var server = await StartAsync();
        for (var i = 0; i < objects; i++)
        {
            Send(server, "POST", Path, New(NameOf(i)));
        }

        return server;
    }

    public static string NameOf(int i) => string.Create(CultureInfo.InvariantCulture, $"gadget-{i:D5}");

    /// <summary>About 2 KB.</summary>
    public static byte[] New(string name, int size = 1)
    {
        var items = string.Join(',', Enumerable.Range(0, 12).Select(i => $$"""{"name":"item-{{i}}","value":"some-value-of-usual-length-{{i}}"}"""));
        return Encoding.UTF8.GetBytes(
            $$$"""{"apiVersion":"example.com/v1","kind":"Gadget","metadata":{"name":"{{{name}}}","labels":{"app":"bench","tier":"back"}},"spec":{"size":{{{size}}},"text":"{{{new string('t', 700)}}}","items":[{{{items}}}]}}""");
    }

    /// <summary>A request straight to the pipeline: what the server itself costs.</summary>
    public static JsonObject Send(KubernetesApiServer server, string method, string path, byte[]? body = null, string type = "application/json") =>
        (JsonObject)JsonText.Read(Answer(server, method, path, body, type).Body.ToArray());

    public static ApiResponse Answer(KubernetesApiServer server, string method, string path, byte[]? body = null, string type = "application/json", string? query = null)
    {
        var answer = server.Pipeline.Handle(new ApiRequest
        {
            Method = method,
            Path = path,
            Query = QueryParameters.Parse(query),
            Body = body,
            ContentType = type,
            UserAgent = "bench/1",
            Identity = UserInfo.ApiServer,
        });
        return answer.StatusCode < 400
            ? answer
            : throw new InvalidOperationException(Encoding.UTF8.GetString(answer.Body));
    }

    public static ByteArrayContent Content(byte[] body, string type = "application/json")
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        return content;
    }
}
