using Harvester.Samples.UpgradeApi;
using Harvester.Samples.UpgradeController.Steps;
using k8s.Models;
using static Harvester.Samples.UpgradeController.UpgradePhase;

namespace Harvester.Samples.UpgradeController;

/// <summary>
/// The state machine. The first row whose state and guard match runs, alone; then everything is read again. Rows above the line come before any work:
/// what must not run, what is new, what has to be recovered. No row below it asks whether a status is empty; by then the record has answered.
/// </summary>
public static class UpgradeTransitions
{
    public static IReadOnlyList<Transition> Table { get; } =
    [
        new("delete", null, s => s.IsBeingDeleted, FinishSteps.ReleaseAsync),
        new("hold a copy", null, s => s.IsCopy, StartSteps.HoldAsync),
        new("wait for leftovers", null, s => s.HasLeftovers, StartSteps.AwaitLeftoversAsync),
        new("wait for another upgrade", null, s => s.IsNew && s.OtherInFlight is not null, StartSteps.AwaitTurnAsync),
        new("initialise", null, s => s.IsNew, StartSteps.InitialiseAsync),
        new("recover", null, s => s.NeedsRecovery, RecoverySteps.RecoverAsync),
        new("repair labels and finalizer", null, s => !s.IndexIsRight, StartSteps.RepairIndexAsync),
        // ---------------------------------------------------------------------------------------------------------------------------------
        new("skip logging", PreparingLoggingInfra, s => !s.Upgrade.Spec.LogEnabled, LoggingSteps.SkipAsync, LoggingInfraPrepared),
        new("start logging", PreparingLoggingInfra, s => !s.HasMade(UpgradeChildren.Logs, UpgradeNames.Log(s.Upgrade.Name())), LoggingSteps.StartAsync),
        new("await logging", PreparingLoggingInfra, s => true, LoggingSteps.AwaitAsync, LoggingInfraPrepared),

        new("request image", LoggingInfraPrepared, s => s.Record is { ImageID: null }, ImageSteps.RequestAsync),
        new("await image", LoggingInfraPrepared, s => true, ImageSteps.AwaitAsync, PreparingRepo),

        new("start repository", PreparingRepo, s => !s.HasMade(UpgradeChildren.Deployments, UpgradeNames.Repo(s.Upgrade.Name())), RepoSteps.StartAsync),
        new("await repository", PreparingRepo, s => true, RepoSteps.AwaitAsync, RepoPrepared),

        new("prepare nodes", RepoPrepared, s => true, NodeSteps.PrepareAsync, PreparingNodes),
        new("nodes are prepared", PreparingNodes, s => true, NodeSteps.ProceedAsync, UpgradingSystemServices),

        new("apply manifests", UpgradingSystemServices,
            s => !s.HasMade(UpgradeChildren.Jobs, UpgradeNames.ManifestJob(s.Upgrade.Name())), NodeSteps.ApplyManifestsAsync),
        new("await manifests", UpgradingSystemServices, s => true, NodeSteps.AwaitManifestsAsync, UpgradingNodes),

        new("upgrade node", UpgradingNodes,
            s => !s.HasMade(UpgradeChildren.Jobs, UpgradeNames.NodeJob(s.Upgrade.Name(), s.Record!.SingleNode!)), NodeSteps.UpgradeNodeAsync),
        new("await node", UpgradingNodes, s => true, NodeSteps.AwaitNodeAsync, Succeeded),

        new("start image cleanup", Succeeded, s => s.Record is { ImagesCleaned: false, CleanedUp: false } && !s.HasMade(UpgradeChildren.Plans, UpgradeNames.CleanupPlan(s.Upgrade.Name())),
            FinishSteps.StartImageCleanupAsync),
        new("await image cleanup", Succeeded, s => s.Record is { ImagesCleaned: false, CleanedUp: false }, FinishSteps.AwaitImageCleanupAsync),
        new("clean up", Succeeded, s => s.Record is { CleanedUp: false }, FinishSteps.CleanUpAsync),
        new("clean up after failure", Failed, s => s.Record is { CleanedUp: false }, FinishSteps.CleanUpAsync),

        new("finish dismissal", null, s => s.IsDismissed && s.Record is { IsTerminal: true }, FinishSteps.DismissAsync),
        new("rest", null, s => true, FinishSteps.RestAsync),
    ];
}
