using static Harvester.Analyzers.Tests.Reconcile.Shapes;

namespace Harvester.Analyzers.Tests.Reconcile;

/// <summary>What makes sure first that nothing was started, and what only looks like it.</summary>
public class GuardShapeTests
{
    [Fact]
    public Task Children_that_were_listed() => Verify(
    [
        """
        var jobs = await client.BatchV1.ListNamespacedJobAsync("ns");
        foreach (var j in jobs.Items) { if (j.OwnerReferences()?.Any(o => o.Uid == u.Metadata.Uid) == true) return; }
        if (u.Status is null) await Start(u);
        """,
        """
        var jobs = await client.BatchV1.ListNamespacedJobAsync("ns");
        var running = false;
        foreach (var j in jobs.Items) { if (j.GetLabel("gadget") == u.Metadata.Name) running = true; }
        if (u.Status is null && !running) await Start(u);
        """,
        """
        var jobs = await client.BatchV1.ListNamespacedJobAsync("ns", labelSelector: "gadget=" + u.Metadata.Name);
        if (jobs.Items is [var first, ..]) { await Save(u); return; }
        if (u.Status is null) await Start(u);
        """,
        """
        var nodes = await client.CoreV1.ListNodeAsync();
        foreach (var n in nodes.Items) { if ({|HARV2001:u.Status is null|}) await Start(u); }
        """,
    ]);

    [Fact]
    public Task Labels_of_a_child_are_evidence_in_strict_mode_too() => Verify(
    [
        """
        var jobs = await client.BatchV1.ListNamespacedJobAsync("ns");
        if (u.Status is null && !jobs.Items.Any(j => j.GetLabel("gadget") == u.Metadata.Name)) await Start(u);
        """,
        "if ({|HARV2001-error:u.Status is null|} && u.GetLabel(\"started\") is null) await Start(u);",
    ],
    mode: "Strict");

    [Fact]
    public Task Declared_guards_count_by_being_called() => Verify(
    [
        "await Claim(u); if (u.Status is null) await Start(u);",
        "if (u.Status is null) { await Claim(u); await Start(u); }",
        "if ({|HARV2001:u.Status is null|}) { await Start(u); await Claim(u); }",
        "if (u.Spec.Replicas > 1) await Claim(u); if ({|HARV2001:u.Status is null|}) await Start(u);",
    ],
    "[DurableGuard] private static Task Claim(Gadget g) => Task.CompletedTask;");

    [Fact]
    public Task On_the_way_out_nothing_starts() => Verify(
    [
        "if (u.Metadata.DeletionTimestamp is not null) { if (u.Status?.Job is null) await client.CoreV1.DeleteNamespacedPodAsync(\"p\", \"ns\"); return; }",
        "if (u.DeletionTimestamp() != null) { await Clean(u); return; }",
        "if (u.Metadata.DeletionTimestamp.HasValue) { await Clean(u); return; }",
        "if (u.Metadata.DeletionTimestamp is not null) return; if ({|HARV2001:u.Status is null|}) await Start(u);",
        """
        await foreach (var (type, item) in new GenericClient(client, "example.io", "v1", "gadgets").WatchAsync<Gadget>())
        {
            switch (type)
            {
                case WatchEventType.Added: if ({|HARV2001:item.Status is null|}) await Start(item); break;
                case WatchEventType.Deleted: if (item.Status is null) await client.CoreV1.DeleteNamespacedPodAsync("p", "ns"); break;
            }
        }
        """,
    ],
    "private async Task Clean(Gadget g) { if (string.IsNullOrEmpty(g.Status.Job)) await client.CoreV1.DeleteNamespacedPodAsync(g.Metadata.Name, \"ns\"); }");
}
