namespace Harvester.Samples.UpgradeApi;

/// <summary>Namespaces the controllers work in.</summary>
public static class Namespaces
{
    public const string Harvester = "harvester-system";
    public const string Cattle = "cattle-system";
    public const string FleetLocal = "fleet-local";
    public const string CattleLogging = "cattle-logging-system";
    public const string Longhorn = "longhorn-system";
}

/// <summary>Types of the conditions of an <see cref="Upgrade"/>.</summary>
public static class UpgradeConditions
{
    public const string Completed = "Completed";
    public const string LogReady = "LogReady";
    public const string ImageReady = "ImageReady";
    public const string RepoReady = "RepoReady";
    public const string NodesPrepared = "NodesPrepared";
    public const string SystemServicesUpgraded = "SystemServicesUpgraded";
    public const string NodesUpgraded = "NodesUpgraded";
}

/// <summary>Types of the conditions of an <see cref="UpgradeLog"/>.</summary>
public static class UpgradeLogConditions
{
    public const string Started = "Started";
    public const string LoggingOperatorReady = "LoggingOperatorReady";
    public const string InfraReady = "InfraReady";
    public const string Stopped = "Stopped";
    public const string DownloadReady = "DownloadReady";
}

/// <summary>Types of the conditions of a <see cref="VirtualMachineImage"/>.</summary>
public static class ImageConditions
{
    public const string Initialized = "Initialized";
    public const string Imported = "Imported";
    public const string RetryLimitExceeded = "RetryLimitExceeded";
}

/// <summary>Values of a condition's status.</summary>
public static class ConditionStatus
{
    public const string True = "True";
    public const string False = "False";
    public const string Unknown = "Unknown";
}

/// <summary>Values of <see cref="UpgradeLabels.State"/>.</summary>
public static class UpgradeStates
{
    public const string PreparingLoggingInfra = "PreparingLoggingInfra";
    public const string LoggingInfraPrepared = "LoggingInfraPrepared";
    public const string PreparingRepo = "PreparingRepo";
    public const string RepoPrepared = "RepoPrepared";
    public const string PreparingNodes = "PreparingNodes";
    public const string UpgradingSystemServices = "UpgradingSystemServices";
    public const string UpgradingNodes = "UpgradingNodes";
    public const string Succeeded = "Succeeded";
    public const string Failed = "Failed";
}

/// <summary>Values of <see cref="UpgradeLabels.Cleanup"/>.</summary>
public static class CleanupStates
{
    public const string Pending = "Pending";
    public const string Succeeded = "Succeeded";
}

/// <summary>Values of a node's state in <see cref="UpgradeStatus.NodeStatuses"/>.</summary>
public static class NodeStates
{
    public const string ImagesPreloading = "Images preloading";
    public const string ImagesPreloaded = "Images preloaded";
    public const string UpgradePaused = "Node-upgrade paused";
    public const string PreDraining = "Pre-draining";
    public const string PreDrained = "Pre-drained";
    public const string PostDraining = "Post-draining";
    public const string WaitingReboot = "Waiting Reboot";
    public const string Succeeded = "Succeeded";
    public const string Failed = "Failed";
}

/// <summary>Label keys on upgrades and on what belongs to them.</summary>
public static class UpgradeLabels
{
    public const string Latest = "harvesterhci.io/latestUpgrade";
    public const string State = "harvesterhci.io/upgradeState";
    public const string Cleanup = "harvesterhci.io/upgradeCleanup";
    public const string ReadMessage = "harvesterhci.io/read-message";
    public const string Upgrade = "harvesterhci.io/upgrade";
    public const string Component = "harvesterhci.io/upgradeComponent";
    public const string JobType = "harvesterhci.io/upgradeJobType";
    public const string Node = "harvesterhci.io/node";
    public const string Managed = "harvesterhci.io/managed";
    public const string Creator = "harvesterhci.io/creator";
    public const string UpgradeLog = "harvesterhci.io/upgradeLog";
    public const string UpgradeLogComponent = "harvesterhci.io/upgradeLogComponent";
    public const string PlanName = "upgrade.cattle.io/plan";
    public const string PlanNode = "upgrade.cattle.io/node";

