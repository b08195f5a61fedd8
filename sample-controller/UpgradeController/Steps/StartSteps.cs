using Harvester.Samples.UpgradeApi;
using k8s.Models;
using Microsoft.Extensions.Logging;

namespace Harvester.Samples.UpgradeController.Steps;

/// <summary>What comes before any work.</summary>
internal static class StartSteps
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>
    /// A copy, or an object restored from a backup, is not a request to upgrade. It is held until somebody deletes it, or removes the annotation to say
    /// that it is meant.
    /// </summary>
    public static async Task<StepResult> HoldAsync(UpgradeServices services, UpgradeSituation situation, CancellationToken cancellationToken)
    {
        if (situation.Upgrade.Status.Conditions.Has(Conditions.Held, ConditionStatus.True))
        {
            return StepResult.Close();
        }

        const string message = "the annotation " + AnnotationMarker.Key + " names another object: this one was copied or restored, and is not run";
        services.Log.LogWarning("Hold upgrade {Key}: {Message}", situation.Key, message);
        var desired = ClusterObjects.Copy(situation.Upgrade);
        desired.Status.Conditions = Conditions.With(
            desired.Status.Conditions,
            new Condition { Type = Conditions.Held, Status = ConditionStatus.True, Reason = "CopiedObject", Message = message },
            services.Time.GetUtcNow());
        await services.Status.WriteAsync(desired, situation.Upgrade, cancellationToken);
        await UpgradeEvents.WarnAsync(services, situation.Upgrade, "CopiedObject", message, cancellationToken);
        return StepResult.Close();
    }

    public static Task<StepResult> AwaitLeftoversAsync(UpgradeServices services, UpgradeSituation situation, CancellationToken cancellationToken)
    {
        services.Log.LogWarning(
            "Upgrade {Key} waits: {Leftover} belongs to an earlier object of this name",
            situation.Key,
            situation.Leftover ?? $"ConfigMap {UpgradeNames.Record(situation.Upgrade.Name())}");
        return Task.FromResult(StepResult.Close(Patience));
    }

    public static Task<StepResult> AwaitTurnAsync(UpgradeServices services, UpgradeSituation situation, CancellationToken cancellationToken)
    {
        services.Log.LogInformation("Upgrade {Key} waits for {Other} to end", situation.Key, situation.OtherInFlight);
        return Task.FromResult(StepResult.Close(Patience));
    }

    /// <summary>Record, then marker, then status; each of them is found again by the recovery should the next one not be reached.</summary>
    public static async Task<StepResult> InitialiseAsync(UpgradeServices services, UpgradeSituation situation, CancellationToken cancellationToken)
    {
        var upgrade = situation.Upgrade;
        services.Log.LogInformation("Initialize upgrade {Key}", situation.Key);
        var record = await services.Records.WriteAsync(
            upgrade,
            new UpgradeRecord
            {
                Uid = upgrade.Uid(),
                Phase = UpgradePhase.PreparingLoggingInfra,
                PreviousVersion = await UpgradeSettings.ServerVersionAsync(services.Client, cancellationToken),
            },
            cancellationToken);
        var marked = await services.Marker.WriteAsync(
            upgrade,
            record.Attempt,
            new Dictionary<string, string> { [UpgradeLabels.Latest] = "true", [UpgradeLabels.State] = record.State.ToString() },
            cancellationToken);
        var desired = ClusterObjects.Copy(marked);
        desired.Status = UpgradeStatusView.Of(marked, record, Observation.None, services.Time.GetUtcNow());
        await services.Status.WriteAsync(desired, marked, cancellationToken);

        // The others have ended, or this one would have waited: the label moves, nothing that runs is demoted.
        foreach (var other in await services.Client.ListAsync<Upgrade>(upgrade.Namespace(), $"{UpgradeLabels.Latest}=true", cancellationToken))
        {
            if (other.Uid() != upgrade.Uid())
            {
                await services.Client.PatchMetadataAsync(
                    other, new { labels = new Dictionary<string, string?> { [UpgradeLabels.Latest] = null } }, cancellationToken);
            }
        }

        return StepResult.Close(TimeSpan.Zero);
    }

    public static async Task<StepResult> RepairIndexAsync(UpgradeServices services, UpgradeSituation situation, CancellationToken cancellationToken)
    {
        if (UpgradeIndex.Patch(situation.Upgrade, situation.Record!) is { } patch)
        {
            await services.Client.PatchMetadataAsync(situation.Upgrade, patch, cancellationToken);
        }

        return StepResult.Close(TimeSpan.Zero);
    }
}
