// surface: typed async; mutants: HARV2004
using k8s;
using k8s.Models;
using Shop.Kinds;

namespace Shop.SwitchExpression;

/// <summary>Decides by a switch expression what a backup needs next; a marker on the object forbids a second start.</summary>
public sealed class ExportReconciler
{
    private const string Marker = "shop.example.io/started-for";
    private readonly IKubernetes _client;

    public ExportReconciler(IKubernetes client)
    {
        _client = client;
    }

    public async Task ReconcileAsync(Backup backup, CancellationToken ct)
    {
        if (backup.GetAnnotation(Marker) == backup.Metadata.Uid)
        {
            return;
        }

        await MarkAsync(backup, ct);
        switch (backup.Status?.Phase)
        {
            case "Done" or "Running":
                break;
            case null or "":
                await StartAsync(backup, ct);
                break;
            default:
                throw new InvalidOperationException($"unknown phase {backup.Status?.Phase}");
        }
    }

    private Task MarkAsync(Backup backup, CancellationToken ct)
    {
        var annotations = new Dictionary<string, string> { [Marker] = backup.Metadata.Uid };
        return _client.CustomObjects.PatchNamespacedCustomObjectAsync(
            new V1Patch(new { metadata = new { annotations } }, V1Patch.PatchType.MergePatch),
            "shop.example.io",
            "v1",
            backup.Metadata.NamespaceProperty,
            "backups",
            backup.Metadata.Name,
            cancellationToken: ct);
    }

    private Task StartAsync(Backup backup, CancellationToken ct)
    {
        var job = new V1Job
        {
            Metadata = new V1ObjectMeta { Name = $"{backup.Metadata.Name}-export" },
            Spec = new V1JobSpec { Template = new V1PodTemplateSpec { Spec = new V1PodSpec { RestartPolicy = "Never" } } },
        };
        return _client.BatchV1.CreateNamespacedJobAsync(job, backup.Metadata.NamespaceProperty, cancellationToken: ct);
    }

    public static string Describe(Backup backup) => backup.Status?.Phase switch
    {
        null or "" => "nothing known",
        "Running" => "on its way",
        var phase => phase,
    };
}
