using System.Text;
using Harvester.Tests;

namespace Harvester.Testing.ApiServer.Tests.Http;

/// <summary>The same requests to two servers of one seed and one instant: what the doors answer is the same, byte for byte.</summary>
public class DoorsAgreeTests
{
    private const string Upgrades = "/apis/harvesterhci.io/v1beta1/namespaces/default/upgrades";
    private const string Json = "application/json";
    private const string Table = "application/json;as=Table;v=v1;g=meta.k8s.io";

    private static readonly (string Method, string Path, string? Type, string? Body, string Accept)[] Requests =
    [
        ("POST", Upgrades, Json, """{"apiVersion":"harvesterhci.io/v1beta1","kind":"Upgrade","metadata":{"name":"u"},"spec":{"version":"v1"},"odd":1}""", Json),
        ("POST", Upgrades, Json, "{nope", Json),
        ("POST", Upgrades, "text/plain", "{}", Json),
        ("GET", Upgrades + "/u", null, null, Json),
        ("GET", Upgrades + "/u", null, null, "application/yaml"),
        ("HEAD", Upgrades + "/u", null, null, Json),
        ("GET", Upgrades, null, null, Table),
        ("PATCH", Upgrades + "/u", "application/merge-patch+json", """{"metadata":{"labels":{"a":"b"}}}""", Json),
        ("PATCH", Upgrades + "/u?fieldManager=m", "application/apply-patch+yaml", "apiVersion: harvesterhci.io/v1beta1\nkind: Upgrade\nmetadata: {name: u}\nspec: {version: v2}\n", Json),
        ("PUT", Upgrades + "/u", Json, """{"apiVersion":"harvesterhci.io/v1beta1","kind":"Upgrade","metadata":{"name":"u"},"spec":{}}""", Json),
        ("GET", Upgrades + "/none", null, null, Json),
        ("GET", Upgrades + "?watch=true&timeoutSeconds=1", null, null, Json),
        ("GET", "/apis/harvesterhci.io/v1beta1", null, null, Json),
        ("POST", "/api/v1/namespaces/default/pods", Json, """{"metadata":{"name":"p"},"spec":{"containers":[{"name":"c","image":"i"}]}}""", Json),
        ("DELETE", Upgrades + "/u", null, null, Json),
        ("GET", "/nowhere", null, null, Json),
    ];

    [Fact]
    public async Task Both_doors_answer_byte_for_byte_the_same()
    {
        await using var inProcess = await StartAsync(null);
        await using var onSocket = await StartAsync(0);
        using var handler = new HttpClient(inProcess.CreateHandler()) { BaseAddress = new Uri("http://localhost") };
        using var kestrel = new HttpClient { BaseAddress = onSocket.Url };
        foreach (var request in Requests)
        {
            Assert.Equal(
                $"{request.Method} {request.Path}\n{await AnswerAsync(handler, request)}",
                $"{request.Method} {request.Path}\n{await AnswerAsync(kestrel, request)}");
        }
    }

    private static Task<KubernetesApiServer> StartAsync(int? port) => KubernetesApiServer.StartAsync(options =>
    {
        options.Seed = 7;
        options.Port = port;
        options.TimeProvider = new OneInstant();
        options.AddCustomResourceDefinitions(RepositoryRoot.At("sample-controller", "crds", "harvesterhci.io_upgrades.yaml"));
    });

    private static async Task<string> AnswerAsync(HttpClient client, (string Method, string Path, string? Type, string? Body, string Accept) request)
    {
        using var message = new HttpRequestMessage(new HttpMethod(request.Method), request.Path);
        message.Headers.TryAddWithoutValidation("Accept", request.Accept);
        message.Headers.TryAddWithoutValidation("User-Agent", "doors/1");
        if (request.Body is not null)
        {
            message.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(request.Body));
            message.Content.Headers.TryAddWithoutValidation("Content-Type", request.Type);
        }

        using var response = await client.SendAsync(message, TestContext.Current.CancellationToken);
        var body = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        var warnings = response.Headers.NonValidated.TryGetValues("Warning", out var found) ? string.Join('\n', found) : "";
        return $"{(int)response.StatusCode} {response.Content.Headers.ContentType}\n{warnings}\n{Convert.ToHexString(body)}";
    }

    // Timers run as ever, or a watch would not end; only what the server calls now stands still.
    private sealed class OneInstant : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    }
}
