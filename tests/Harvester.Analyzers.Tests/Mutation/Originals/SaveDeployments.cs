// surface: typed async; mutants: HARV1011 HARV1004
using k8s;
using k8s.Models;

namespace Shop.SaveDeployments;

/// <summary>Carries settings of a template into deployments; a conflict means: read again, decide again.</summary>
public sealed class TemplateRollout
{
    private readonly IKubernetes _client;
    private readonly string _ns;

    public TemplateRollout(IKubernetes client, string ns)
    {
        _client = client;
        _ns = ns;
    }

    public async Task RollAsync(V1Deployment template, CancellationToken ct)
    {
        foreach (var name in await NamesAsync(ct))
        {
            await ImageAsync(template, name, ct);
        }
    }

    public async Task ImageAsync(V1Deployment template, string name, CancellationToken ct)
    {
        var live = await _client.AppsV1.ReadNamespacedDeploymentAsync(name, _ns, cancellationToken: ct);
        var image = template.Spec.Template.Spec.Containers[0].Image;
        var container = live.Spec.Template.Spec.Containers[0].Name;
        if (live.Spec.Template.Spec.Containers[0].Image == image)
        {
            return;
        }

        var containers = new[] { new { name = container, image } };
        await _client.AppsV1.PatchNamespacedDeploymentAsync(new V1Patch(new { spec = new { template = new { spec = new { containers } } } }, V1Patch.PatchType.StrategicMergePatch), name, _ns, cancellationToken: ct);
    }

    public async Task PauseAsync(string name, CancellationToken ct)
    {
        var live = await _client.AppsV1.ReadNamespacedDeploymentAsync(name, _ns, cancellationToken: ct);
        if (live.Spec.Paused == true)
        {
            return;
        }

        await _client.AppsV1.PatchNamespacedDeploymentAsync(new V1Patch(new { spec = new { paused = true } }, V1Patch.PatchType.MergePatch), name, _ns, cancellationToken: ct);
    }

    private async Task<IReadOnlyList<string>> NamesAsync(CancellationToken ct)
    {
        var names = new List<string>();
        string? next = null;
        do
        {
            var page = await _client.AppsV1.ListNamespacedDeploymentAsync(_ns, limit: 100, continueParameter: next, cancellationToken: ct);
            names.AddRange(page.Items.Select(d => d.Metadata.Name));
            next = page.Metadata.ContinueProperty;
        }
        while (!string.IsNullOrEmpty(next));

        return names;
    }
}
