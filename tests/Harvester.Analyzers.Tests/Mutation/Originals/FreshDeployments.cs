// surface: typed async; mutants: HARV1003 HARV1008
using k8s;
using k8s.Autorest;
using k8s.Models;
using System.Net;

namespace Shop.FreshServices;

/// <summary>Publishes the services this controller alone builds, whole, from a table.</summary>
public sealed class ServicePublisher
{
    private readonly IKubernetes _client;
    private readonly string _ns;

    public ServicePublisher(IKubernetes client, string ns)
    {
        _client = client;
        _ns = ns;
    }

    public async Task PublishAsync(string name, int port, CancellationToken ct)
    {
        V1Deployment? live = null;
        try
        {
            live = await _client.AppsV1.ReadNamespacedDeploymentAsync(name, _ns, cancellationToken: ct);
        }
        catch (HttpOperationException e) when (e.Response.StatusCode == HttpStatusCode.NotFound)
        {
        }

        var body = Build(name, port);
        if (live is null)
        {
            await _client.AppsV1.CreateNamespacedDeploymentAsync(body, _ns, cancellationToken: ct);
            return;
        }

        var wanted = new V1Deployment
        {
            Metadata = new V1ObjectMeta { Name = name, NamespaceProperty = _ns },
            Spec = body.Spec,
        };
        wanted.Metadata.ResourceVersion = live.Metadata.ResourceVersion;
        await _client.AppsV1.ReplaceNamespacedDeploymentAsync(wanted, name, _ns, cancellationToken: ct);
    }

    public Task ApplyAsync(string name, int port, CancellationToken ct)
    {
        var body = Build(name, port);
        return _client.AppsV1.PatchNamespacedDeploymentAsync(new V1Patch(body, V1Patch.PatchType.ApplyPatch), name, _ns, fieldManager: "publisher", cancellationToken: ct);
    }

    private static V1Deployment Build(string name, int port) => new()
    {
        ApiVersion = "apps/v1",
        Kind = "Deployment",
        Metadata = new V1ObjectMeta { Name = name },
        Spec = new V1DeploymentSpec
        {
            Selector = new V1LabelSelector { MatchLabels = new Dictionary<string, string> { ["app"] = name } },
            Template = new V1PodTemplateSpec
            {
                Metadata = new V1ObjectMeta { Labels = new Dictionary<string, string> { ["app"] = name } },
                Spec = new V1PodSpec { Containers = new List<V1Container> { new() { Name = "web", Ports = new List<V1ContainerPort> { new() { ContainerPort = port } } } } },
            },
        },
    };
}
