using Harvester.ControllerRuntime;
using Harvester.Samples.UpgradeApi;
using k8s;
using k8s.Autorest;
using k8s.Models;
using Microsoft.Extensions.Logging;

namespace Harvester.Samples.HistoricalController;

/// <summary>The state machine of log collection, and its end: when the upgrade is over, dismissed, or gone.</summary>
internal sealed class UpgradeLogHandler(ControllerContext context, UpgradeSettings settings, LoggingInfrastructure infrastructure)
{
    private readonly ILogger<UpgradeLogHandler> logger = context.Loggers.CreateLogger<UpgradeLogHandler>();
    private readonly GenericClient upgradeLogs = context.UpgradeLogs;
    private readonly TimeProvider time = context.Time;

    public async Task<UpgradeLog?> OnUpgradeLogChangeAsync(UpgradeLog upgradeLog, CancellationToken cancellationToken)
    {
        if (upgradeLog.Metadata.DeletionTimestamp is not null)
        {
            return upgradeLog;
        }

        if (upgradeLog.Status.Conditions.StatusOf(UpgradeLogConditions.Started) == "")
        {
            logger.LogInformation("Initialize UpgradeLog");
            upgradeLog.Status.Begin(UpgradeLogConditions.Started);
            return await ReplaceAsync(upgradeLog, cancellationToken);
        }

        if (upgradeLog.Status.Conditions.StatusOf(UpgradeLogConditions.LoggingOperatorReady) == "")
        {
            return await StartOperatorAsync(upgradeLog, cancellationToken);
        }

        if (upgradeLog.Status.Conditions.IsTrue(UpgradeLogConditions.LoggingOperatorReady)
            && upgradeLog.Status.Conditions.StatusOf(UpgradeLogConditions.InfraReady) == "")
        {
            logger.LogInformation("Start to create the logging infrastructure and fluentbitagent for the upgrade procedure");
            await infrastructure.CreateAsync(upgradeLog, cancellationToken);
            upgradeLog.Status.Begin(UpgradeLogConditions.InfraReady);
            return await ReplaceAsync(upgradeLog, cancellationToken);
        }

        if (upgradeLog.Status.Conditions.IsUnknown(UpgradeLogConditions.InfraReady))
        {
            return await CheckInfrastructureAsync(upgradeLog, cancellationToken);
        }

        if (upgradeLog.Status.Conditions.IsTrue(UpgradeLogConditions.InfraReady)
            && upgradeLog.Status.Conditions.IsUnknown(UpgradeLogConditions.Started))
        {
            return await CheckRulesAsync(upgradeLog, cancellationToken);
        }

        if (upgradeLog.Status.Conditions.IsTrue(UpgradeLogConditions.Started)
            && upgradeLog.Status.Conditions.StatusOf(UpgradeLogConditions.Stopped) == "")
        {
            logger.LogInformation("Logging infrastructure is ready, proceed the upgrade procedure");
            return await SignalAsync(upgradeLog, cancellationToken);
        }

        if (upgradeLog.Status.Conditions.IsUnknown(UpgradeLogConditions.Stopped)
            && upgradeLog.Status.Conditions.StatusOf(UpgradeLogConditions.DownloadReady) == "")
        {
            logger.LogInformation("Spin up downloader");
            var version = await settings.GetServerVersionAsync(cancellationToken);
            await infrastructure.CreateDownloaderAsync(upgradeLog, version, cancellationToken);
            upgradeLog.Status.Begin(UpgradeLogConditions.DownloadReady);
            return await ReplaceAsync(upgradeLog, cancellationToken);
        }

        if (upgradeLog.Status.Conditions.IsTrue(UpgradeLogConditions.Stopped)
            && upgradeLog.GetAnnotation(UpgradeLogAnnotations.State) == UpgradeLogAnnotations.Collecting)
        {
            logger.LogInformation("Stop collecting logs");
            await infrastructure.TearDownAsync(upgradeLog, cancellationToken);
            upgradeLog.SetAnnotation(UpgradeLogAnnotations.State, UpgradeLogAnnotations.Stopped);
            return await ReplaceAsync(upgradeLog, cancellationToken);
        }

        return upgradeLog;
    }

