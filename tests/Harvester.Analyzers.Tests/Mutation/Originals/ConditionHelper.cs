// surface: typed async; mutants: HARV2003
using k8s;
using k8s.Models;
using Shop.Kinds;

namespace Shop.ConditionHelper;

/// <summary>Runs the schema migration of a database once a version; a job per version says which have run.</summary>
public sealed class MigrationReconciler
{
    private readonly IKubernetes _client;

    public MigrationReconciler(IKubernetes client)
    {
        _client = client;
    }

    public async Task ReconcileAsync(Database database, CancellationToken ct)
    {
        var ns = database.Metadata.NamespaceProperty;
        if (StatusOf(database, "Migrated") == "")
        {
            var jobs = await _client.BatchV1.ListNamespacedJobAsync(ns, labelSelector: Selector(database), cancellationToken: ct);
            if (jobs.Items.Count > 0)
            {
                await TellAsync(database, "Migrating", ct);
                return;
            }

            await _client.BatchV1.CreateNamespacedJobAsync(Build(database), ns, cancellationToken: ct);
            await TellAsync(database, "Migrating", ct);
        }
    }

    private static string StatusOf(Database database, string type)
    {
        foreach (var condition in database.Status.Conditions)
        {
            if (condition.Type == type)
            {
                return condition.Status;
            }
        }

        return "";
    }

    private static string Selector(Database database) =>
        $"shop.example.io/migrates={database.Metadata.Name},version={database.Spec.Version}";

    private Task TellAsync(Database database, string message, CancellationToken ct)
    {
        var body = new V1Patch(new { status = new { message } }, V1Patch.PatchType.MergePatch);
        return _client.CustomObjects.PatchNamespacedCustomObjectStatusAsync(body, "shop.example.io", "v1", database.Metadata.NamespaceProperty, "databases", database.Metadata.Name, cancellationToken: ct);
    }

    private static V1Job Build(Database database) => new()
    {
        Metadata = new V1ObjectMeta
        {
            Name = $"{database.Metadata.Name}-migrate-{database.Spec.Version}",
            Labels = new Dictionary<string, string> { ["shop.example.io/migrates"] = database.Metadata.Name, ["version"] = database.Spec.Version },
        },
        Spec = new V1JobSpec { Template = new V1PodTemplateSpec { Spec = new V1PodSpec { RestartPolicy = "Never" } } },
    };
}
