using System.Net;
using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Tests.Http;

public sealed class OpenApiTests
{
    private const string GnosticTwo = "application/com.github.proto-openapi.spec.v2@v1.0+protobuf";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_reference_of_every_document_leads_somewhere()
    {
        await using var server = await StartAsync();
        using var client = new RawClient(server);
        var index = JsonText.Read((await client.SendAsync("GET", "/openapi/v3")).Body.AsString!);
        var paths = (JsonObject)index["paths"]!;
        Assert.Contains("api/v1", paths.Names.ToArray());
        Assert.Contains("apis/conformance.example.io/v1", paths.Names.ToArray());
        foreach (var (name, entry) in paths)
        {
            var (status, document, _) = await client.SendAsync("GET", entry["serverRelativeURL"]!.AsString!);
            Assert.Equal(200, status);
            CheckReferences(name, document, "#/components/schemas/", document.At("components", "schemas"));
        }

        var two = (await client.SendAsync("GET", "/openapi/v2")).Body;
        CheckReferences("v2", two, "#/definitions/", two["definitions"]);
    }

    [Fact]
    public async Task Built_in_kinds_have_their_merge_keys_list_types_and_demanded_members()
    {
        await using var server = await StartAsync();
        using var client = new RawClient(server);
        var schemas = (await client.SendAsync("GET", "/openapi/v3/api/v1")).Body.At("components", "schemas")!;
        var containers = schemas.At("io.k8s.api.core.v1.PodSpec", "properties", "containers")!;
        Assert.Equal("name", containers["x-kubernetes-patch-merge-key"]?.AsString);
        Assert.Equal("merge", containers["x-kubernetes-patch-strategy"]?.AsString);
        Assert.Equal("map", containers["x-kubernetes-list-type"]?.AsString);
        Assert.Contains((JsonValue)"containers", (JsonArray)schemas.At("io.k8s.api.core.v1.PodSpec", "required")!);
        Assert.Equal(
            """[{"group":"","kind":"Pod","version":"v1"}]""",
            schemas.At("io.k8s.api.core.v1.Pod", "x-kubernetes-group-version-kind")!.ToString());
        Assert.Equal("int-or-string", schemas.At("io.k8s.apimachinery.pkg.util.intstr.IntOrString", "format")?.AsString);
    }

