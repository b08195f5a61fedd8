using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.Simulation.Children;

/// <summary>The system upgrade controller: a Plan becomes a Job on every node it selects, and labels the nodes in the end.</summary>
public static class PlanChildren
{
    private const string CattleSystem = "cattle-system";

    /// <summary>A new Plan gets its hash and its Jobs.</summary>
    public static ChildSimulator Starts { get; } = new()
    {
        Name = "plan starts",
        Kind = ClusterKinds.Plans,
        Switch = plan => SwitchOf(plan.Name),
        When = plan => !plan.IsDeleting && plan.Namespace == CattleSystem && plan.Object.At("status", "latestHash") is null,
        Then = plan =>
        {
            var nodes = Selected(plan).ToList();
            var applying = string.Join(", ", nodes.Select(node => $"\"{node.Name}\""));
            return nodes.Select(node => ChildWrite.Create(ClusterKinds.Jobs, CattleSystem, Job(plan, node.Name)))
                .Append(ChildWrite.PatchStatus(ClusterKinds.Plans, plan, $$$"""{"latestHash": "hash-{{{plan.Name}}}", "applying": [{{{applying}}}]}"""));
        },
    };

    /// <summary>A Plan whose Jobs are all complete labels its nodes and applies nothing any more.</summary>
    public static ChildSimulator Completes { get; } = new()
    {
        Name = "plan completes",
        Kind = ClusterKinds.Plans,
        Switch = plan => SwitchOf(plan.Name),
        When = plan => !plan.IsDeleting
            && plan.Namespace == CattleSystem
            && plan.Object.At("status", "applying") is JsonArray { Count: > 0 } applying
            && JobsOf(plan) is { Count: > 0 } jobs
            && jobs.Count >= applying.Count
            && jobs.All(job => job.Condition("Complete") == "True"),
        Then = plan => Selected(plan)
            .Select(node => ChildWrite.Patch(
                ClusterKinds.Nodes,
                node,
                $$$$"""{"metadata": {"labels": {"plan.upgrade.cattle.io/{{{{plan.Name}}}}": "{{{{plan.Object.At("status", "latestHash")?.AsString}}}}"}}}"""))
            .Append(ChildWrite.PatchStatus(ClusterKinds.Plans, plan, """{"applying": []}""")),
    };

    internal static string? SwitchOf(string plan) => plan.EndsWith("-cleanup", StringComparison.Ordinal) ? "plan-cleanup" : null;

    private static List<ChildView> JobsOf(ChildView plan) =>
        plan.All(ClusterKinds.Jobs).Where(job => job.Namespace == CattleSystem && job.Label("upgrade.cattle.io/plan") == plan.Name).ToList();

    private static IEnumerable<ChildView> Selected(ChildView plan)
    {
        var wanted = plan.Object.At("spec", "nodeSelector", "matchLabels") as JsonObject ?? JsonObject.Empty;
        return plan.All(ClusterKinds.Nodes).Where(node => wanted.All(label => node.Label(label.Key) == label.Value.AsString));
    }

    private static string Job(ChildView plan, string node) => $$$"""
        {
          "apiVersion": "batch/v1", "kind": "Job",
          "metadata": {
            "name": "apply-{{{plan.Name}}}-on-{{{node}}}", "namespace": "{{{CattleSystem}}}",
            "labels": {"upgrade.cattle.io/plan": "{{{plan.Name}}}", "upgrade.cattle.io/node": "{{{node}}}"},
            "ownerReferences": [{
              "apiVersion": "upgrade.cattle.io/v1", "kind": "Plan", "name": "{{{plan.Name}}}",
              "uid": "{{{plan.Object.At("metadata", "uid")?.AsString}}}", "controller": true
            }]
          },
          "spec": {
            "template": {
              "metadata": {"labels": {"upgrade.cattle.io/plan": "{{{plan.Name}}}", "upgrade.cattle.io/node": "{{{node}}}"}},
              "spec": {
                "restartPolicy": "Never", "nodeName": "{{{node}}}",
                "containers": [{"name": "upgrade", "image": "{{{plan.Object.At("spec", "upgrade", "image")?.AsString ?? "r/upgrade:1"}}}"}]
              }
            }
          }
        }
        """;
}
