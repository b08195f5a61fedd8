// surface: typed async; mutants: HARV2002 HARV1006
using k8s;
using k8s.Models;
using Shop.Kinds;

namespace Shop.CounterReconciler;

/// <summary>Seeds a database with demo rows by a job, unless such a job was made before.</summary>
public sealed class SeedReconciler
{
    private readonly IKubernetes _client;

    public SeedReconciler(IKubernetes client)
    {
        _client = client;
    }

    public async Task ReconcileAsync(string ns, string name, CancellationToken ct)
    {
        var database = await _client.CustomObjects.GetNamespacedCustomObjectAsync<Database>("shop.example.io", "v1", ns, "databases", name, ct);
        if (database.Spec.Paused)
        {
            return;
        }

        if (database.Status.StartedAt == default)
        {
            var jobs = await _client.BatchV1.ListNamespacedJobAsync(ns, labelSelector: $"shop.example.io/seeds={name}", cancellationToken: ct);
            if (jobs.Items.Count > 0)
            {
                await StartedAsync(ns, name, jobs.Items[0].Metadata.CreationTimestamp ?? DateTime.UnixEpoch, ct);
                return;
            }

            var job = await _client.BatchV1.CreateNamespacedJobAsync(Build(database), ns, cancellationToken: ct);
            await StartedAsync(ns, name, job.Metadata.CreationTimestamp ?? DateTime.UnixEpoch, ct);
        }
    }

    public async Task<int> CountAsync(string ns, CancellationToken ct)
    {
        var jobs = await _client.BatchV1.ListNamespacedJobAsync(ns, cancellationToken: ct);
        return jobs.Items.Count(j => j.Metadata.Labels?.ContainsKey("shop.example.io/seeds") == true);
    }

    private Task StartedAsync(string ns, string name, DateTime startedAt, CancellationToken ct)
    {
        var body = new V1Patch(new { status = new { startedAt } }, V1Patch.PatchType.MergePatch);
        return _client.CustomObjects.PatchNamespacedCustomObjectStatusAsync(body, "shop.example.io", "v1", ns, "databases", name, cancellationToken: ct);
    }

    private static V1Job Build(Database database) => new()
    {
        Metadata = new V1ObjectMeta
        {
            Name = $"{database.Metadata.Name}-seed",
            Labels = new Dictionary<string, string> { ["shop.example.io/seeds"] = database.Metadata.Name },
        },
        Spec = new V1JobSpec
        {
            Template = new V1PodTemplateSpec { Spec = new V1PodSpec { RestartPolicy = "OnFailure", Containers = new List<V1Container> { new() { Name = "seed", Image = "seed:1" } } } },
        },
    };
}
