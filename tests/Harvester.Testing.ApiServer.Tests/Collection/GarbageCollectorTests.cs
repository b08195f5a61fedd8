using Harvester.Testing.ApiServer.Tests.Http;
using Harvester.Testing.ApiServer.Tests.Resources;

namespace Harvester.Testing.ApiServer.Tests.Collection;

public sealed class GarbageCollectorTests
{
    private const string Path = "/apis/example.com/v1/namespaces/default/jobs";

    [Theory]
    [InlineData(null, "o k")]
    [InlineData("Background", "o k")]
    [InlineData("Foreground", "k o")]
    [InlineData("Orphan", "o")]
    public async Task DependentsFollowTheirOwnerAsTheDeletionAsks(string? policy, string deletedInOrder)
    {
        await using var server = await VerbTests.StartAsync(statusSubresource: false);
        using var client = new RawClient(server);
        var owner = (await client.SendAsync("POST", Path, Job("o", ""))).Body;
        await client.SendAsync("POST", Path, Job(
            "k",
            $",\"ownerReferences\":[{{\"apiVersion\":\"example.com/v1\",\"kind\":\"Job\",\"name\":\"o\",\"uid\":{owner.At("metadata", "uid")},\"blockOwnerDeletion\":true}}]"));
        Assert.False(server.CollectGarbageOnce());

        var before = server.Revision;
        await client.SendAsync("DELETE", Path + "/o" + (policy is null ? "" : "?propagationPolicy=" + policy));
        while (server.CollectGarbageOnce())
        {
        }

        var deleted = server.RevisionsAfter("example.com", "jobs", before)
            .Where(revision => revision.Type == ChangeType.Deleted)
            .Select(revision => revision.Name);
        Assert.Equal(deletedInOrder, string.Join(' ', deleted));
        if (policy == "Orphan")
        {
            Assert.Null((await client.SendAsync("GET", Path + "/k")).Body.At("metadata", "ownerReferences"));
        }
    }

    [Fact]
    public async Task ADeletedNamespaceTakesItsContent()
    {
        await using var server = await VerbTests.StartAsync(statusSubresource: false);
        using var client = new RawClient(server);
        await client.SendAsync("POST", "/api/v1/namespaces", """{"metadata":{"name":"n"}}""");
        var inside = Path.Replace("default", "n", StringComparison.Ordinal);
        await client.SendAsync("POST", inside, Job("a", ""));
        await client.SendAsync("DELETE", "/api/v1/namespaces/n");
        Assert.Equal(403, (await client.SendAsync("POST", inside, Job("b", ""))).Status);
        while (server.CollectGarbageOnce())
        {
        }

        Assert.Equal(404, (await client.SendAsync("GET", "/api/v1/namespaces/n")).Status);
        Assert.Equal(404, (await client.SendAsync("GET", inside + "/a")).Status);
    }

    private static string Job(string name, string more) =>
        $"{{\"apiVersion\":\"example.com/v1\",\"kind\":\"Job\",\"metadata\":{{\"name\":\"{name}\"{more}}}}}";
}
