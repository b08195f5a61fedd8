using System.Net.Http.Headers;
using Harvester.Testing.ApiServer.Http.Protobuf;
using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Tests.Http;

public sealed class ProtobufBodyTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_pod_as_typed_go_clients_send_it()
    {
        await using var server = await KubernetesApiServer.StartAsync(cancellationToken: Cancel);
        var answer = await SendAsync(server, "/api/v1/namespaces/default/pods", Envelope("v1", "Pod", pod =>
        {
            pod.Message(1, metadata =>
            {
                metadata.Text(1, "p");
                metadata.Text(2, "");
                metadata.Message(8, _ => { });
                metadata.Message(11, label => Pair(label, "app", "web"));
            });
            pod.Message(2, spec =>
            {
                spec.Message(1, volume =>
                {
                    volume.Text(1, "v");
                    volume.Message(2, source => source.Message(2, empty => empty.Text(1, "")));
                });
                spec.Message(2, container =>
                {
                    container.Text(1, "main");
                    container.Text(2, "image:1");
                    container.Text(3, "sleep");
                    container.Text(3, "1");
                    container.Message(6, port => port.Number(3, 8080));
                    container.Message(8, resources => resources.Message(2, request =>
                    {
                        request.Text(1, "cpu");
                        request.Message(2, quantity => quantity.Text(1, "50m"));
                    }));
                    container.Message(10, probe => probe.Message(1, handler => handler.Message(2, get => get.Message(2, port =>
                    {
                        port.Number(1, 0);
                        port.Number(2, 8080);
                        port.Text(3, "");
                    }))));
                });
                spec.Number(4, 5);
            });
        }));
        Assert.Equal(201, answer.Status);
        var spec = answer.Body["spec"]!;
        var container = ((JsonArray)spec["containers"]!)[0];
        Assert.Equal("web", answer.Body.At("metadata", "labels", "app")?.AsString);
        Assert.Equal("""["sleep","1"]""", container["command"]!.ToString());
        Assert.Equal("50m", container.At("resources", "requests", "cpu")?.AsString);
        Assert.Equal(8080, container.At("livenessProbe", "httpGet", "port")?.AsInteger);
        Assert.Equal(8080, ((JsonArray)container["ports"]!)[0]["containerPort"]?.AsInteger);
        Assert.NotNull(((JsonArray)spec["volumes"]!)[0]["emptyDir"]);
        Assert.Equal(5, spec["terminationGracePeriodSeconds"]?.AsInteger);
    }

    [Fact]
    public async Task A_time_bytes_and_a_role()
    {
        await using var server = await KubernetesApiServer.StartAsync(cancellationToken: Cancel);
        var secret = await SendAsync(server, "/api/v1/namespaces/default/secrets", Envelope("v1", "Secret", value =>
        {
            value.Message(1, metadata => metadata.Text(1, "s"));
            value.Message(2, entry =>
            {
                entry.Text(1, "k");
                entry.Bytes(2, [1, 2, 3]);
            });
            value.Text(3, "Opaque");
        }));
        Assert.Equal("AQID", secret.Body.At("data", "k")?.AsString);

        var role = await SendAsync(server, "/apis/rbac.authorization.k8s.io/v1/namespaces/default/roles", Envelope("rbac.authorization.k8s.io/v1", "Role", value =>
        {
            value.Message(1, metadata => metadata.Text(1, "r"));
            value.Message(2, rule =>
            {
                rule.Text(1, "get");
                rule.Text(2, "");
                rule.Text(3, "pods");
            });
        }));
        Assert.Equal("""[{"apiGroups":[""],"resources":["pods"],"verbs":["get"]}]""", role.Body["rules"]!.ToString());
    }

    [Fact]
    public async Task What_is_no_message_is_a_bad_request()
    {
        await using var server = await KubernetesApiServer.StartAsync(cancellationToken: Cancel);
        var whole = Envelope("v1", "ConfigMap", value => value.Message(1, metadata => metadata.Text(1, "c")));
        var random = new Random(7);
        for (var round = 0; round < 300; round++)
        {
            var body = (byte[])whole.Clone();
            if (round % 3 == 0)
            {
                body = body[..random.Next(body.Length)];
            }
            else
            {
                body[random.Next(body.Length)] = (byte)random.Next(256);
            }

            var answer = await SendAsync(server, "/api/v1/namespaces/default/configmaps", body);
            Assert.True(answer.Status is 400 or 201 or 409 or 422, $"{answer.Status}: {Convert.ToHexString(body)}: {answer.Body}");
        }
    }

    [Fact]
    public async Task A_message_nested_without_end_is_a_bad_request()
    {
        await using var server = await KubernetesApiServer.StartAsync(cancellationToken: Cancel);
        var answer = await SendAsync(
            server,
            "/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
            Envelope("v1", "Pod", value => value.Message(2, spec => Nest(spec, 500))));
        Assert.True(answer.Status is 400, $"{answer.Status}");

        static void Nest(WireWriter writer, int depth)
        {
            if (depth > 0)
            {
                writer.Message(18, inner => Nest(inner, depth - 1));
            }
        }
    }

    private static void Pair(WireWriter writer, string key, string value)
    {
        writer.Text(1, key);
        writer.Text(2, value);
    }

    private static byte[] Envelope(string apiVersion, string kind, Action<WireWriter> write)
    {
        var writer = new WireWriter();
        writer.Message(1, type => Pair(type, apiVersion, kind));
        writer.Message(2, write);
        return [.. "k8s\0"u8, .. writer.ToArray()];
    }

    private static async Task<(int Status, JsonValue Body)> SendAsync(KubernetesApiServer server, string path, byte[] body)
    {
        using var client = new HttpClient(server.CreateHandler()) { BaseAddress = new Uri("http://localhost") };
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/vnd.kubernetes.protobuf");
        using var answer = await client.PostAsync(new Uri(path, UriKind.Relative), content, Cancel);
        return ((int)answer.StatusCode, JsonText.Read(await answer.Content.ReadAsByteArrayAsync(Cancel)));
    }
}
