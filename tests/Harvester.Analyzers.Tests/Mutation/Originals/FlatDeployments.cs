// surface: flat; mutants: HARV1001 HARV1002 HARV1005 HARV1010
using k8s;
using k8s.Models;

namespace Shop.FlatDeployments;

/// <summary>Keeps deployments of a shop as its owner asked, with the client as it was when all methods lay on one interface.</summary>
public sealed class ShopDeployments
{
    private const string Owner = "shop.example.io/owner";
    private readonly IKubernetes _client;
    private readonly string _ns;

    public ShopDeployments(IKubernetes client, string ns)
    {
        _client = client;
        _ns = ns;
    }

    public async Task ClaimAsync(string name, string owner, CancellationToken ct)
    {
        var deployment = await _client.ReadNamespacedDeploymentAsync(name, _ns, cancellationToken: ct);
        if (deployment.Metadata.Labels is { } labels && labels.TryGetValue(Owner, out var known) && known == owner)
        {
            return;
        }

        var change = new Dictionary<string, string> { [Owner] = owner };
        await _client.PatchNamespacedDeploymentAsync(new V1Patch(new { metadata = new { labels = change } }, V1Patch.PatchType.MergePatch), name, _ns, cancellationToken: ct);
    }

    public async Task ScaleAsync(string name, int replicas, CancellationToken ct)
    {
        var deployment = await _client.ReadNamespacedDeploymentAsync(name, _ns, cancellationToken: ct);
        if (deployment.Spec.Replicas == replicas || deployment.Spec.Paused == true)
        {
            return;
        }

        await _client.PatchNamespacedDeploymentAsync(new V1Patch(new { spec = new { replicas } }, V1Patch.PatchType.MergePatch), name, _ns, cancellationToken: ct);
    }

    public async Task CountAsync(string name, int ready, CancellationToken ct)
    {
        var deployment = await _client.ReadNamespacedDeploymentAsync(name, _ns, cancellationToken: ct);
        if (deployment.Status.ReadyReplicas == ready)
        {
            return;
        }

        deployment.Status.ReadyReplicas = ready;
        await _client.ReplaceNamespacedDeploymentStatusAsync(deployment, name, _ns, cancellationToken: ct);
    }

    public async Task<string> DescribeAsync(string name, CancellationToken ct)
    {
        var deployment = await _client.ReadNamespacedDeploymentAsync(name, _ns, cancellationToken: ct);
        var ready = deployment.Status?.ReadyReplicas ?? 0;
        return $"{deployment.Metadata.Name}: {ready} of {deployment.Spec.Replicas ?? 1}";
    }
}
