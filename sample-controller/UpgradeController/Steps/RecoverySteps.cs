using Harvester.Samples.UpgradeApi;
using k8s.Models;
using Microsoft.Extensions.Logging;

namespace Harvester.Samples.UpgradeController.Steps;

/// <summary>
/// Brings marker, record and status together again. Whatever goes wrong here is thrown and tried again later: nothing in this row leads to the start.
/// </summary>
internal static class RecoverySteps
{
    private static readonly TimeSpan Later = TimeSpan.FromSeconds(30);

    public static async Task<StepResult> RecoverAsync(UpgradeServices services, UpgradeSituation situation, CancellationToken cancellationToken)
    {
        var upgrade = situation.Upgrade;
        var record = situation.Record;
        if (record is null)
        {
            record = await RecordReconstruction.FromTracesAsync(services.Client, upgrade, cancellationToken);
            record = await services.Records.WriteAsync(upgrade, record, cancellationToken);
        }

        if (situation.Marker == MarkerState.None)
        {
            upgrade = await services.Marker.WriteAsync(upgrade, record.Attempt, new Dictionary<string, string>(), cancellationToken);
        }

        var drift = UpgradeStatusView.Compare(upgrade, record);
        if (drift == StatusDrift.None)
        {
            return StepResult.Close(TimeSpan.Zero);
        }

        var rebuilt = await services.Rebuilder.RebuildAsync(upgrade, record, cancellationToken);
        if (rebuilt is null)
        {
            services.Log.LogError("The status of upgrade {Key} is lost and cannot be rebuilt; nothing is done until it can", situation.Key);
            return StepResult.Close(Later);
        }

        var lost = drift == StatusDrift.Lost;
        var message = $"status was lost and has been rebuilt from {(situation.Record is null ? "labels and children; the record is lost too" : "the record and the children")}"
            + $", at {record.State}";
        if (lost)
        {
            services.Log.LogWarning("Recovered upgrade {Key}: {Message}", situation.Key, message);
            rebuilt.Conditions = Conditions.With(
                rebuilt.Conditions,
                new Condition { Type = Conditions.StatusRecovered, Status = ConditionStatus.True, Reason = "StatusLost", Message = message },
                services.Time.GetUtcNow());
        }
        else
        {
            services.Log.LogInformation("The status of upgrade {Key} is behind its record and is brought up to it, at {State}", situation.Key, record.State);
        }

        var desired = ClusterObjects.Copy(upgrade);
        desired.Status = rebuilt;
        var stored = await services.Status.WriteAsync(desired, upgrade, cancellationToken);
        if (lost)
        {
            await UpgradeEvents.WarnAsync(services, stored, Conditions.StatusRecovered, message, cancellationToken);
        }

        return StepResult.Close(UpgradeStatusView.Compare(stored, record) == StatusDrift.None ? TimeSpan.Zero : Later);
    }
}
