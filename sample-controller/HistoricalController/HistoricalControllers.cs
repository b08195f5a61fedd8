using Harvester.ControllerRuntime;
using Harvester.Samples.UpgradeApi;
using k8s;
using k8s.Models;
using Microsoft.Extensions.Logging;

namespace Harvester.Samples.HistoricalController;

/// <summary>The upgrade controllers of Harvester v1.8.2: all their handlers, on a controller set.</summary>
public static class HistoricalControllers
{
    /// <summary>Registers every handler. One handler chain, and so one queue, per kind.</summary>
    /// <param name="set">The controller set.</param>
    /// <param name="client">The client the handlers write with.</param>
    /// <param name="repository">The content of the upgrade repository.</param>
    /// <param name="loggers">Where the handlers log.</param>
    /// <param name="options">Deviations from what was released.</param>
    public static void Register(
        ControllerSet set,
        IKubernetes client,
        IUpgradeRepository repository,
        ILoggerFactory loggers,
        HistoricalControllerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(set);
        options ??= new HistoricalControllerOptions();
        var context = new ControllerContext(set, client, loggers, options);
        var settings = new UpgradeSettings(client);
        var repo = new UpgradeRepo(context, settings, repository);
        var cleanup = new UpgradeCleanup(context, repo);
        var upgrades = new UpgradeHandler(context, settings, repo, cleanup);
        var images = new ImageHandler(context);
        var deployments = new RepoDeploymentHandler(context);
        var plans = new PlanHandler(context);
        var jobs = new JobHandler(context);
        var nodes = new NodeHandler(context);
        var infrastructure = new LoggingInfrastructure(context);
        var logs = new UpgradeLogHandler(context, settings, infrastructure);
        var parts = new LoggingPartsHandler(context);

        new HandlerChain<Upgrade>(context, ControllerNames.Upgrade)
            .Add("harvester-upgrade-controller", upgrades.OnChangedAsync)
            .AddRemove("harvester-upgrade-controller", upgrades.OnRemoveAsync, context.ReplaceAsync)
            .Add("harvester-upgradelog-controller", logs.OnUpgradeChangeAsync)
            .Register();
        new HandlerChain<UpgradeLog>(context, ControllerNames.UpgradeLog)
            .Add("harvester-upgradelog-controller", logs.OnUpgradeLogChangeAsync)
            .AddRemove("harvester-upgradelog-controller", logs.OnUpgradeLogRemoveAsync, context.ReplaceAsync)
            .Register();
        new HandlerChain<VirtualMachineImage>(context, "virtualmachineimage")
            .Add("harvester-upgrade-image-controller", images.OnChangedAsync)
            .Register();
        new HandlerChain<V1Deployment>(context, "deployment")
            .Add("harvester-upgrade-repo-controller", deployments.OnChangedAsync)
            .Add("harvester-upgradelog-deployment-controller", parts.OnDeploymentChangeAsync)
            .Register();
        new HandlerChain<Plan>(context, ControllerNames.Plan)
            .Add("harvester-upgrade-plan-controller", plans.OnChangedAsync)
            .Register();
        new HandlerChain<V1Job>(context, "job")
            .Add("harvester-upgrade-job-controller", jobs.OnChangedAsync)
            .Register();
        new HandlerChain<V1Node>(context, ControllerNames.Node)
            .Add("harvester-upgrade-node-controller", nodes.OnChangedAsync)
            .Register();
        new HandlerChain<ManagedChart>(context, "managedchart")
            .Add("harvester-upgradelog-managedchart-controller", parts.OnManagedChartChangeAsync)
            .Register();
        new HandlerChain<V1StatefulSet>(context, "statefulset")
            .Add("harvester-upgradelog-statefulset-controller", parts.OnStatefulSetChangeAsync)
            .Register();
        new HandlerChain<V1DaemonSet>(context, "daemonset")
            .Add("harvester-upgradelog-daemonset-controller", parts.OnDaemonSetChangeAsync)
            .Register();
        new HandlerChain<V1PersistentVolumeClaim>(context, "persistentvolumeclaim")
            .Add("harvester-upgradelog-pvc-controller", parts.OnPersistentVolumeClaimChangeAsync)
            .Register();
        new HandlerChain<ClusterFlow>(context, "clusterflow")
            .Add("harvester-upgradelog-clusterflow-controller", parts.OnClusterFlowChangeAsync)
            .Register();
        new HandlerChain<ClusterOutput>(context, "clusteroutput")
            .Add("harvester-upgradelog-clusteroutput-controller", parts.OnClusterOutputChangeAsync)
            .Register();
    }
}

/// <summary>Names of the queues that handlers put keys into.</summary>
internal static class ControllerNames
{
    public const string Upgrade = "upgrade";
    public const string UpgradeLog = "upgradelog";
    public const string Plan = "plan";
    public const string Node = "node";
}