    [Fact]
    public async Task A_document_changes_its_hash_with_its_definition_and_is_not_sent_twice()
    {
        await using var server = await StartAsync();
        using var client = new HttpClient(server.CreateHandler()) { BaseAddress = new Uri("http://localhost") };
        const string path = "/openapi/v3/apis/conformance.example.io/v1";
        using var first = await client.GetAsync(new Uri(path, UriKind.Relative), Cancel);
        var tag = first.Headers.ETag!.Tag;
        using var again = new HttpRequestMessage(HttpMethod.Get, path);
        again.Headers.TryAddWithoutValidation("If-None-Match", tag);
        Assert.Equal(HttpStatusCode.NotModified, (await client.SendAsync(again, Cancel)).StatusCode);

        using var stale = await client.GetAsync(new Uri(path + "?hash=00", UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.MovedPermanently, stale.StatusCode);
        Assert.Equal($"{path}?hash={tag.Trim('"')}", stale.Headers.Location?.OriginalString);

        using var body = new StringContent(
            """[{"op":"add","path":"/spec/versions/0/schema/openAPIV3Schema/properties/extra","value":{"type":"string"}}]""",
            System.Text.Encoding.UTF8,
            "application/json-patch+json");
        var changed = await client.PatchAsync(
            new Uri("/apis/apiextensions.k8s.io/v1/customresourcedefinitions/plans.conformance.example.io", UriKind.Relative), body, Cancel);
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        using var after = await client.GetAsync(new Uri(path, UriKind.Relative), Cancel);
        Assert.NotEqual(tag, after.Headers.ETag!.Tag);
    }

    [Fact]
    public async Task Version_two_is_sent_as_gnostic_to_who_asks_for_it()
    {
        await using var server = await StartAsync();
        using var client = new HttpClient(server.CreateHandler()) { BaseAddress = new Uri("http://localhost") };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/openapi/v2");
        request.Headers.TryAddWithoutValidation("Accept", GnosticTwo);
        using var answer = await client.SendAsync(request, Cancel);
        Assert.Equal("application/com.github.proto-openapi.spec.v2.v1.0+protobuf", answer.Content.Headers.ContentType?.ToString());
        var bytes = await answer.Content.ReadAsByteArrayAsync(Cancel);

        // Field 1, a text of three bytes: the version of Swagger.
        Assert.Equal([0x0a, 0x03, (byte)'2', (byte)'.', (byte)'0'], bytes[..5]);
    }

    [Theory]
    [InlineData("/openapi/v3/apis/nope.example.io/v1", 404)]
    [InlineData("/openapi/v4", 404)]
    public async Task What_is_not_there_is_not_found(string path, int status)
    {
        await using var server = await StartAsync();
        using var client = new RawClient(server);
        Assert.Equal(status, (await client.SendAsync("GET", path)).Status);
    }

    [Fact]
    public async Task Aggregated_discovery_says_what_the_single_documents_say()
    {
        await using var server = await StartAsync();
        using var client = new RawClient(server);
        foreach (var root in new[] { "/api", "/apis" })
        {
            var all = (await client.SendAsync("GET", root, accept: "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList")).Body;
            foreach (var group in (JsonArray)all["items"]!)
            {
                foreach (var version in (JsonArray)group["versions"]!)
                {
                    var name = group.At("metadata", "name")?.AsString;
                    var path = name is null ? "/api/" + version["version"]!.AsString : $"/apis/{name}/{version["version"]!.AsString}";
                    var single = (await client.SendAsync("GET", path)).Body;
                    var want = ((JsonArray)single["resources"]!).Select(resource => resource["name"]!.AsString!).Order(StringComparer.Ordinal);
                    var got = ((JsonArray)version["resources"]!).SelectMany(resource =>
                        (resource["subresources"] as JsonArray ?? JsonArray.Empty)
                            .Select(below => $"{resource["resource"]!.AsString}/{below["subresource"]!.AsString}")
                            .Append(resource["resource"]!.AsString!)).Order(StringComparer.Ordinal);
                    Assert.Equal(want, got);
                }
            }
        }
    }

    [Theory]
    [InlineData("/readyz", 200, "ok")]
    [InlineData("/livez/ping", 200, "ok")]
    [InlineData("/readyz/crd-established", 200, "ok")]
    [InlineData("/readyz/nothing", 404, null)]
    [InlineData("/version", 200, null)]
    [InlineData("/openid/v1/jwks", 200, null)]
    public async Task Health_and_other_paths(string path, int status, string? text)
    {
        await using var server = await StartAsync();
        using var client = new RawClient(server);
        var answer = await client.SendAsync("GET", path);
        Assert.Equal(status, answer.Status);
        if (text is not null)
        {
            Assert.Equal(text, answer.Body.AsString);
        }
    }

    private static Task<KubernetesApiServer> StartAsync() => KubernetesApiServer.StartAsync(
        options => options.AddCustomResourceDefinitions(Path.Combine(AppContext.BaseDirectory, "Conformance", "crds", "plans.json")), Cancel);

    private static void CheckReferences(string name, JsonValue document, string prefix, JsonValue? schemas)
    {
        var open = new Stack<JsonValue>([document]);
        while (open.Count > 0)
        {
            switch (open.Pop())
            {
                case JsonObject members:
                    if (members.Find("$ref")?.AsString is { } reference)
                    {
                        Assert.StartsWith(prefix, reference, StringComparison.Ordinal);
                        Assert.True(schemas?[reference[prefix.Length..]] is JsonObject, $"{name}: {reference}");
                    }

                    foreach (var (_, member) in members)
                    {
                        open.Push(member);
                    }

                    break;
                case JsonArray items:
                    foreach (var item in items)
                    {
                        open.Push(item);
                    }

                    break;
            }
        }
    }
}
