using static Harvester.Analyzers.Tests.Reconcile.Shapes;

namespace Harvester.Analyzers.Tests.Reconcile;

/// <summary>Where a fact comes from, how it gets into the status, and where else it may be kept.</summary>
public class FactShapeTests
{
    private const string Patch = "await client.CustomObjects.PatchNamespacedCustomObjectStatusAsync(new V1Patch(BODY, V1Patch.PatchType.MergePatch), \"example.io\", \"v1\", \"ns\", \"gadgets\", u.Metadata.Name);";

    [Fact]
    public Task Assigned() => Verify(
    [
        "{|HARV2005:u.Status.Job|} ??= Guid.NewGuid().ToString();",
        "if ({|HARV2005:u.Status.StartedAt == default|}) u.Status.StartedAt = DateTime.UtcNow;",
        "if ({|HARV2005:u.Status.Upgrade is null|}) u.Status.Upgrade = new GadgetRun { Phase = Guid.NewGuid().ToString() };",
        "if ({|HARV2005:u.Status is null|}) u.Status = new() { PreviousImage = u.Spec.Image };",
        "if ({|HARV2005:u.Status is null|}) u.Status = new() { PreviousImage = await server.VersionAsync() };",
        "if (u.Status is null) u.Status = new() { Job = u.Metadata.Name };",
    ],
    "private readonly IServer server;",
    "public interface IServer { Task<string> VersionAsync(); } public partial class GadgetStatus { public string PreviousImage { get; set; } }");

    [Fact]
    public Task Patched() => Verify(
    [
        "if ({|HARV2005:u.Status is null|}) " + Patch.Replace("BODY", "new { status = new { startedAt = DateTime.UtcNow } }", StringComparison.Ordinal),
        "if ({|HARV2005:u.Status?.Job is null|}) " + Patch.Replace("BODY", "$\"{{\\\"status\\\":{{\\\"job\\\":\\\"{Guid.NewGuid()}\\\"}}}}\"", StringComparison.Ordinal),
        "if ({|HARV2005:u.Status?.Job is null|}) { var id = Guid.NewGuid().ToString(); var body = new Dictionary<string, object> { [\"status\"] = new Dictionary<string, string> { [\"job\"] = id } }; "
            + Patch.Replace("BODY", "body", StringComparison.Ordinal) + " }",
        "if (u.Status?.Job is null) " + Patch.Replace("BODY", "new { status = new { job = u.Metadata.Name } }", StringComparison.Ordinal),
        "if (u.Status is null) " + Patch.Replace("BODY", "new { status = new { observedGeneration = DateTime.UtcNow.Ticks } }", StringComparison.Ordinal),
        "if (u.Status?.Conditions is null) " + Patch.Replace("BODY", "new { status = new { conditions = new[] { new { type = \"Ready\", lastTransitionTime = DateTime.UtcNow } } } }", StringComparison.Ordinal),
    ]);

    [Fact]
    public Task Kept_elsewhere_as_well() => Verify(
    [
        "if (string.IsNullOrEmpty(u.Status.Job)) { var id = Guid.NewGuid().ToString(); u.SetAnnotation(\"run\", id); u.Status.Job = id; }",
        "if (string.IsNullOrEmpty(u.Status.Job)) { var id = Guid.NewGuid().ToString(); u.Metadata.Annotations[\"run\"] = id; u.Status.Job = id; }",
        "if (string.IsNullOrEmpty(u.Status.Job)) { u.Status.Job = Guid.NewGuid().ToString(); u.Metadata.Annotations[\"run\"] = u.Status.Job; }",
        "if (string.IsNullOrEmpty(u.Status.Job)) { var id = Guid.NewGuid().ToString(); u.Spec.Image = id; u.Status.Job = id; }",
        "if (u.Status?.Job is null) { var id = Guid.NewGuid().ToString(); u.SetAnnotation(\"run\", id); " + Patch.Replace("BODY", "new { status = new { job = id } }", StringComparison.Ordinal) + " }",
        "if ({|HARV2005:string.IsNullOrEmpty(u.Status.Job)|}) { u.Status.Job = Guid.NewGuid().ToString(); u.Metadata.Annotations[\"seen\"] = \"true\"; }",
        "var jobs = await client.BatchV1.ListNamespacedJobAsync(\"ns\"); var used = jobs.Items.Select(j => j.Metadata.Name).ToList(); if ({|HARV2005:string.IsNullOrEmpty(u.Status.Job)|}) { var id = Guid.NewGuid().ToString(); used.Add(id); u.Status.Job = id; }",
        "if ({|HARV2005:string.IsNullOrEmpty(u.Status.Job)|}) { var id = Guid.NewGuid().ToString(); runs[u.Metadata.Name] = id; u.Status.Job = id; }",
    ],
    "private readonly Dictionary<string, string> runs = new();");
}