    public async Task<UpgradeLog?> OnUpgradeLogRemoveAsync(UpgradeLog upgradeLog, CancellationToken cancellationToken)
    {
        var ns = upgradeLog.Metadata.NamespaceProperty;
        var name = upgradeLog.Metadata.Name;
        logger.LogInformation("Delete UpgradeLog {Namespace}/{Name}", ns, name);
        logger.LogInformation("Removing all other related resources");
        await infrastructure.TearDownAsync(upgradeLog, cancellationToken);
        var upgrade = context.UpgradeCache.Get(new ObjectKey(ns, upgradeLog.Spec.UpgradeName ?? ""));
        if (upgrade is null || upgrade.Metadata.DeletionTimestamp is not null || upgrade.Status.UpgradeLog != name)
        {
            return upgradeLog;
        }

        try
        {
            upgrade.Status.UpgradeLog = null;
            await context.Upgrades.ReplaceNamespacedAsync(upgrade, ns, upgrade.Metadata.Name, cancellationToken);
        }
        catch (HttpOperationException error)
        {
            logger.LogInformation(
                "upgradeLog {Namespace}/{Name} upgrade {Upgrade} cleanup errors failed to update upgrade {Message}, retry",
                ns,
                name,
                upgrade.Metadata.Name,
                error.Text());
            throw;
        }

        return upgradeLog;
    }

    /// <summary>Whoever read the message needs the logs no longer.</summary>
    public async Task<Upgrade?> OnUpgradeChangeAsync(Upgrade upgrade, CancellationToken cancellationToken)
    {
        if (upgrade.Metadata.DeletionTimestamp is not null || upgrade.GetLabel(UpgradeLabels.ReadMessage) != "true")
        {
            return upgrade;
        }

        var ns = upgrade.Metadata.NamespaceProperty;
        var upgradeLogName = upgrade.Status.UpgradeLog;
        if (string.IsNullOrEmpty(upgradeLogName))
        {
            logger.LogDebug("No related UpgradeLog resource found, skip purging");
            return upgrade;
        }

        logger.LogInformation("Purging UpgradeLog {Namespace}/{Name} and its sub-components", ns, upgradeLogName);
        await upgradeLogs.DeleteNamespacedAsync<V1Status>(ns, upgradeLogName, cancellationToken).IgnoreNotFound();
        upgrade.Status.UpgradeLog = null;
        return await context.Upgrades.ReplaceNamespacedAsync(upgrade, ns, upgrade.Metadata.Name, cancellationToken);
    }

    private async Task<UpgradeLog> StartOperatorAsync(UpgradeLog upgradeLog, CancellationToken cancellationToken)
    {
        logger.LogInformation("Check if there are any existing logging-operator");
        if (await LoggingAddonIsEnabledAsync(cancellationToken))
        {
            upgradeLog.Status.Set(UpgradeLogConditions.LoggingOperatorReady, ConditionStatus.True, time, "Skipped");
            upgradeLog.SetAnnotation(UpgradeLogAnnotations.OperatorSource, LoggingInfrastructure.AddonName);
        }
        else
        {
            logger.LogInformation("Deploy logging-operator via a new ManagedChart");
            var chart = LoggingInfrastructure.OperatorChart(upgradeLog);
            await context.ManagedCharts.CreateNamespacedAsync(chart, chart.Metadata.NamespaceProperty, cancellationToken).IgnoreAlreadyExists();
            upgradeLog.Status.Begin(UpgradeLogConditions.LoggingOperatorReady);
            upgradeLog.SetAnnotation(UpgradeLogAnnotations.OperatorSource, chart.Metadata.Name);
        }

        return await ReplaceAsync(upgradeLog, cancellationToken);
    }

