using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Tests.Http;

public sealed class TableAndDiscoveryTests
{
    private const string Definition = """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: { name: lamps.example.com }
        spec:
          group: example.com
          scope: Namespaced
          names: { plural: lamps, kind: Lamp, shortNames: [lmp] }
          versions:
          - name: v1
            served: true
            storage: true
            subresources: { status: {} }
            additionalPrinterColumns:
            - { name: Colour, type: string, jsonPath: .spec.colour }
            - { name: Ready, type: string, jsonPath: '.status.conditions[?(@.type=="Ready")].status' }
            - { name: Age, type: date, jsonPath: .metadata.creationTimestamp }
            schema:
              openAPIV3Schema: { type: object, x-kubernetes-preserve-unknown-fields: true }
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ATableHasTheColumnsOfTheDefinition()
    {
        await using var server = await KubernetesApiServer.StartAsync(options => options.AddCustomResourceDefinition(Definition), Cancel);
        using var client = new RawClient(server);
        const string lamps = "/apis/example.com/v1/namespaces/default/lamps";
        await client.SendAsync("POST", lamps, """{"apiVersion":"example.com/v1","kind":"Lamp","metadata":{"name":"a"},"spec":{"colour":"red"}}""");
        await client.SendAsync(
            "PATCH",
            lamps + "/a/status",
            """{"status":{"conditions":[{"type":"Lit","status":"False"},{"type":"Ready","status":"True"}]}}""",
            "application/merge-patch+json");

        var table = await client.SendAsync("GET", lamps, accept: "application/json;as=Table;v=v1;g=meta.k8s.io,application/json");
        Assert.Equal("Table", table.Body["kind"]?.AsString);
        Assert.Equal(
            ["Name", "Colour", "Ready", "Age"],
            ((JsonArray)table.Body["columnDefinitions"]!).Select(column => column["name"]?.AsString));
        var row = Assert.Single((JsonArray)table.Body["rows"]!);
        Assert.Equal(["a", "red", "True"], ((JsonArray)row["cells"]!).Take(3).Select(cell => cell.AsString));
        Assert.Equal("PartialObjectMetadata", row.At("object", "kind")?.AsString);

        Assert.Equal(406, (await client.SendAsync("GET", lamps, accept: "application/cbor")).Status);
    }

    [Fact]
    public async Task DiscoveryTellsWhatIsServed()
    {
        await using var server = await KubernetesApiServer.StartAsync(options => options.AddCustomResourceDefinition(Definition), Cancel);
        using var client = new RawClient(server);
        var resources = (JsonArray)(await client.SendAsync("GET", "/apis/example.com/v1")).Body["resources"]!;
        Assert.Equal(["lamps", "lamps/status"], resources.Select(resource => resource["name"]?.AsString));

        var core = ((JsonArray)(await client.SendAsync("GET", "/api/v1")).Body["resources"]!).OfType<JsonObject>().ToList();
        var pods = core.Single(resource => resource.Find("name")?.AsString == "pods");
        Assert.True(pods.Find("namespaced")?.AsBoolean);
        Assert.False(core.Single(resource => resource.Find("name")?.AsString == "nodes").Find("namespaced")?.AsBoolean);
        Assert.Contains(core, resource => resource.Find("name")?.AsString == "pods/status");
        Assert.DoesNotContain(core, resource => resource.Find("name")?.AsString == "configmaps/status");

        var groups = ((JsonArray)(await client.SendAsync("GET", "/apis")).Body["groups"]!).Select(group => group["name"]?.AsString);
        Assert.Contains("example.com", groups);
        Assert.Contains("apps", groups);
    }

    [Theory]
    [InlineData("GET", "/api/v1/namespaces/default/pods/p/log", 404)]
    [InlineData("GET", "/apis/apps/v1/namespaces/default/deployments/d/scale", 404)]
    [InlineData("POST", "/apis/authorization.k8s.io/v1/subjectaccessreviews", 422)]
    [InlineData("GET", "/api/v1/nothings", 404)]
    [InlineData("OPTIONS", "/api/v1/pods", 405)]
    [InlineData("PUT", "/api/v1/namespaces/default/configmaps", 400)]
    public async Task WhatIsNotServedSaysSo(string method, string path, int status)
    {
        await using var server = await KubernetesApiServer.StartAsync(cancellationToken: Cancel);
        using var client = new RawClient(server);
        var answer = await client.SendAsync(method, path, method is "POST" or "PUT" ? "{}" : null);
        Assert.Equal(status, answer.Status);
        Assert.Equal("Status", answer.Body["kind"]?.AsString);
    }

    [Fact]
    public async Task AWatchFromACompactedRevisionIsToldThatItExpired()
    {
        await using var server = await KubernetesApiServer.StartAsync(cancellationToken: Cancel);
        using var client = new RawClient(server);
        var from = server.Revision - 1;
        server.Compact();
        var answer = await client.SendAsync("GET", $"/api/v1/namespaces?watch=true&resourceVersion={from}");
        Assert.Equal(200, answer.Status);
        Assert.Equal("ERROR", answer.Body["type"]?.AsString);
        Assert.Equal(410, answer.Body.At("object", "code")?.AsInteger);
    }
}
