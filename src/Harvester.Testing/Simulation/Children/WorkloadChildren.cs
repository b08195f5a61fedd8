namespace Harvester.Testing.Simulation.Children;

/// <summary>Deployments become ready, Jobs start and end.</summary>
public static class WorkloadChildren
{
    private const string Message = "Job has reached the specified backoff limit";

    /// <summary>A Deployment in harvester-system becomes ready for its present generation.</summary>
    public static ChildSimulator DeploymentReady { get; } = new()
    {
        Name = "deployment is ready",
        Kind = ClusterKinds.Deployments,
        When = deployment => !deployment.IsDeleting
            && deployment.Namespace == "harvester-system"
            && deployment.Object.At("status", "observedGeneration")?.AsInteger != deployment.Object.At("metadata", "generation")?.AsInteger,
        Then = deployment => [ChildWrite.PatchStatus(ClusterKinds.Deployments, deployment, ReadyStatus(deployment))],
    };

    /// <summary>A Job gets its Pod.</summary>
    public static ChildSimulator JobStarts { get; } = new()
    {
        Name = "job starts",
        Kind = ClusterKinds.Jobs,
        Switch = SwitchOf,
        When = job => !job.IsDeleting && job.Object.At("status", "startTime") is null && !IsFinished(job),
        Then = job =>
        [
            ChildWrite.PatchStatus(
                ClusterKinds.Jobs, job, $$$"""{"active": 1, "ready": 0, "startTime": "{{{job.Timestamp}}}", "uncountedTerminatedPods": {}}"""),
        ],
    };

    /// <summary>Whether a Job has ended, well or not.</summary>
    /// <param name="job">The Job.</param>
    public static bool IsFinished(ChildView job)
    {
        ArgumentNullException.ThrowIfNull(job);
        return job.Condition("Complete") == "True" || job.Condition("Failed") == "True";
    }

    /// <summary>A Job completes or fails. When the Job that applies the manifests completes, the cluster has the new version.</summary>
    /// <param name="newVersion">The new version.</param>
    public static ChildSimulator JobEnds(string newVersion) => new()
    {
        Name = "job ends",
        Kind = ClusterKinds.Jobs,
        Switch = SwitchOf,
        When = job => !job.IsDeleting && job.Object.At("status", "startTime") is not null && !IsFinished(job),
        Then = job => Complete(job, newVersion),
        OnFailure = job =>
        [
            ChildWrite.PatchStatus(ClusterKinds.Jobs, job, $$$"""
                {
                  "active": null, "failed": 7,
                  "conditions": [
                    {{{JobCondition("FailureTarget", job.Timestamp, "BackoffLimitExceeded", Message)}}},
                    {{{JobCondition("Failed", job.Timestamp, "BackoffLimitExceeded", Message)}}}
                  ]
                }
                """),
        ],
    };

    /// <summary>The switch a Job obeys, by what it does in an upgrade.</summary>
    private static string? SwitchOf(ChildView job)
    {
        if (job.Label("upgrade.cattle.io/plan") is { } plan)
        {
            return PlanChildren.SwitchOf(plan);
        }

        return job.Label("harvesterhci.io/upgradeComponent") switch
        {
            "manifest" => "manifests",
            "node" => job.Label("harvesterhci.io/upgradeJobType") == "post-drain" ? "post-drain" : "node",
            _ => null,
        };
    }

    private static IEnumerable<ChildWrite> Complete(ChildView job, string newVersion)
    {
        yield return ChildWrite.PatchStatus(ClusterKinds.Jobs, job, $$$"""
            {
              "active": null, "succeeded": 1, "completionTime": "{{{job.Timestamp}}}",
              "conditions": [
                {{{JobCondition("SuccessCriteriaMet", job.Timestamp, "CompletionsReached", "Reached expected number of succeeded pods")}}},
                {{{JobCondition("Complete", job.Timestamp, "CompletionsReached", "Reached expected number of succeeded pods")}}}
              ]
            }
            """);
        if (job.Label("harvesterhci.io/upgradeComponent") == "manifest" && job.Find(ClusterKinds.Settings, null, "server-version") is { } version)
        {
            yield return ChildWrite.Patch(ClusterKinds.Settings, version, $$$"""{"value": "{{{newVersion}}}"}""");
        }
    }

    private static string JobCondition(string type, string time, string reason, string message) => $$$"""
        {
          "type": "{{{type}}}", "status": "True", "reason": "{{{reason}}}", "message": "{{{message}}}",
          "lastProbeTime": "{{{time}}}", "lastTransitionTime": "{{{time}}}"
        }
        """;

    private static string ReadyStatus(ChildView deployment)
    {
        var replicas = deployment.Object.At("spec", "replicas")?.AsInteger ?? 1;
        return $$$"""
            {
              "observedGeneration": {{{deployment.Object.At("metadata", "generation")?.AsInteger ?? 1}}},
              "replicas": {{{replicas}}}, "updatedReplicas": {{{replicas}}}, "readyReplicas": {{{replicas}}}, "availableReplicas": {{{replicas}}},
              "conditions": [{
                "type": "Available", "status": "True", "reason": "MinimumReplicasAvailable",
                "message": "Deployment has minimum availability.",
                "lastUpdateTime": "{{{deployment.Timestamp}}}", "lastTransitionTime": "{{{deployment.Timestamp}}}"
              }]
            }
            """;
    }
}
