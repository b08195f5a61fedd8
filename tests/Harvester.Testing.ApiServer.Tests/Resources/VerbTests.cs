using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Tests.Http;

namespace Harvester.Testing.ApiServer.Tests.Resources;

public sealed class VerbTests
{
    private const string Path = "/apis/example.com/v1/namespaces/default/jobs";

    private const string New =
        """{"apiVersion":"example.com/v1","kind":"Job","metadata":{"name":"a","annotations":{"x":"1"}},"spec":{"n":1},"status":{"phase":"Done"}}""";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WithoutSubresourceAFullPutWithoutStatusRemovesIt()
    {
        await using var server = await StartAsync(statusSubresource: false);
        using var client = new RawClient(server, "ui");
        var created = (await client.SendAsync("POST", Path, New)).Body;
        var put = await client.SendAsync("PUT", Path + "/a", ((JsonObject)created).Without("status").ToString());

        Assert.Equal(200, put.Status);
        Assert.Null(put.Body["status"]);
        Assert.Equal(2, put.Body.At("metadata", "generation")?.AsInteger);

        var record = server.Requests[^1];
        Assert.Equal(("ui", "update", 200, true), (record.User, record.Verb, record.StatusCode, record.Stored));
        var change = Assert.Single(record.Changes, change => change.Path == "status");
        Assert.Equal("""{"phase":"Done"}""", change.Before?.ToString());
        Assert.Null(change.After);
    }

    [Fact]
    public async Task WithSubresourceStatusIsWrittenThereAndNowhereElse()
    {
        await using var server = await StartAsync(statusSubresource: true);
        using var client = new RawClient(server);
        var created = (JsonObject)(await client.SendAsync("POST", Path, New)).Body;
        Assert.Null(created.Find("status"));

        var status = (JsonObject)(await client.SendAsync(
            "PUT", Path + "/a/status", created.With("status", JsonObject.Of(("phase", "Running"))).WithAt(["spec", "n"], 9).ToString())).Body;
        Assert.Equal("Running", status.At("status", "phase")?.AsString);
        Assert.Equal(1, status.At("spec", "n")?.AsInteger);
        Assert.Equal(1, status.At("metadata", "generation")?.AsInteger);

        var put = (await client.SendAsync("PUT", Path + "/a", status.Without("status").ToString())).Body;
        Assert.Equal("Running", put.At("status", "phase")?.AsString);
        Assert.Equal(status.At("metadata", "resourceVersion"), put.At("metadata", "resourceVersion"));
    }

    [Theory]
    [InlineData("""{"metadata":{"resourceVersion":null}}""", 422, "Invalid")]
    [InlineData("""{"metadata":{"resourceVersion":"101"}}""", 409, "Conflict")]
    [InlineData("""{"metadata":{"uid":"11111111-2222-3333-4444-555555555555"}}""", 422, "Invalid")]
    [InlineData("""{"metadata":{"name":"b"}}""", 400, "BadRequest")]
    [InlineData("""{"spec":{"n":1}}""", 200, null)]
    public async Task MergePatchesAreCheckedLikeAnyWrite(string patch, int status, string? reason)
    {
        await using var server = await StartAsync(statusSubresource: false);
        using var client = new RawClient(server);
        await client.SendAsync("POST", Path, New);
        var answer = await client.SendAsync("PATCH", Path + "/a", patch, "application/merge-patch+json");
        Assert.Equal((status, reason), (answer.Status, answer.Body["reason"]?.AsString));
    }

    [Theory]
    [InlineData("application/strategic-merge-patch+json", 415)]
    [InlineData("application/apply-patch+yaml", 422)]
    public async Task PatchesThatAreNotTakenSayWhy(string type, int status)
    {
        await using var server = await StartAsync(statusSubresource: false);
        using var client = new RawClient(server);
        await client.SendAsync("POST", Path, New);
        var answer = await client.SendAsync("PATCH", Path + "/a", "{}", type);
        Assert.Equal(status, answer.Status);
        Assert.NotEqual("", answer.Body["message"]?.AsString);
    }

