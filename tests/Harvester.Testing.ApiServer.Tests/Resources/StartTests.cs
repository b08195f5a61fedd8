using Harvester.Testing.ApiServer.Tests.Http;

namespace Harvester.Testing.ApiServer.Tests.Resources;

public sealed class StartTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("a: [", "is not YAML")]
    [InlineData("{ nope", "is not JSON")]
    [InlineData("kind: Pod", "not a CustomResourceDefinition")]
    [InlineData("", "there is nothing in it")]
    public void ATextThatIsNoDefinitionIsRefusedInOneLine(string text, string why)
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, text);
        var failure = Assert.Throws<InvalidDefinitionException>(() => new KubernetesApiServerOptions().AddCustomResourceDefinitions(file));
        File.Delete(file);
        Assert.Contains(why, failure.Message, StringComparison.Ordinal);
        Assert.StartsWith(file, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
    }

    [Fact]
    public void AMissingFileIsNamed()
    {
        var failure = Assert.Throws<InvalidDefinitionException>(
            () => new KubernetesApiServerOptions().AddCustomResourceDefinitions("/nowhere/crd.yaml"));
        Assert.StartsWith("/nowhere/crd.yaml: there is no such file", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ADefinitionTheServerRefusesEndsTheStart()
    {
        var failure = await Assert.ThrowsAsync<InvalidDefinitionException>(() => KubernetesApiServer.StartAsync(
            options => options.AddCustomResourceDefinition(
                """{"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"a.b"},"spec":{}}"""),
            Cancel));
        Assert.Contains("spec.group", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task APortInUseIsSaidInOneLine()
    {
        await using var first = await KubernetesApiServer.StartAsync(options => options.Port = 0, Cancel);
        var failure = await Assert.ThrowsAsync<PortInUseException>(
            () => KubernetesApiServer.StartAsync(options => options.Port = first.Url.Port, Cancel));
        Assert.DoesNotContain('\n', failure.Message);
    }

    [Fact]
    public async Task ADefinitionPostedLaterIsServedAtOnceAndItsDeletionTakesItsObjects()
    {
        await using var server = await KubernetesApiServer.StartAsync(options => options.CollectGarbage = false, Cancel);
        using var client = new RawClient(server);
        const string definitions = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
        const string things = "/apis/example.com/v1/things";
        Assert.Equal(404, (await client.SendAsync("GET", things)).Status);
        var created = await client.SendAsync(
            "POST",
            definitions,
            """
            {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"things.example.com"},"spec":{"group":"example.com","scope":"Cluster",
             "names":{"plural":"things","kind":"Thing"},"versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object"}}}]}}
            """);
        Assert.Equal(201, created.Status);
        Assert.Equal("ThingList", (await client.SendAsync("GET", things)).Body["kind"]?.AsString);
        await client.SendAsync("POST", things, """{"apiVersion":"example.com/v1","kind":"Thing","metadata":{"name":"t"}}""");

        await client.SendAsync("DELETE", definitions + "/things.example.com");
        while (server.CollectGarbageOnce())
        {
        }

        Assert.Equal(404, (await client.SendAsync("GET", definitions + "/things.example.com")).Status);
        Assert.Equal(ChangeType.Deleted, server.History("things", null, "t")[^1].Type);
    }
}
