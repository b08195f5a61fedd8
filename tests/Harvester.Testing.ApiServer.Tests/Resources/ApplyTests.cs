using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Tests.Http;
using Harvester.Testing.ApiServer.Tests.Statements;

namespace Harvester.Testing.ApiServer.Tests.Resources;

/// <summary>Server-side apply, managed fields and scale over HTTP, beside what is recorded.</summary>
public class ApplyTests
{
    private const string Apply = "application/apply-patch+yaml";

    private const string Maps = "/api/v1/namespaces/default/configmaps/";

    private const string Deployments = "/apis/apps/v1/namespaces/default/deployments/";

    [Fact]
    [Statement("A-1")]
    [Statement("A-2")]
    public async Task An_apply_needs_a_manager_and_a_body_of_the_paths_kind()
    {
        await using var server = await KubernetesApiServer.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        using var client = new RawClient(server);
        var body = Map("a", """{"x":"1"}""");
        Assert.Equal(422, (await client.SendAsync("PATCH", Maps + "a", body, Apply)).Status);
        Assert.Equal(422, (await client.SendAsync("PATCH", Maps + "a?fieldManager=" + new string('m', 129), body, Apply)).Status);
        Assert.Equal(422, (await client.SendAsync("PATCH", Maps + "a?fieldManager=a%07", body, Apply)).Status);
        Assert.Equal(400, (await client.SendAsync("PATCH", Maps + "a?fieldManager=m", body.Replace("ConfigMap", "Secret", StringComparison.Ordinal), Apply)).Status);
        Assert.Equal(400, (await client.SendAsync("PATCH", Maps + "other?fieldManager=m", body, Apply)).Status);
        Assert.Equal(400, (await client.SendAsync("PATCH", Maps + "a?fieldManager=m", "[]", Apply)).Status);
        Assert.Equal(400, (await client.SendAsync("PATCH", Maps + "a?fieldManager=m", "a: [", Apply)).Status);
        Assert.Equal(201, (await client.SendAsync("PATCH", Maps + "a?fieldManager=m", body, Apply)).Status);
        Assert.Equal(200, (await client.SendAsync("PATCH", Maps + "a?fieldManager=m", body, Apply)).Status);
    }

    [Fact]
    [Statement("A-3")]
    [Statement("A-4")]
    public async Task A_conflict_names_the_manager_and_force_takes_the_field_over()
    {
        await using var server = await KubernetesApiServer.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        using var client = new RawClient(server);
        await client.SendAsync("PATCH", Maps + "a?fieldManager=ann", Map("a", """{"x":"1","y":"1"}"""), Apply);
        var conflict = await client.SendAsync("PATCH", Maps + "a?fieldManager=bob", Map("a", """{"x":"2","y":"2"}"""), Apply);
        Assert.Equal(409, conflict.Status);
        Assert.Equal("Apply failed with 2 conflicts: conflicts with \"ann\":\n- .data.x\n- .data.y", conflict.Body["message"]?.AsString);
        var forced = await client.SendAsync("PATCH", Maps + "a?fieldManager=bob&force=true", Map("a", """{"x":"2"}"""), Apply);
        Assert.Equal(200, forced.Status);
        Assert.Equal("""{"f:data":{"f:y":{}}}""", FieldsOf(forced.Body, "ann"));
        Assert.Equal("""{"f:data":{"f:x":{}}}""", FieldsOf(forced.Body, "bob"));
    }

    [Fact]
    [Statement("A-10")]
    public async Task An_empty_entry_forgets_all_owners_until_the_first_apply()
    {
        await using var server = await KubernetesApiServer.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        using var client = new RawClient(server);
        await client.SendAsync("POST", Maps.TrimEnd('/') + "?fieldManager=ann", Map("a", """{"x":"1"}"""));
        var reset = await client.SendAsync("PATCH", Maps + "a", """{"metadata":{"managedFields":[{}]}}""", "application/merge-patch+json");
        Assert.Null(reset.Body.At("metadata", "managedFields"));
        var untracked = await client.SendAsync("PATCH", Maps + "a?fieldManager=bob", """{"data":{"y":"1"}}""", "application/merge-patch+json");
        Assert.Null(untracked.Body.At("metadata", "managedFields"));
        var applied = await client.SendAsync("PATCH", Maps + "a?fieldManager=joe", Map("a", """{"z":"1"}"""), Apply);
        Assert.Equal("""{"f:data":{".":{},"f:x":{},"f:y":{}}}""", FieldsOf(applied.Body, "before-first-apply"));
        Assert.Equal("""{"f:data":{"f:z":{}}}""", FieldsOf(applied.Body, "joe"));
    }

