using Harvester.Samples.UpgradeApi;
using k8s;
using k8s.Models;
using Microsoft.Extensions.Logging;

namespace Harvester.Samples.UpgradeController;

/// <summary>The actions of <see cref="UpgradeLogTransitions"/>.</summary>
internal static class UpgradeLogSteps
{
    public static async Task<bool> ReleaseAsync(UpgradeServices services, UpgradeLogSituation situation, CancellationToken cancellationToken)
    {
        var finalizers = situation.Log.Finalizers() ?? [];
        if (!finalizers.Contains(UpgradeIndex.Finalizer))
        {
            return false;
        }

        await TearDownAsync(services, situation.Log, cancellationToken);
        await services.Client.PatchMetadataAsync(
            situation.Log,
            new { resourceVersion = situation.Log.ResourceVersion(), finalizers = finalizers.Where(name => name != UpgradeIndex.Finalizer).ToArray() },
            cancellationToken);
        return false;
    }

    public static async Task<bool> AddFinalizerAsync(UpgradeServices services, UpgradeLogSituation situation, CancellationToken cancellationToken)
    {
        var finalizers = (situation.Log.Finalizers() ?? []).Append(UpgradeIndex.Finalizer).ToArray();
        await services.Client.PatchMetadataAsync(
            situation.Log, new { resourceVersion = situation.Log.ResourceVersion(), finalizers }, cancellationToken);
        return true;
    }

    public static Task<bool> RestAsync(UpgradeServices services, UpgradeLogSituation situation, CancellationToken cancellationToken) =>
        Task.FromResult(false);

    public static async Task<bool> StopAsync(UpgradeServices services, UpgradeLogSituation situation, CancellationToken cancellationToken)
    {
        services.UpgradeLogLog.LogInformation("Stop collecting logs");
        await TearDownAsync(services, situation.Log, cancellationToken);
        await NoteAsync(services, situation.Log, UpgradeLogAnnotations.Stopped, cancellationToken);
        return true;
    }

    public static async Task<bool> DeployOperatorAsync(UpgradeServices services, UpgradeLogSituation situation, CancellationToken cancellationToken)
    {
        var name = UpgradeNames.Operator(situation.Log.Name());
        if (await services.Client.FindAsync<ManagedChart>(Namespaces.FleetLocal, name, cancellationToken) is null)
        {
            services.UpgradeLogLog.LogInformation("Deploy logging-operator via a new ManagedChart");
            await services.Client.CreateOrAdoptAsync(UpgradeLogObjects.Operator(situation.Log), situation.Log.Uid(), cancellationToken);
        }

        return false;
    }

    public static async Task<bool> CreateInfraAsync(UpgradeServices services, UpgradeLogSituation situation, CancellationToken cancellationToken)
    {
        services.UpgradeLogLog.LogInformation("Start to create the logging infrastructure and fluentbitagent for the upgrade procedure");
        await services.Client.CreateOrAdoptAsync(UpgradeLogObjects.Infra(situation.Log), situation.Log.Uid(), cancellationToken);
        await services.Client.CreateOrAdoptAsync(UpgradeLogObjects.Agent(situation.Log), situation.Log.Uid(), cancellationToken);
        return true;
    }

    /// <summary>The logging operator owns the volume with the logs; with a second owner it outlives the operator.</summary>
    public static async Task<bool> KeepArchiveAsync(UpgradeServices services, UpgradeLogSituation situation, CancellationToken cancellationToken)
    {
        var claim = situation.Archive!;
        var owners = (claim.OwnerReferences() ?? []).Append(Ownership.Reference(situation.Log)).ToArray();
        var patch = new { metadata = new { resourceVersion = claim.ResourceVersion(), ownerReferences = owners } };
        await services.Client.CoreV1.PatchNamespacedPersistentVolumeClaimAsync(
            new V1Patch(KubernetesJson.Serialize(patch), V1Patch.PatchType.MergePatch), claim.Name(), claim.Namespace(), cancellationToken: cancellationToken);
        return true;
    }

    public static async Task<bool> CreateRulesAsync(UpgradeServices services, UpgradeLogSituation situation, CancellationToken cancellationToken)
    {
        services.UpgradeLogLog.LogInformation("Start to create the ClusterFlow and ClusterOutput resources for collecting upgrade logs");
        await services.Client.CreateOrAdoptAsync(UpgradeLogObjects.Output(situation.Log), situation.Log.Uid(), cancellationToken);
        await services.Client.CreateOrAdoptAsync(UpgradeLogObjects.Flow(situation.Log), situation.Log.Uid(), cancellationToken);
        return true;
    }

    public static async Task<bool> NoteCollectingAsync(UpgradeServices services, UpgradeLogSituation situation, CancellationToken cancellationToken)
    {
        services.UpgradeLogLog.LogInformation("Log-collecting rules exist and are activated");
        await NoteAsync(services, situation.Log, UpgradeLogAnnotations.Collecting, cancellationToken);
        return true;
    }

    public static async Task<bool> SpinUpDownloaderAsync(UpgradeServices services, UpgradeLogSituation situation, CancellationToken cancellationToken)
    {
        services.UpgradeLogLog.LogInformation("Spin up downloader");
        await services.Client.CreateOrAdoptServiceAsync(UpgradeLogObjects.DownloaderService(situation.Log), situation.Log.Uid(), cancellationToken);
        await services.Client.CreateOrAdoptAsync(UpgradeLogObjects.Downloader(situation.Log), situation.Log.Uid(), cancellationToken);
        return true;
    }

    private static Task<UpgradeLog> NoteAsync(UpgradeServices services, UpgradeLog log, string state, CancellationToken cancellationToken) =>
        services.Client.PatchMetadataAsync(
            log, new { annotations = new Dictionary<string, string> { [UpgradeLogAnnotations.State] = state } }, cancellationToken);

    private static async Task TearDownAsync(UpgradeServices services, UpgradeLog log, CancellationToken cancellationToken)
    {
        services.UpgradeLogLog.LogInformation("Tearing down the logging infrastructure for upgrade procedure");
        var (ns, name, uid) = (log.Namespace(), log.Name(), log.Uid());
        await services.Client.DeleteOwnAsync<ClusterFlow>(ns, UpgradeNames.ClusterFlow(name), uid, cancellationToken);
        await services.Client.DeleteOwnAsync<ClusterOutput>(ns, UpgradeNames.ClusterOutput(name), uid, cancellationToken);
        await services.Client.DeleteOwnAsync<Logging>(null, UpgradeNames.Infra(name), uid, cancellationToken);
        await services.Client.DeleteOwnAsync<FluentbitAgent>(null, UpgradeNames.Agent(name), uid, cancellationToken);
        await services.Client.DeleteOwnAsync<ManagedChart>(Namespaces.FleetLocal, UpgradeNames.Operator(name), uid, cancellationToken);
    }
}
