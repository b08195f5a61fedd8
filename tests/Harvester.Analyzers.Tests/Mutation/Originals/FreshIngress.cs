// surface: typed async; mutants: HARV1003 HARV1010 HARV1007
using k8s;
using k8s.Models;

namespace Shop.FreshIngress;

/// <summary>Keeps one ingress per shop; its whole body is this controller's.</summary>
public sealed class ShopIngress
{
    private readonly IKubernetes _client;

    public ShopIngress(IKubernetes client)
    {
        _client = client;
    }

    public async Task RouteAsync(string shop, string host, string ns, CancellationToken ct)
    {
        var live = await _client.NetworkingV1.ReadNamespacedIngressAsync(shop, ns, cancellationToken: ct);
        if (live.Spec.Rules?.Any(r => r.Host == host) == true)
        {
            return;
        }

        var wanted = new V1Ingress
        {
            Metadata = new V1ObjectMeta { Name = shop, NamespaceProperty = ns, Labels = live.Metadata.Labels },
            Spec = new V1IngressSpec { IngressClassName = "shop", Rules = new List<V1IngressRule> { Rule(host, shop) } },
        };
        wanted.Metadata.ResourceVersion = live.Metadata.ResourceVersion;
        await _client.NetworkingV1.ReplaceNamespacedIngressAsync(wanted, shop, ns, cancellationToken: ct);
    }

    public async Task ClassAsync(string shop, string ns, string ingressClass, CancellationToken ct)
    {
        var live = await _client.NetworkingV1.ReadNamespacedIngressAsync(shop, ns, cancellationToken: ct);
        if (live.Spec.IngressClassName == ingressClass)
        {
            return;
        }

        await _client.NetworkingV1.PatchNamespacedIngressAsync(new V1Patch(new { spec = new { ingressClassName = ingressClass } }, V1Patch.PatchType.MergePatch), shop, ns, cancellationToken: ct);
    }

    public async Task<string?> AddressAsync(string shop, string ns, CancellationToken ct)
    {
        var live = await _client.NetworkingV1.ReadNamespacedIngressAsync(shop, ns, cancellationToken: ct);
        return live.Status?.LoadBalancer?.Ingress?.FirstOrDefault()?.Ip;
    }

    private static V1IngressRule Rule(string host, string service) => new()
    {
        Host = host,
        Http = new V1HTTPIngressRuleValue
        {
            Paths = new List<V1HTTPIngressPath>
            {
                new()
                {
                    Path = "/",
                    PathType = "Prefix",
                    Backend = new V1IngressBackend { Service = new V1IngressServiceBackend { Name = service, Port = new V1ServiceBackendPort { Number = 80 } } },
                },
            },
        },
    };
}