    [Fact]
    [Statement("B-37")]
    public async Task Kubectl_takes_over_what_it_applied_from_the_client_before()
    {
        await using var server = await KubernetesApiServer.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        using var client = new RawClient(server);
        const string before = """{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"a\"},\"data\":{\"x\":\"1\"}}""";
        var annotated = $$$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","annotations":{"kubectl.kubernetes.io/last-applied-configuration":"{{{before}}}"}},"data":{"x":"1"}}""";
        await client.SendAsync("POST", Maps.TrimEnd('/') + "?fieldManager=kubectl-client-side-apply", annotated);
        Assert.Equal(409, (await client.SendAsync("PATCH", Maps + "a?fieldManager=ann", Map("a", """{"x":"2"}"""), Apply)).Status);
        var taken = await client.SendAsync("PATCH", Maps + "a?fieldManager=kubectl", Map("a", """{"x":"2"}"""), Apply);
        Assert.Equal(200, taken.Status);
        Assert.Equal(
            Map("a", """{"x":"2"}""") + "\n",
            taken.Body.At("metadata", "annotations", "kubectl.kubernetes.io/last-applied-configuration")?.AsString);
    }

    [Fact]
    [Statement("B-24")]
    [Statement("B-38")]
    public async Task Scale_writes_the_replicas_and_nothing_else()
    {
        await using var server = await KubernetesApiServer.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        using var client = new RawClient(server);
        const string deployment = """{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"d"},"spec":{"replicas":2,"selector":{"matchLabels":{"b":"2","a":"1"}},"template":{"metadata":{"labels":{"a":"1","b":"2"}},"spec":{"containers":[{"name":"c","image":"i"}]}}}}""";
        Assert.Equal(201, (await client.SendAsync("POST", Deployments.TrimEnd('/') + "?fieldManager=ann", deployment)).Status);
        var scale = await client.SendAsync("GET", Deployments + "d/scale");
        Assert.Equal("""{"replicas":0,"selector":"a=1,b=2"}""", scale.Body["status"]?.ToString());
        const string wanted = """{"apiVersion":"autoscaling/v1","kind":"Scale","metadata":{"name":"d","labels":{"no":"no"}},"spec":{"replicas":4}}""";
        Assert.Equal(409, (await client.SendAsync("PATCH", Deployments + "d/scale?fieldManager=hpa", wanted, Apply)).Status);
        Assert.Equal(200, (await client.SendAsync("PATCH", Deployments + "d/scale?fieldManager=hpa&force=true", wanted, Apply)).Status);
        var scaled = await client.SendAsync("GET", Deployments + "d");
        Assert.Equal(4, scaled.Body.At("spec", "replicas")?.AsInteger);
        Assert.Equal(2, scaled.Body.At("metadata", "generation")?.AsInteger);
        Assert.Null(scaled.Body.At("metadata", "labels"));
        Assert.Equal("""{"f:spec":{"f:replicas":{}}}""", FieldsOf(scaled.Body, "hpa"));
        Assert.Equal(422, (await client.SendAsync("PATCH", Deployments + "d/scale", """{"spec":{"replicas":-1}}""", "application/merge-patch+json")).Status);
        Assert.Equal(404, (await client.SendAsync("GET", Deployments + "none/scale")).Status);
        Assert.Equal(405, (await client.SendAsync("DELETE", Deployments + "d/scale")).Status);
    }

    [Fact]
    [Statement("U-14")]
    public async Task A_write_that_changes_nothing_keeps_the_times_of_managed_fields()
    {
        await using var server = await KubernetesApiServer.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        using var client = new RawClient(server);
        var created = await client.SendAsync("POST", Maps.TrimEnd('/') + "?fieldManager=ann", Map("a", """{"x":"1"}"""));
        var again = await client.SendAsync("PUT", Maps + "a?fieldManager=bob", created.Body.ToString());
        Assert.Equal(created.Body.ToString(), again.Body.ToString());
    }

    private static string Map(string name, string data) =>
        JsonText.Read($$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"{{name}}"},"data":{{data}}}""").ToString();

    private static string? FieldsOf(JsonValue body, string manager) =>
        (body.At("metadata", "managedFields") as JsonArray ?? JsonArray.Empty)
            .FirstOrDefault(entry => entry["manager"]?.AsString == manager)?["fieldsV1"]?.ToString();
}
