namespace Harvester.Samples.UpgradeController;

/// <summary>The states of the machine. The names are the values of the label <c>harvesterhci.io/upgradeState</c>.</summary>
public enum UpgradePhase
{
    PreparingLoggingInfra = 1,
    LoggingInfraPrepared,
    PreparingRepo,
    RepoPrepared,
    PreparingNodes,
    UpgradingSystemServices,
    UpgradingNodes,
    Succeeded,
    Failed,
}