    /// <summary>A node carries <c>plan.upgrade.cattle.io/NAME</c> with the hash of the plan it last completed.</summary>
    public const string PlanHashPrefix = "plan.upgrade.cattle.io/";
}

/// <summary>Values of <see cref="UpgradeLabels.Component"/>.</summary>
public static class UpgradeComponents
{
    public const string Repo = "repo";
    public const string Node = "node";
    public const string Manifest = "manifest";
    public const string Cleanup = "cleanup";
    public const string ApplySkipManifests = "apply-skip-rke2-manifests";
    public const string RemoveSkipManifests = "remove-skip-rke2-manifests";
}

/// <summary>Values of <see cref="UpgradeLabels.JobType"/>.</summary>
public static class UpgradeJobTypes
{
    public const string PreDrain = "pre-drain";
    public const string PostDrain = "post-drain";
    public const string SingleNodeUpgrade = "single-node-upgrade";
    public const string RestoreVm = "restore-vm";
}

/// <summary>Values of <see cref="UpgradeLabels.UpgradeLogComponent"/>.</summary>
public static class UpgradeLogComponents
{
    public const string Operator = "operator";
    public const string Infra = "infra";
    public const string Shipper = "shipper";
    public const string Aggregator = "aggregator";
    public const string Downloader = "downloader";
    public const string ClusterFlow = "clusterflow";
    public const string ClusterOutput = "clusteroutput";
    public const string Packager = "packager";
    public const string LogArchive = "log-archive";
}

/// <summary>Annotation keys.</summary>
public static class UpgradeAnnotations
{
    public const string ImageCleanupPlanCompleted = "harvesterhci.io/image-cleanup-plan-completed";
    public const string ApplySkipManifestsCompleted = "harvesterhci.io/apply-skip-rke2-manifests-plan-completed";
    public const string RemoveSkipManifestsCompleted = "harvesterhci.io/remove-skip-rke2-manifests-plan-completed";
    public const string ReplicaReplenishmentWaitInterval = "harvesterhci.io/replica-replenishment-wait-interval";
    public const string LonghornSettingsRestored = "harvesterhci.io/longhorn-settings-restored";
    public const string ReenableDescheduler = "harvesterhci.io/reenable-descheduler-addon";
    public const string KubeVirtWorkloadUpdateMethods = "harvesterhci.io/kubevirt-workload-update-methods";
    public const string NodeUpgradePauseMap = "harvesterhci.io/node-upgrade-pause-map";
    public const string PendingOSImage = "harvesterhci.io/pendingOSImage";
    public const string OSUpgradeImage = "harvesterhci.io/os-upgrade-image";
}

/// <summary>Annotation keys and values on an <see cref="UpgradeLog"/>.</summary>
public static class UpgradeLogAnnotations
{
    public const string FluentBit = "harvesterhci.io/fluentBit";
    public const string Fluentd = "harvesterhci.io/fluentd";
    public const string ClusterFlow = "harvesterhci.io/clusterFlow";
    public const string ClusterOutput = "harvesterhci.io/clusterOutput";
    public const string State = "harvesterhci.io/upgradeLogState";
    public const string OperatorSource = "harvesterhci.io/loggingOperatorSource";
    public const string LogArchiveAltName = "harvesterhci.io/logArchiveAltName";
    public const string ArchiveName = "harvesterhci.io/archiveName";

    public const string FluentBitReady = "FluentBitReady";
    public const string FluentdReady = "FluentdReady";
    public const string ClusterFlowReady = "ClusterFlowReady";
    public const string ClusterOutputReady = "ClusterOutputReady";
    public const string Collecting = "Collecting";
    public const string Stopped = "Stopped";
}
