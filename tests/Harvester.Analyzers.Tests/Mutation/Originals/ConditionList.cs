// surface: WithHttpMessages; mutants: HARV2003
using k8s;
using k8s.Models;
using Shop.Kinds;

namespace Shop.ConditionList;

/// <summary>Announces a new database to its users by an event object; the uid-bound annotation says that it did.</summary>
public sealed class AnnouncementReconciler
{
    private const string Announced = "shop.example.io/announced-for";
    private readonly IKubernetes _client;

    public AnnouncementReconciler(IKubernetes client)
    {
        _client = client;
    }

    public async Task ReconcileAsync(Database database, CancellationToken ct)
    {
        if (database.Status.Conditions is null or { Count: 0 })
        {
            if (database.GetAnnotation(Announced) == database.Metadata.Uid)
            {
                return;
            }

            await MarkAsync(database, ct);
            using var made = await _client.CoreV1.CreateNamespacedConfigMapWithHttpMessagesAsync(Text(database), database.Metadata.NamespaceProperty, cancellationToken: ct);
            Console.WriteLine($"announced: {made.Response.StatusCode}");
        }
    }

    public async Task<int> CountAsync(string ns, CancellationToken ct)
    {
        using var answer = await _client.CoreV1.ListNamespacedConfigMapWithHttpMessagesAsync(ns, labelSelector: "shop.example.io/announcement=true", cancellationToken: ct);
        return answer.Body.Items.Count;
    }

    private async Task MarkAsync(Database database, CancellationToken ct)
    {
        var annotations = new Dictionary<string, string> { [Announced] = database.Metadata.Uid };
        using var marked = await _client.CustomObjects.PatchNamespacedCustomObjectWithHttpMessagesAsync(
            new V1Patch(new { metadata = new { annotations } }, V1Patch.PatchType.MergePatch),
            "shop.example.io",
            "v1",
            database.Metadata.NamespaceProperty,
            "databases",
            database.Metadata.Name,
            cancellationToken: ct);
        marked.Response.EnsureSuccessStatusCode();
    }

    private static V1ConfigMap Text(Database database) => new()
    {
        Metadata = new V1ObjectMeta
        {
            Name = $"{database.Metadata.Name}-announcement",
            Labels = new Dictionary<string, string> { ["shop.example.io/announcement"] = "true" },
        },
        Data = new Dictionary<string, string> { ["text"] = $"{database.Metadata.Name} is coming" },
    };
}
