using Harvester.Samples.UpgradeApi;
using k8s.Models;
using Microsoft.Extensions.Logging;

namespace Harvester.Samples.UpgradeController.Steps;

/// <summary>Logs are collected before anything else happens, so that they show it.</summary>
internal static class LoggingSteps
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);

    public static Task<StepResult> SkipAsync(UpgradeServices services, UpgradeSituation situation, CancellationToken cancellationToken)
    {
        services.Log.LogInformation("Upgrade observability is administratively disabled");
        return Task.FromResult(StepResult.Arrive(record => record with { LogsReady = false }));
    }

    public static async Task<StepResult> StartAsync(UpgradeServices services, UpgradeSituation situation, CancellationToken cancellationToken)
    {
        services.Log.LogInformation("Enabling upgrade observability");
        var upgrade = situation.Upgrade;
        var log = await services.Client.CreateOrAdoptAsync(UpgradeObjects.Log(upgrade), upgrade.Uid(), cancellationToken);
        var now = services.Time.GetUtcNow();
        return StepResult.Update(record => record.WithChild(UpgradeChildren.Logs, log.Name(), log.Uid()) with { LogsSince = record.LogsSince ?? now });
    }

    public static async Task<StepResult> AwaitAsync(UpgradeServices services, UpgradeSituation situation, CancellationToken cancellationToken)
    {
        var seen = await services.Children.ObserveAsync(situation.Upgrade, situation.Record!, cancellationToken);
        if (seen.Progress == Progress.Done)
        {
            services.Log.LogInformation("Logging infrastructure is ready, proceed the upgrade procedure");
            return StepResult.Arrive(record => record with { LogsReady = true });
        }

        var timeout = await UpgradeSettings.LogReadyTimeoutAsync(services.Client, cancellationToken);
        if (services.Time.GetUtcNow() - (situation.Record!.LogsSince ?? services.Time.GetUtcNow()) >= timeout)
        {
            return StepResult.Fail(UpgradeConditions.LogReady, "Timeout", $"the logging infrastructure was not ready within {timeout.TotalMinutes:0} min");
        }

        return seen.Progress == Progress.Gone
            ? StepResult.Update(record => record.WithoutChild(UpgradeChildren.Logs, UpgradeNames.Log(situation.Upgrade.Name())))
            : StepResult.Wait(Look);
    }
}
