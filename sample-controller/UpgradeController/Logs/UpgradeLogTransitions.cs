using Harvester.Samples.UpgradeApi;
using k8s.Models;

namespace Harvester.Samples.UpgradeController;

public delegate Task<bool> UpgradeLogAction(UpgradeServices services, UpgradeLogSituation situation, CancellationToken cancellationToken);

/// <summary>One row: when this holds, do this. The action returns true when it wrote something and the situation is to be read again.</summary>
public sealed record UpgradeLogTransition(string Name, Predicate<UpgradeLogSituation> Guard, UpgradeLogAction Action);

/// <summary>
/// Collecting logs. Each row looks at what is really there, and a stopped collection is told by an annotation, so that an UpgradeLog whose status is
/// lost neither starts again nor hangs: the status is written from the situation at the end of every pass.
/// </summary>
public static class UpgradeLogTransitions
{
    public static IReadOnlyList<UpgradeLogTransition> Table { get; } =
    [
        new("delete", s => s.Log.DeletionTimestamp() is not null, UpgradeLogSteps.ReleaseAsync),
        new("put finalizer on", s => !s.Log.HasFinalizer(UpgradeIndex.Finalizer), UpgradeLogSteps.AddFinalizerAsync),
        new("stay stopped", s => s.State == UpgradeLogAnnotations.Stopped, UpgradeLogSteps.RestAsync),
        new("stop collecting", s => !s.IsWanted, UpgradeLogSteps.StopAsync),
        new("deploy operator", s => !s.OperatorReady, UpgradeLogSteps.DeployOperatorAsync),
        new("create infrastructure", s => !s.InfraMade, UpgradeLogSteps.CreateInfraAsync),
        new("keep the archive", s => s.ArchiveWouldGo, UpgradeLogSteps.KeepArchiveAsync),
        new("await infrastructure", s => !s.InfraReady, UpgradeLogSteps.RestAsync),
        new("create rules", s => !s.RulesMade, UpgradeLogSteps.CreateRulesAsync),
        new("await rules", s => !s.RulesActive, UpgradeLogSteps.RestAsync),
        new("note that it collects", s => s.State != UpgradeLogAnnotations.Collecting, UpgradeLogSteps.NoteCollectingAsync),
        new("spin up downloader", s => !s.DownloaderMade, UpgradeLogSteps.SpinUpDownloaderAsync),
        new("rest", s => true, UpgradeLogSteps.RestAsync),
    ];
}
