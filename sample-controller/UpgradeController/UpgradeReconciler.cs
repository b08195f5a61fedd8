using Harvester.ControllerRuntime;
using Harvester.Samples.UpgradeApi;
using k8s.Models;
using Microsoft.Extensions.Logging;

namespace Harvester.Samples.UpgradeController;

/// <summary>One pass over one Upgrade: read the situation, run the first row that matches, write record and status.</summary>
public sealed class UpgradeReconciler(UpgradeServices services)
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromMinutes(2);

    public async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        var situation = await SituationReader.ReadAsync(services, key, cancellationToken);
        if (situation is null)
        {
            return ReconcileResult.Done;
        }

        var row = UpgradeTransitions.Table.First(candidate => candidate.Matches(situation));
        var result = await row.Action(services, situation, cancellationToken);
        if (!result.Closed && await WriteAsync(row, situation, result, cancellationToken))
        {
            // Something moved: the next row is decided on fresh reads.
            return ReconcileResult.RequeueAfter(TimeSpan.Zero);
        }

        return result.LookAgain is { } delay ? ReconcileResult.RequeueAfter(delay)
            : situation.Record is { IsTerminal: false } ? ReconcileResult.RequeueAfter(Heartbeat)
            : ReconcileResult.Done;
    }

    private async Task<bool> WriteAsync(Transition row, UpgradeSituation situation, StepResult result, CancellationToken cancellationToken)
    {
        var before = situation.Record!;
        var record = result.Change?.Invoke(before) ?? before;
        if (result.Arrived && row.Next is { } next)
        {
            record = next is UpgradePhase.Succeeded or UpgradePhase.Failed ? record with { Result = next } : record with { Phase = next };
        }

        var moved = !RecordData.Write(record).SequenceEqual(RecordData.Write(before));
        if (moved)
        {
            record = await services.Records.WriteAsync(situation.Upgrade, record, cancellationToken);
            if (record.State != before.State)
            {
                services.Log.LogDebug("{Row}: upgrade {Key} goes from {From} to {To}", row.Name, situation.Key, before.State, record.State);
            }
        }

        var desired = ClusterObjects.Copy(situation.Upgrade);
        desired.Status = UpgradeStatusView.Of(situation.Upgrade, record, result.Seen, services.Time.GetUtcNow());
        var stored = await services.Status.WriteAsync(desired, situation.Upgrade, cancellationToken);
        return moved || stored.ResourceVersion() != situation.Upgrade.ResourceVersion();
    }
}
