// surface: typed async; mutants: HARV1001 HARV1005 HARV1006
using k8s;
using k8s.Autorest;
using k8s.Models;
using System.Net;

namespace Shop.TypedDeploymentStatus;

/// <summary>Tells on a deployment's status what an external rollout checker has seen.</summary>
public sealed class RolloutReporter
{
    private const string ConditionType = "shop.example.io/Verified";
    private readonly IKubernetes _client;

    public RolloutReporter(IKubernetes client)
    {
        _client = client;
    }

    public async Task<bool> ReportAsync(string name, string ns, bool verified, CancellationToken ct)
    {
        V1Deployment deployment;
        try
        {
            deployment = await _client.AppsV1.ReadNamespacedDeploymentAsync(name, ns, cancellationToken: ct);
        }
        catch (HttpOperationException e) when (e.Response.StatusCode == HttpStatusCode.NotFound)
        {
            return false;
        }

        var wanted = verified ? "True" : "False";
        deployment.Status ??= new V1DeploymentStatus();
        deployment.Status.Conditions ??= new List<V1DeploymentCondition>();
        var condition = deployment.Status.Conditions.FirstOrDefault(c => c.Type == ConditionType);
        if (condition is not null && condition.Status == wanted)
        {
            return true;
        }

        if (condition is null)
        {
            condition = new V1DeploymentCondition { Type = ConditionType };
            deployment.Status.Conditions.Add(condition);
        }

        condition.Status = wanted;
        condition.Reason = verified ? "ProbePassed" : "ProbeFailed";
        condition.LastTransitionTime = DateTime.UtcNow;
        await _client.AppsV1.ReplaceNamespacedDeploymentStatusAsync(deployment, name, ns, cancellationToken: ct);
        return true;
    }

    public Task ReportCountAsync(string name, string ns, int available, CancellationToken ct)
    {
        var body = new V1Patch(new { status = new { availableReplicas = available } }, V1Patch.PatchType.MergePatch);
        return _client.AppsV1.PatchNamespacedDeploymentStatusAsync(body, name, ns, cancellationToken: ct);
    }

    public async Task<int> CountVerifiedAsync(string ns, CancellationToken ct)
    {
        var list = await _client.AppsV1.ListNamespacedDeploymentAsync(ns, cancellationToken: ct);
        return list.Items.Count(d => d.Status?.Conditions?.Any(c => c.Type == ConditionType && c.Status == "True") == true);
    }
}
