using Harvester.ControllerRuntime;
using Harvester.Samples.UpgradeApi;
using k8s.Models;

namespace Harvester.Samples.UpgradeController;

/// <summary>One pass over one UpgradeLog.</summary>
public sealed class UpgradeLogReconciler(UpgradeServices services)
{
    private static readonly HashSet<string> Owned = new(StringComparer.Ordinal)
    {
        UpgradeLogConditions.Started, UpgradeLogConditions.LoggingOperatorReady, UpgradeLogConditions.InfraReady,
        UpgradeLogConditions.Stopped, UpgradeLogConditions.DownloadReady,
    };

    public async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        var situation = await UpgradeLogSituation.ReadAsync(services, key, cancellationToken);
        if (situation is null)
        {
            return ReconcileResult.Done;
        }

        var row = UpgradeLogTransitions.Table.First(candidate => candidate.Guard(situation));
        if (await row.Action(services, situation, cancellationToken))
        {
            return ReconcileResult.RequeueAfter(TimeSpan.Zero);
        }

        if (situation.Log.DeletionTimestamp() is null)
        {
            var desired = ClusterObjects.Copy(situation.Log);
            desired.Status.Conditions = Conditions.Merge(situation.Log.Status.Conditions, Wanted(situation), Owned, services.Time.GetUtcNow());
            await services.Status.WriteAsync(desired, situation.Log, cancellationToken);
        }

        return ReconcileResult.Done;
    }

    private static IEnumerable<Condition> Wanted(UpgradeLogSituation situation)
    {
        if (situation.State == UpgradeLogAnnotations.Stopped)
        {
            // What it took to collect is torn down; that it was there is history and stays as it was written.
            return (situation.Log.Status.Conditions ?? [])
                .Where(condition => condition.Type != UpgradeLogConditions.Stopped)
                .Append(Condition(UpgradeLogConditions.Stopped, ConditionStatus.True));
        }

        var collecting = situation.State == UpgradeLogAnnotations.Collecting;
        var wanted = new List<Condition>
        {
            Condition(UpgradeLogConditions.Started, collecting ? ConditionStatus.True : ConditionStatus.Unknown),
            Condition(
                UpgradeLogConditions.LoggingOperatorReady,
                situation.OperatorReady ? ConditionStatus.True : ConditionStatus.Unknown,
                situation.OperatorIsAddon ? "Skipped" : null),
        };
        if (situation.InfraMade)
        {
            wanted.Add(Condition(UpgradeLogConditions.InfraReady, situation.InfraReady ? ConditionStatus.True : ConditionStatus.Unknown));
        }

        if (collecting)
        {
            wanted.Add(Condition(UpgradeLogConditions.Stopped, ConditionStatus.Unknown));
            wanted.Add(Condition(UpgradeLogConditions.DownloadReady, situation.DownloaderReady ? ConditionStatus.True : ConditionStatus.False));
        }

        return wanted;
    }

    private static Condition Condition(string type, string status, string? reason = null) => new() { Type = type, Status = status, Reason = reason };
}