    private async Task<bool> LoggingAddonIsEnabledAsync(CancellationToken cancellationToken)
    {
        try
        {
            var addon = await context.Addons.ReadNamespacedAsync<Addon>(
                Namespaces.CattleLogging, LoggingInfrastructure.AddonName, cancellationToken);
            return addon.Spec.Enabled;
        }
        catch (HttpOperationException error) when (error.IsNotFound())
        {
            logger.LogInformation("rancher-logging Addon is not installed");
            return false;
        }
    }

    private async Task<UpgradeLog> CheckInfrastructureAsync(UpgradeLog upgradeLog, CancellationToken cancellationToken)
    {
        logger.LogInformation("Check if the logging infrastructure is ready");
        if (upgradeLog.GetAnnotation(UpgradeLogAnnotations.FluentBit) != UpgradeLogAnnotations.FluentBitReady
            || upgradeLog.GetAnnotation(UpgradeLogAnnotations.Fluentd) != UpgradeLogAnnotations.FluentdReady)
        {
            return upgradeLog;
        }

        logger.LogInformation("Logging infrastructure is ready");
        upgradeLog.Status.Set(UpgradeLogConditions.InfraReady, ConditionStatus.True, time);
        return await ReplaceAsync(upgradeLog, cancellationToken);
    }

    private async Task<UpgradeLog> CheckRulesAsync(UpgradeLog upgradeLog, CancellationToken cancellationToken)
    {
        logger.LogInformation("Check if the log-collecting rules are installed");
        if (upgradeLog.GetAnnotation(UpgradeLogAnnotations.ClusterFlow) != UpgradeLogAnnotations.ClusterFlowReady
            || upgradeLog.GetAnnotation(UpgradeLogAnnotations.ClusterOutput) != UpgradeLogAnnotations.ClusterOutputReady)
        {
            logger.LogInformation("Start to create the ClusterFlow and ClusterOutput resources for collecting upgrade logs");
            await infrastructure.CreateRulesAsync(upgradeLog, cancellationToken);
            return upgradeLog;
        }

        logger.LogInformation("Log-collecting rules exist and are activated");
        upgradeLog.Status.Set(UpgradeLogConditions.Started, ConditionStatus.True, time);
        upgradeLog.SetAnnotation(UpgradeLogAnnotations.State, UpgradeLogAnnotations.Collecting);
        return await ReplaceAsync(upgradeLog, cancellationToken);
    }

    /// <summary>Lets the upgrade go on. Happens once in the life of an UpgradeLog.</summary>
    private async Task<UpgradeLog> SignalAsync(UpgradeLog upgradeLog, CancellationToken cancellationToken)
    {
        var upgrade = context.UpgradeCache.Get(new ObjectKey(upgradeLog.Metadata.NamespaceProperty, upgradeLog.Spec.UpgradeName ?? ""));
        if (upgrade is null)
        {
            upgradeLog.Status.Set(UpgradeLogConditions.Stopped, ConditionStatus.True, time);
            return await ReplaceAsync(upgradeLog, cancellationToken);
        }

        upgrade.Status.Set(UpgradeConditions.LogReady, ConditionStatus.True, time);
        upgrade.SetLabel(UpgradeLabels.State, UpgradeStates.LoggingInfraPrepared);
        await context.Upgrades.ReplaceNamespacedAsync(upgrade, upgrade.Metadata.NamespaceProperty, upgrade.Metadata.Name, cancellationToken);
        upgradeLog.Status.Begin(UpgradeLogConditions.Stopped);
        return await ReplaceAsync(upgradeLog, cancellationToken);
    }

    private Task<UpgradeLog> ReplaceAsync(UpgradeLog upgradeLog, CancellationToken cancellationToken) =>
        upgradeLogs.ReplaceNamespacedAsync(upgradeLog, upgradeLog.Metadata.NamespaceProperty, upgradeLog.Metadata.Name, cancellationToken);
}