    [Fact]
    public async Task AFinalizerHoldsTheObjectAndItsRemovalEndsIt()
    {
        await using var server = await StartAsync(statusSubresource: false);
        using var client = new RawClient(server);
        await client.SendAsync("POST", Path, New.Replace("\"name\":\"a\"", "\"name\":\"a\",\"finalizers\":[\"example.com/f\"]", StringComparison.Ordinal));
        var deleted = await client.SendAsync("DELETE", Path + "/a");
        Assert.NotNull(deleted.Body.At("metadata", "deletionTimestamp"));
        Assert.Equal(2, deleted.Body.At("metadata", "generation")?.AsInteger);

        var again = await client.SendAsync("POST", Path, New);
        Assert.Equal(409, again.Status);
        Assert.StartsWith("object is being deleted: ", again.Body["message"]?.AsString, StringComparison.Ordinal);

        await client.SendAsync("PATCH", Path + "/a", """{"metadata":{"finalizers":null}}""", "application/merge-patch+json");
        Assert.Equal(404, (await client.SendAsync("GET", Path + "/a")).Status);
        Assert.Equal(
            [ChangeType.Added, ChangeType.Modified, ChangeType.Deleted],
            server.History("jobs.example.com", "default", "a").Select(revision => revision.Type));
    }

    [Fact]
    public async Task DryRunsAnswerAndStoreNothing()
    {
        await using var server = await StartAsync(statusSubresource: false);
        using var client = new RawClient(server);
        var revision = server.Revision;
        var answer = await client.SendAsync("POST", Path + "?dryRun=All", New);
        Assert.Equal(201, answer.Status);
        Assert.NotNull(answer.Body.At("metadata", "uid"));
        Assert.Null(answer.Body.At("metadata", "resourceVersion"));
        Assert.Equal(revision, server.Revision);
        Assert.False(server.Requests[^1].Stored);
    }

    [Fact]
    public async Task ListsAreSelectedAndPaged()
    {
        await using var server = await StartAsync(statusSubresource: false);
        using var client = new RawClient(server);
        foreach (var name in new[] { "a", "b", "c" })
        {
            await client.SendAsync("POST", Path, New.Replace("\"name\":\"a\"", $"\"name\":\"{name}\",\"labels\":{{\"n\":\"{name}\"}}", StringComparison.Ordinal));
        }

        Assert.Equal(["a", "c"], Names((await client.SendAsync("GET", Path + "?labelSelector=n in (a,c)")).Body));
        Assert.Equal(["b"], Names((await client.SendAsync("GET", Path + "?fieldSelector=metadata.name=b")).Body));
        Assert.Equal(400, (await client.SendAsync("GET", Path + "?fieldSelector=spec.n=1")).Status);

        var page = (await client.SendAsync("GET", Path + "?limit=2")).Body;
        Assert.Equal(["a", "b"], Names(page));
        Assert.Equal(1, page.At("metadata", "remainingItemCount")?.AsInteger);
        var rest = await client.SendAsync("GET", $"{Path}?limit=2&continue={page.At("metadata", "continue")?.AsString}");
        Assert.Equal(["c"], Names(rest.Body));
    }

    [Fact]
    public async Task TheSameSeedGivesTheSameNamesAndUidsAndAForkGoesOnAlone()
    {
        var generated = New.Replace("\"name\":\"a\"", "\"generateName\":\"a-\"", StringComparison.Ordinal);
        var seen = new List<string>();
        foreach (var seed in new[] { 7, 7, 8 })
        {
            await using var server = await StartAsync(statusSubresource: false, seed);
            using var client = new RawClient(server);
            var created = (await client.SendAsync("POST", Path, generated)).Body;
            seen.Add($"{created.At("metadata", "name")} {created.At("metadata", "uid")}");
            await using var fork = server.Fork(server.Revision - 1);
            using var other = new RawClient(fork);
            var inFork = (await other.SendAsync("POST", Path, generated)).Body;
            Assert.Equal(created.At("metadata", "uid"), inFork.At("metadata", "uid"));
        }

        Assert.Equal(seen[0], seen[1]);
        Assert.NotEqual(seen[0], seen[2]);
    }

    internal static Task<KubernetesApiServer> StartAsync(bool statusSubresource, int seed = 0, bool collect = false) =>
        KubernetesApiServer.StartAsync(
            options =>
            {
                options.Seed = seed;
                options.CollectGarbage = collect;
                options.AddCustomResourceDefinition($$"""
                    apiVersion: apiextensions.k8s.io/v1
                    kind: CustomResourceDefinition
                    metadata: { name: jobs.example.com }
                    spec:
                      group: example.com
                      scope: Namespaced
                      names: { plural: jobs, kind: Job }
                      versions:
                      - name: v1
                        served: true
                        storage: true
                        {{(statusSubresource ? "subresources: { status: {} }" : "")}}
                        schema:
                          openAPIV3Schema: { type: object, x-kubernetes-preserve-unknown-fields: true }
                    """);
            },
            Cancel);

    private static IEnumerable<string?> Names(JsonValue list) =>
        ((JsonArray)list["items"]!).Select(item => item.At("metadata", "name")?.AsString);
}
