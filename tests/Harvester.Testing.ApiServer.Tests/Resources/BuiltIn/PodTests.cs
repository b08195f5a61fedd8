using System.Net;
using System.Text;
using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Tests.Statements;

namespace Harvester.Testing.ApiServer.Tests.Resources.BuiltIn;

public sealed class PodTests : IAsyncLifetime
{
    private const string Pods = "/api/v1/namespaces/default/pods";

    private KubernetesApiServer _server = null!;
    private HttpClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await KubernetesApiServer.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        _client = new HttpClient(_server.CreateHandler()) { BaseAddress = new Uri("http://localhost") };
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    [Statement("B-9")]
    public async Task The_status_of_a_new_pod_is_the_servers()
    {
        var (_, pod) = await Send("POST", Pods, Pod("""{"status":{"phase":"Running"},"""));

        Assert.Equal(("Pending", "BestEffort"), (pod.At("status", "phase")?.AsString, pod.At("status", "qosClass")?.AsString));
    }

    [Fact]
    [Statement("B-21")]
    public async Task A_pod_is_bound_once()
    {
        await Send("POST", Pods, Pod("{"));
        var binding = """{"apiVersion":"v1","kind":"Binding","metadata":{"name":"p"},"target":{"kind":"Node","name":"n"}}""";

        Assert.Equal(HttpStatusCode.Created, (await Send("POST", Pods + "/p/binding", binding)).Code);
        Assert.Equal(HttpStatusCode.Conflict, (await Send("POST", Pods + "/p/binding", binding)).Code);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await Send("GET", Pods + "/p/binding", null)).Code);
        Assert.Equal("n", (await Send("GET", Pods + "/p", null)).Body.At("spec", "nodeName")?.AsString);
    }

    [Fact]
    [Statement("B-23")]
    public async Task An_assigned_pod_gets_time_that_only_becomes_shorter()
    {
        await Send("POST", Pods, Pod("{", ""","nodeName":"n" """));

        Assert.Equal(30, Grace(await Send("DELETE", Pods + "/p", null)));
        Assert.Equal(5, Grace(await Send("DELETE", Pods + "/p?gracePeriodSeconds=5", null)));
        Assert.Equal(5, Grace(await Send("DELETE", Pods + "/p?gracePeriodSeconds=50", null)));
        Assert.Equal(1, Grace(await Send("DELETE", Pods + "/p?gracePeriodSeconds=-1", null)));
        Assert.Equal(0, Grace(await Send("DELETE", Pods + "/p?gracePeriodSeconds=0", null)));
        Assert.Equal(HttpStatusCode.NotFound, (await Send("GET", Pods + "/p", null)).Code);
    }

    [Fact]
    [Statement("B-23")]
    public async Task A_pod_without_a_node_goes_at_once_and_says_that_it_was_marked()
    {
        await Send("POST", Pods, Pod("{"));

        var (_, gone) = await Send("DELETE", Pods + "/p", null);

        Assert.Equal(2, gone.At("metadata", "generation")?.AsInteger);
        Assert.Equal(HttpStatusCode.NotFound, (await Send("GET", Pods + "/p", null)).Code);
    }

    [Theory]
    [Statement("B-14")]
    [InlineData("""{"spec":{"activeDeadlineSeconds":5}}""", HttpStatusCode.OK)]
    [InlineData("""{"spec":{"containers":[{"name":"c","image":"other"}]}}""", HttpStatusCode.OK)]
    [InlineData("""{"spec":{"nodeName":"n"}}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("""{"spec":{"containers":[{"name":"d","image":"i"}]}}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("""{"spec":{"hostname":"h"}}""", HttpStatusCode.UnprocessableEntity)]
    public async Task What_of_a_pod_may_change(string patch, HttpStatusCode code)
    {
        await Send("POST", Pods, Pod("{"));

        Assert.Equal(code, (await Send("PATCH", Pods + "/p", patch, "application/strategic-merge-patch+json")).Code);
    }

    [Fact]
    public async Task Ephemeral_containers_are_added_and_stay()
    {
        await Send("POST", Pods, Pod("{"));
        var path = Pods + "/p/ephemeralcontainers";

        var (added, pod) = await Send(
            "PATCH", path, """{"spec":{"ephemeralContainers":[{"name":"e","image":"i"}]}}""", "application/strategic-merge-patch+json");
        var (removed, _) = await Send("PATCH", path, """{"spec":{"ephemeralContainers":null}}""", "application/strategic-merge-patch+json");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.UnprocessableEntity), (added, removed));
        Assert.Equal(2, pod.At("metadata", "generation")?.AsInteger);
    }

    [Theory]
    [InlineData("""{"spec":{"containers":[{"name":"c","resources":{"requests":{"cpu":"2"}}}]}}""", HttpStatusCode.OK)]
    [InlineData("""{"spec":{"containers":[{"name":"c","image":"other"}]}}""", HttpStatusCode.OK)]
    [InlineData("""{"spec":{"containers":[{"name":"c","resources":{"requests":{"cpu":"-1"}}}]}}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("""{"spec":{"containers":[{"name":"c","resources":{"$patch":"delete"}}]}}""", HttpStatusCode.UnprocessableEntity)]
    public async Task Resizing_changes_resources_alone(string patch, HttpStatusCode code)
    {
        await Send("POST", Pods, Pod("{").Replace("\"image\":\"i\"", "\"image\":\"i\",\"resources\":{\"requests\":{\"cpu\":\"1\"}}", StringComparison.Ordinal));

        Assert.Equal(code, (await Send("PATCH", Pods + "/p/resize", patch, "application/strategic-merge-patch+json")).Code);
        Assert.Equal("i", ((await Send("GET", Pods + "/p", null)).Body.At("spec", "containers") as JsonArray)![0]["image"]?.AsString);
    }

    [Theory]
    [InlineData("log")]
    [InlineData("exec")]
    [InlineData("portforward")]
    public async Task What_a_kubelet_would_answer_is_said_to_be_missing(string name)
    {
        await Send("POST", Pods, Pod("{", ""","nodeName":"n" """));

        Assert.Equal(HttpStatusCode.NotImplemented, (await Send("GET", $"{Pods}/p/{name}", null)).Code);
    }

    private static string Pod(string start, string spec = "") =>
        start + """ "apiVersion":"v1","kind":"Pod","metadata":{"name":"p"},"spec":{"containers":[{"name":"c","image":"i"}] """ + spec + "}}";

    private static long? Grace((HttpStatusCode Code, JsonObject Body) answer) =>
        answer.Body.At("metadata", "deletionGracePeriodSeconds")?.AsInteger;

    private async Task<(HttpStatusCode Code, JsonObject Body)> Send(string method, string path, string? body, string type = "application/json")
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, type);
        }

        using var response = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return (response.StatusCode, (JsonObject)JsonText.Read(text));
    }
}
