// surface: KubeOps async; mutants: HARV2002
using k8s;
using k8s.Models;
using KubeOps.KubernetesClient;
using Shop.Kinds;

namespace Shop.PhaseReconciler;

/// <summary>Makes the stateful set of a new database; the set itself is asked first.</summary>
public sealed class DatabaseReconciler
{
    private readonly IKubernetesClient _client;

    public DatabaseReconciler(IKubernetesClient client)
    {
        _client = client;
    }

    public async Task ReconcileAsync(Database database, CancellationToken ct)
    {
        if (database.Status.Phase == DatabasePhase.New)
        {
            var existing = await _client.GetAsync<V1StatefulSet>(database.Metadata.Name, database.Metadata.NamespaceProperty, ct);
            if (existing is not null)
            {
                await PhaseAsync(database, DatabasePhase.Creating, ct);
                return;
            }

            await _client.CreateAsync(Build(database), ct);
            await PhaseAsync(database, DatabasePhase.Creating, ct);
            return;
        }

        if (database.Status.Phase == DatabasePhase.Creating)
        {
            var set = await _client.GetAsync<V1StatefulSet>(database.Metadata.Name, database.Metadata.NamespaceProperty, ct);
            if (set?.Status?.ReadyReplicas == database.Spec.Replicas)
            {
                await PhaseAsync(database, DatabasePhase.Ready, ct);
            }
        }
    }

    private async Task PhaseAsync(Database database, DatabasePhase phase, CancellationToken ct)
    {
        database.Status.Phase = phase;
        await _client.UpdateStatusAsync(database, ct);
    }

    private static V1StatefulSet Build(Database database) => new()
    {
        Metadata = new V1ObjectMeta { Name = database.Metadata.Name, NamespaceProperty = database.Metadata.NamespaceProperty },
        Spec = new V1StatefulSetSpec
        {
            Replicas = database.Spec.Replicas,
            ServiceName = database.Metadata.Name,
            Selector = new V1LabelSelector { MatchLabels = new Dictionary<string, string> { ["database"] = database.Metadata.Name } },
            Template = new V1PodTemplateSpec
            {
                Metadata = new V1ObjectMeta { Labels = new Dictionary<string, string> { ["database"] = database.Metadata.Name } },
                Spec = new V1PodSpec { Containers = new List<V1Container> { new() { Name = "db", Image = $"{database.Spec.Engine}:{database.Spec.Version}" } } },
            },
        },
    };
}
