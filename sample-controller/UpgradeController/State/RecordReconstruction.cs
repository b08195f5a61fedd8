using Harvester.Samples.UpgradeApi;
using k8s;
using k8s.Models;

namespace Harvester.Samples.UpgradeController;

/// <summary>
/// Makes a record for an upgrade that has none: one that an older controller started, or whose record was deleted. What the status still says is taken
/// from there; the rest from labels and children. A fact that nothing tells any more stays unknown, it is not computed again.
/// </summary>
internal static class RecordReconstruction
{
    public static async Task<UpgradeRecord> FromTracesAsync(IKubernetes client, Upgrade upgrade, CancellationToken cancellationToken)
    {
        var (ns, name, uid, status) = (upgrade.Namespace(), upgrade.Name(), upgrade.Uid(), upgrade.Status);
        var children = new SortedDictionary<string, string>(StringComparer.Ordinal);
        await Note<UpgradeLog>(UpgradeChildren.Logs, ns, UpgradeNames.Log(name));
        await Note<VirtualMachineImage>(UpgradeChildren.Images, ns, UpgradeNames.Image(name));
        await Note<V1Deployment>(UpgradeChildren.Deployments, ns, UpgradeNames.Repo(name));
        await Note<V1Job>(UpgradeChildren.Jobs, ns, UpgradeNames.ManifestJob(name));
        await Note<Plan>(UpgradeChildren.Plans, Namespaces.Cattle, UpgradeNames.CleanupPlan(name));

        var nodeJob = (await client.ListAsync<V1Job>(
                ns,
                $"{UpgradeLabels.Upgrade}={name},{UpgradeLabels.JobType}={UpgradeJobTypes.SingleNodeUpgrade}",
                cancellationToken))
            .FirstOrDefault(job => Ownership.IsOf(job, uid));
        if (nodeJob is not null)
        {
            children[$"{UpgradeChildren.Jobs}/{nodeJob.Name()}"] = nodeJob.Uid();
        }

        var label = upgrade.GetLabel(UpgradeLabels.State);
        UpgradePhase? result = label is UpgradeStates.Succeeded || status.Conditions.Has(UpgradeConditions.Completed, ConditionStatus.True)
            ? UpgradePhase.Succeeded
            : label is UpgradeStates.Failed || status.Conditions.Has(UpgradeConditions.Completed, ConditionStatus.False) ? UpgradePhase.Failed : null;
        var phase = result == UpgradePhase.Succeeded ? UpgradePhase.UpgradingNodes
            : result is null && Enum.TryParse<UpgradePhase>(label, out var labelled) ? labelled
            : PhaseByChildren();
        var node = status.SingleNode ?? nodeJob?.GetLabel(UpgradeLabels.Node);
        var nodeStates = status.NodeStatuses?.ToDictionary(entry => entry.Key, entry => entry.Value.State ?? "") ?? [];
        if (node is not null && phase >= UpgradePhase.PreparingNodes)
        {
            nodeStates.TryAdd(node, result == UpgradePhase.Succeeded ? NodeStates.Succeeded : NodeStates.ImagesPreloaded);
        }

        if (result is null)
        {
            // A job that is gone may have run: without a record nobody knows, and it must not run again.
            if (phase == UpgradePhase.UpgradingSystemServices)
            {
                children.TryAdd($"{UpgradeChildren.Jobs}/{UpgradeNames.ManifestJob(name)}", "");
            }

            if (phase == UpgradePhase.UpgradingNodes)
            {
                children.TryAdd($"{UpgradeChildren.Jobs}/{UpgradeNames.NodeJob(name, node ?? "")}", "");
            }
        }

        var completed = status.Conditions.Find(UpgradeConditions.Completed);
        var cleanedUp = result is not null && upgrade.GetLabel(UpgradeLabels.Cleanup) == CleanupStates.Succeeded;
        return new UpgradeRecord
        {
            Uid = uid,
            Phase = phase,
            Result = result,
            Failure = result == UpgradePhase.Failed
                ? new UpgradeFailure(UpgradeConditions.Completed, completed?.Reason ?? "Unknown", completed?.Message ?? "the reason was lost with the status")
                : null,
            PreviousVersion = status.PreviousVersion,
            ImageID = status.ImageID ?? ImageOf(),
            RepoInfo = status.RepoInfo,
            SingleNode = node,
            NodeStates = new SortedDictionary<string, string>(nodeStates, StringComparer.Ordinal),
            Children = children,
            LogsReady = phase > UpgradePhase.PreparingLoggingInfra ? upgrade.Spec.LogEnabled : null,
            ImagesCleaned = cleanedUp || upgrade.GetAnnotation(UpgradeAnnotations.ImageCleanupPlanCompleted) is not null,
            CleanedUp = cleanedUp,
            LogsPurged = cleanedUp && !children.ContainsKey($"{UpgradeChildren.Logs}/{UpgradeNames.Log(name)}"),
        };

        async Task Note<T>(string resource, string where, string child)
            where T : class, IKubernetesObject<V1ObjectMeta>
        {
            if (await client.FindAsync<T>(where, child, cancellationToken) is { } found && Ownership.IsOf(found, uid))
            {
                children[$"{resource}/{child}"] = found.Uid();
            }
        }

        UpgradePhase PhaseByChildren() =>
            nodeJob is not null ? UpgradePhase.UpgradingNodes
            : children.ContainsKey($"{UpgradeChildren.Jobs}/{UpgradeNames.ManifestJob(name)}") ? UpgradePhase.UpgradingSystemServices
            : children.ContainsKey($"{UpgradeChildren.Deployments}/{UpgradeNames.Repo(name)}") ? UpgradePhase.PreparingRepo
            : children.ContainsKey($"{UpgradeChildren.Images}/{UpgradeNames.Image(name)}") ? UpgradePhase.LoggingInfraPrepared
            : UpgradePhase.PreparingLoggingInfra;

        string? ImageOf() => !string.IsNullOrEmpty(upgrade.Spec.Image) && phase > UpgradePhase.LoggingInfraPrepared ? upgrade.Spec.Image
            : phase > UpgradePhase.LoggingInfraPrepared || children.ContainsKey($"{UpgradeChildren.Images}/{UpgradeNames.Image(name)}")
                ? $"{ns}/{UpgradeNames.Image(name)}"
                : null;
    }
}
