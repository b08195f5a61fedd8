// surface: KubeOps async; mutants: HARV2003
using k8s;
using k8s.Models;
using KubeOps.KubernetesClient;
using Shop.Kinds;

namespace Shop.ConditionReconciler;

/// <summary>Makes the network policy of a database before it is opened to the world.</summary>
public sealed class IsolationReconciler
{
    private const string Isolated = "Isolated";
    private readonly IKubernetesClient _client;

    public IsolationReconciler(IKubernetesClient client)
    {
        _client = client;
    }

    public async Task ReconcileAsync(Database database, CancellationToken ct)
    {
        if (!database.Status.Conditions.Any(c => c.Type == Isolated))
        {
            var policy = await _client.GetAsync<V1NetworkPolicy>(database.Metadata.Name, database.Metadata.NamespaceProperty, ct);
            if (policy is not null)
            {
                await SetAsync(database, "True", "PolicyFound", ct);
                return;
            }

            await _client.CreateAsync(Build(database), ct);
            await SetAsync(database, "True", "PolicyMade", ct);
        }
    }

    public async Task OpenAsync(Database database, CancellationToken ct)
    {
        var policy = await _client.GetAsync<V1NetworkPolicy>(database.Metadata.Name, database.Metadata.NamespaceProperty, ct);
        if (policy is not null)
        {
            await _client.DeleteAsync(policy, ct);
        }

        await SetAsync(database, "False", "Opened", ct);
    }

    private async Task SetAsync(Database database, string status, string reason, CancellationToken ct)
    {
        var condition = database.Status.Conditions.FirstOrDefault(c => c.Type == Isolated);
        if (condition is null)
        {
            condition = new DatabaseCondition { Type = Isolated };
            database.Status.Conditions.Add(condition);
        }

        condition.Status = status;
        condition.Reason = reason;
        await _client.UpdateStatusAsync(database, ct);
    }

    private static V1NetworkPolicy Build(Database database) => new()
    {
        Metadata = new V1ObjectMeta { Name = database.Metadata.Name, NamespaceProperty = database.Metadata.NamespaceProperty },
        Spec = new V1NetworkPolicySpec { PolicyTypes = new List<string> { "Ingress" } },
    };
}
