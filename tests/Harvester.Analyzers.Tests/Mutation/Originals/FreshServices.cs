// surface: typed sync; mutants: HARV1003 HARV1002 HARV1008
using k8s;
using k8s.Models;

namespace Shop.FreshServiceTool;

/// <summary>A tool that moves a service to another selector, whole, as it alone owns it.</summary>
public sealed class ServiceTool
{
    private readonly IKubernetes _client;

    public ServiceTool(IKubernetes client)
    {
        _client = client;
    }

    public void Switch(string name, string ns, string color)
    {
        var live = _client.CoreV1.ReadNamespacedService(name, ns);
        if (live.Spec.Selector is { } selector && selector.TryGetValue("color", out var current) && current == color)
        {
            return;
        }

        var wanted = new V1Service
        {
            Metadata = new V1ObjectMeta { Name = name, NamespaceProperty = ns },
            Spec = new V1ServiceSpec
            {
                ClusterIP = live.Spec.ClusterIP,
                Ports = live.Spec.Ports,
                Selector = new Dictionary<string, string> { ["app"] = name, ["color"] = color },
            },
        };
        wanted.Metadata.ResourceVersion = live.Metadata.ResourceVersion;
        _client.CoreV1.ReplaceNamespacedService(wanted, name, ns);
    }

    public void Annotate(string name, string ns, string key, string value)
    {
        var live = _client.CoreV1.ReadNamespacedService(name, ns);
        if (live.Metadata.Annotations?.ContainsKey(key) == true)
        {
            return;
        }

        var annotations = new Dictionary<string, string> { [key] = value };
        _client.CoreV1.PatchNamespacedService(new V1Patch(new { metadata = new { annotations } }, V1Patch.PatchType.MergePatch), name, ns);
    }

    public void Apply(string name, string ns, int port)
    {
        var body = new V1Service
        {
            ApiVersion = "v1",
            Kind = "Service",
            Metadata = new V1ObjectMeta { Name = name },
            Spec = new V1ServiceSpec { Ports = new List<V1ServicePort> { new() { Port = port } } },
        };
        _client.CoreV1.PatchNamespacedService(new V1Patch(body, V1Patch.PatchType.ApplyPatch), name, ns, fieldManager: "service-tool");
    }

    public IEnumerable<string> Addresses(string ns) =>
        from service in _client.CoreV1.ListNamespacedService(ns).Items
        where service.Status?.LoadBalancer?.Ingress is { Count: > 0 }
        select service.Status.LoadBalancer.Ingress[0].Ip;
}
