using System.Globalization;
using Harvester.ControllerRuntime;
using Harvester.Samples.UpgradeApi;
using k8s;
using k8s.Models;
using Microsoft.Extensions.Logging;

namespace Harvester.Samples.HistoricalController;

/// <summary>Waits for the logging infrastructure, and gives up after a while.</summary>
internal sealed class LogReadyCheck(ControllerContext context, UpgradeSettings settings)
{
    private const string TimedOut = "Timed out creating upgrade logging infrastructure";
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly ILogger<LogReadyCheck> logger = context.Loggers.CreateLogger<LogReadyCheck>();

    public async Task<Upgrade> CheckAsync(Upgrade upgrade, CancellationToken cancellationToken)
    {
        var config = await settings.GetUpgradeConfigAsync(cancellationToken);
        var since = upgrade.Status.Conditions.Find(UpgradeConditions.LogReady)?.LastUpdateTime;
        if (!DateTimeOffset.TryParse(since, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var began)
            || context.Time.GetUtcNow() - began < config.LogReadyTimeout)
        {
            logger.LogDebug("Waiting for LogReady condition to be set");
            context.Set.EnqueueAfter(ControllerNames.Upgrade, ObjectKey.Of(upgrade), Interval);
            return upgrade;
        }

        await GiveUpAsync(upgrade, cancellationToken);
        upgrade.Fail(context.Time, "Timeout", TimedOut);
        return await context.Upgrades.ReplaceNamespacedAsync(upgrade, upgrade.Metadata.NamespaceProperty, upgrade.Metadata.Name, cancellationToken);
    }

    private async Task GiveUpAsync(Upgrade upgrade, CancellationToken cancellationToken)
    {
        var upgradeLogName = upgrade.Status.UpgradeLog ?? "";
        var upgradeLog = context.UpgradeLogCache.Get(new ObjectKey(upgrade.Metadata.NamespaceProperty, upgradeLogName));
        if (upgradeLog is null)
        {
            logger.LogError("Failed to get upgrade log: upgradelogs.harvesterhci.io \"{Name}\" not found", upgradeLogName);
            upgrade.Status.Set(UpgradeConditions.LogReady, ConditionStatus.False, context.Time, "UpgradeLogGetFailed", "Failed to get upgrade log");
            return;
        }

        logger.LogInformation("Timed out waiting for UpgradeLog {Name}'s LogReady condition to pass", upgradeLogName);
        upgradeLog.Status.Set(UpgradeLogConditions.InfraReady, ConditionStatus.False, context.Time, "Timeout", TimedOut);
        await context.UpgradeLogs.ReplaceNamespacedAsync(upgradeLog, upgradeLog.Metadata.NamespaceProperty, upgradeLogName, cancellationToken);
        upgrade.Status.Set(UpgradeConditions.LogReady, ConditionStatus.False, context.Time, "Timeout", TimedOut);
    }
}
