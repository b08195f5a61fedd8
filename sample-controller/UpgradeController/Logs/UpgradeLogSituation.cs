using Harvester.ControllerRuntime;
using Harvester.Samples.UpgradeApi;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace Harvester.Samples.UpgradeController;

/// <summary>One UpgradeLog and what is really there of its infrastructure.</summary>
public sealed record UpgradeLogSituation
{
    public required UpgradeLog Log { get; init; }

    /// <summary>The upgrade this log belongs to is there, and its cleanup is not over.</summary>
    public required bool IsWanted { get; init; }

    /// <summary>A logging operator runs already, as an addon.</summary>
    public bool OperatorIsAddon { get; init; }

    public bool OperatorReady { get; init; }

    public bool InfraMade { get; init; }

    public bool FluentdReady { get; init; }

    public bool FluentBitReady { get; init; }

    public bool RulesMade { get; init; }

    public bool RulesActive { get; init; }

    public bool DownloaderMade { get; init; }

    public bool DownloaderReady { get; init; }

    public V1PersistentVolumeClaim? Archive { get; init; }

    public string Key => $"{Log.Namespace()}/{Log.Name()}";

    public string? State => Log.GetAnnotation(UpgradeLogAnnotations.State);

    public bool InfraReady => FluentdReady && FluentBitReady;

    public bool ArchiveWouldGo => Archive is not null && Archive.OwnerReferences()?.Any(owner => owner.Uid == Log.Uid()) != true;

    public static async Task<UpgradeLogSituation?> ReadAsync(UpgradeServices services, ObjectKey key, CancellationToken cancellationToken)
    {
        var client = services.Client;
        var log = await client.FindAsync<UpgradeLog>(key.Namespace, key.Name, cancellationToken);
        if (log is null)
        {
            return null;
        }

        var upgrade = await client.FindAsync<Upgrade>(log.Namespace(), log.Spec.UpgradeName ?? "", cancellationToken);
        var wanted = false;
        if (upgrade is not null && Ownership.IsOf(log, upgrade.Uid()))
        {
            var record = await services.Records.FindAsync(upgrade, cancellationToken);
            wanted = record is null || record.Uid != upgrade.Uid() || !record.CleanedUp;
        }

        var situation = new UpgradeLogSituation { Log = log, IsWanted = wanted };
        if (!wanted || log.DeletionTimestamp() is not null || situation.State == UpgradeLogAnnotations.Stopped)
        {
            return situation;
        }

        var (ns, name) = (log.Namespace(), log.Name());
        var addon = await client.FindAsync<Addon>(Namespaces.CattleLogging, "rancher-logging", cancellationToken);
        var chart = await client.FindAsync<ManagedChart>(Namespaces.FleetLocal, UpgradeNames.Operator(name), cancellationToken);
        var infra = await client.FindAsync<Logging>(null, UpgradeNames.Infra(name), cancellationToken);
        var agent = await client.FindAsync<FluentbitAgent>(null, UpgradeNames.Agent(name), cancellationToken);
        var fluentd = await client.FindAsync<V1StatefulSet>(ns, $"{UpgradeNames.Infra(name)}-fluentd", cancellationToken);
        var fluentBit = await client.FindAsync<V1DaemonSet>(ns, $"{UpgradeNames.Agent(name)}-fluentbit", cancellationToken);
        var output = await client.FindAsync<ClusterOutput>(ns, UpgradeNames.ClusterOutput(name), cancellationToken);
        var flow = await client.FindAsync<ClusterFlow>(ns, UpgradeNames.ClusterFlow(name), cancellationToken);
        var downloader = await client.FindAsync<V1Deployment>(ns, UpgradeNames.Downloader(name), cancellationToken);
        return situation with
        {
            OperatorIsAddon = addon?.Spec.Enabled == true,
            OperatorReady = addon?.Spec.Enabled == true || IsReady(chart),
            InfraMade = infra is not null && agent is not null,
            FluentdReady = fluentd?.Status?.ReadyReplicas is > 0,
            FluentBitReady = fluentBit?.Status is { NumberReady: > 0 } bits && bits.NumberReady >= bits.DesiredNumberScheduled,
            RulesMade = output is not null && flow is not null,
            RulesActive = IsActive(output) && IsActive(flow),
            DownloaderMade = downloader is not null,
            DownloaderReady = downloader?.Status?.ReadyReplicas is > 0,
            Archive = await FindClaimAsync(client, ns, UpgradeLogObjects.ArchiveClaim(log), cancellationToken),
        };
    }

    private static bool IsReady(ManagedChart? chart) =>
        chart?.Status?["summary"] is { } summary && (int?)summary["ready"] is > 0 and { } ready && (int?)summary["desiredReady"] == ready;

    private static bool IsActive(OpenResource? rule) => (bool?)rule?.Status?["active"] == true;

    private static async Task<V1PersistentVolumeClaim?> FindClaimAsync(IKubernetes client, string ns, string name, CancellationToken cancellationToken)
    {
        try
        {
            return await client.CoreV1.ReadNamespacedPersistentVolumeClaimAsync(name, ns, cancellationToken: cancellationToken);
        }
        catch (HttpOperationException e) when (e.Response.StatusCode == System.Net.HttpStatusCode.NotFound)
        {
            return null;
        }
    }
}
