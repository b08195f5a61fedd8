using Harvester.Samples.UpgradeApi;
using k8s;
using k8s.Models;

namespace Harvester.Samples.UpgradeController;

/// <summary>
/// Looks at the child an upgrade waits for. The normal steps and the rebuilding of a lost status ask the same question here, so a rebuilt status says
/// what is true now and not what was true when the record was last written.
/// </summary>
public sealed class UpgradeChildren(IKubernetes client)
{
    public const string Logs = "upgradelogs";
    public const string Images = "virtualmachineimages";
    public const string Deployments = "deployments";
    public const string Jobs = "jobs";
    public const string Plans = "plans";

    public Task<Observation> ObserveAsync(Upgrade upgrade, UpgradeRecord record, CancellationToken cancellationToken)
    {
        if (record.IsTerminal)
        {
            return Task.FromResult(Observation.None);
        }

        return record.Phase switch
        {
            UpgradePhase.PreparingLoggingInfra when record.HasMade(Logs, UpgradeNames.Log(upgrade.Name())) => ObserveLogsAsync(upgrade, cancellationToken),
            UpgradePhase.LoggingInfraPrepared when record.ImageID is not null => ObserveImageAsync(record.ImageID, cancellationToken),
            UpgradePhase.PreparingRepo when record.HasMade(Deployments, UpgradeNames.Repo(upgrade.Name())) => ObserveRepoAsync(upgrade, cancellationToken),
            UpgradePhase.UpgradingSystemServices when record.HasMade(Jobs, UpgradeNames.ManifestJob(upgrade.Name())) =>
                ObserveJobAsync(upgrade, UpgradeNames.ManifestJob(upgrade.Name()), cancellationToken),
            UpgradePhase.UpgradingNodes when record.HasMade(Jobs, UpgradeNames.NodeJob(upgrade.Name(), record.SingleNode ?? "")) =>
                ObserveNodeAsync(upgrade, record, cancellationToken),
            _ => Task.FromResult(Observation.None),
        };
    }

    private async Task<Observation> ObserveLogsAsync(Upgrade upgrade, CancellationToken cancellationToken)
    {
        var log = await client.FindAsync<UpgradeLog>(upgrade.Namespace(), UpgradeNames.Log(upgrade.Name()), cancellationToken);
        return log is null || !Ownership.IsOf(log, upgrade.Uid())
            ? Observation.Gone
            : log.Status.Conditions.Has(UpgradeLogConditions.Started, ConditionStatus.True) ? Observation.Done : Observation.Running;
    }

    private async Task<Observation> ObserveImageAsync(string imageId, CancellationToken cancellationToken)
    {
        var (ns, name) = Split(imageId);
        var image = await client.FindAsync<VirtualMachineImage>(ns, name, cancellationToken);
        if (image is null)
        {
            return Observation.Gone;
        }

        var conditions = image.Status.Conditions;
        var imported = conditions.Find(ImageConditions.Imported);
        var exhausted = conditions.Find(ImageConditions.RetryLimitExceeded);
        return imported?.Status == ConditionStatus.True ? Observation.Done
            : imported?.Status == ConditionStatus.False ? Observation.Failed(imported.Reason ?? "ImportFailed", imported.Message ?? "")
            : exhausted?.Status == ConditionStatus.True ? Observation.Failed(exhausted.Reason ?? "RetryLimitExceeded", exhausted.Message ?? "")
            : Observation.Running;
    }

    private async Task<Observation> ObserveRepoAsync(Upgrade upgrade, CancellationToken cancellationToken)
    {
        var repo = await client.FindAsync<V1Deployment>(upgrade.Namespace(), UpgradeNames.Repo(upgrade.Name()), cancellationToken);
        return repo is null || !Ownership.IsOf(repo, upgrade.Uid())
            ? Observation.Gone
            : repo.Status?.Conditions?.Any(condition => condition.Type == "Available" && condition.Status == ConditionStatus.True) == true
                ? Observation.Done
                : Observation.Running;
    }

    private async Task<Observation> ObserveJobAsync(Upgrade upgrade, string name, CancellationToken cancellationToken)
    {
        var job = await client.FindAsync<V1Job>(upgrade.Namespace(), name, cancellationToken);
        if (job is null || !Ownership.IsOf(job, upgrade.Uid()))
        {
            return Observation.Gone;
        }

        var conditions = job.Status?.Conditions ?? [];
        var failed = conditions.FirstOrDefault(condition => condition.Type == "Failed" && condition.Status == ConditionStatus.True);
        return failed is not null ? Observation.Failed(failed.Reason ?? "JobFailed", failed.Message ?? $"Job {name} failed")
            : conditions.Any(condition => condition.Type == "Complete" && condition.Status == ConditionStatus.True) ? Observation.Done
            : Observation.Running;
    }

    private async Task<Observation> ObserveNodeAsync(Upgrade upgrade, UpgradeRecord record, CancellationToken cancellationToken)
    {
        var name = record.SingleNode!;
        var job = await ObserveJobAsync(upgrade, UpgradeNames.NodeJob(upgrade.Name(), name), cancellationToken);
        switch (job.Progress)
        {
            case Progress.Done:
                break;
            case Progress.Failed:
                return job with { NodeState = NodeStates.Failed };
            case Progress.Gone when record.NodeStates.GetValueOrDefault(name) == NodeStates.WaitingReboot:
                break; // seen complete before it went: what is left is the reboot
            default:
                return job with { NodeState = record.NodeStates.GetValueOrDefault(name) };
        }

        var node = await client.CoreV1.ReadNodeAsync(name, cancellationToken: cancellationToken);
        return node.Status?.NodeInfo?.OsImage == ReleaseInfo.Parse(record.RepoInfo).Os
            ? Observation.Done with { NodeState = NodeStates.Succeeded }
            : Observation.Running with { NodeState = NodeStates.WaitingReboot };
    }

    internal static (string Namespace, string Name) Split(string id)
    {
        var slash = id.IndexOf('/');
        return slash < 0 ? (Namespaces.Harvester, id) : (id[..slash], id[(slash + 1)..]);
    }
}
