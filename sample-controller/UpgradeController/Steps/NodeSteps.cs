using Harvester.Samples.UpgradeApi;
using k8s;
using k8s.Models;
using Microsoft.Extensions.Logging;

namespace Harvester.Samples.UpgradeController.Steps;

/// <summary>The upgrade proper: services first, then the node. One node, images not preloaded; anything else is refused.</summary>
internal static class NodeSteps
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(30);

    public static async Task<StepResult> PrepareAsync(UpgradeServices services, UpgradeSituation situation, CancellationToken cancellationToken)
    {
        var nodes = await services.Client.CoreV1.ListNodeAsync(labelSelector: $"{UpgradeLabels.Managed}=true", cancellationToken: cancellationToken);
        if (nodes.Items.Count != 1)
        {
            return StepResult.Fail(UpgradeConditions.NodesPrepared, "NotSupported", $"{nodes.Items.Count} managed nodes; this controller upgrades one");
        }

        var strategy = await UpgradeSettings.PreloadStrategyAsync(services.Client, cancellationToken);
        if (strategy != "skip")
        {
            return StepResult.Fail(UpgradeConditions.NodesPrepared, "NotSupported", $"preload strategy {strategy}; this controller knows skip");
        }

        var text = await services.Repository.ReadReleaseAsync(situation.Upgrade.Name(), cancellationToken);
        if (ReleaseInfo.Parse(text).Refuse(situation.Record!.PreviousVersion) is { } refusal)
        {
            return StepResult.Fail(UpgradeConditions.NodesPrepared, "NotEligible", refusal);
        }

        var node = nodes.Items[0].Name();
        var repoInfo = "release:\n" + string.Concat(text.Split('\n').Where(line => line.Length > 0).Select(line => $"  {line}\n"));
        return StepResult.Arrive(record => record.WithNode(node, NodeStates.ImagesPreloaded) with { SingleNode = node, RepoInfo = repoInfo });
    }

    /// <summary>Nothing to do: the next state is recorded before its job is made.</summary>
    public static Task<StepResult> ProceedAsync(UpgradeServices services, UpgradeSituation situation, CancellationToken cancellationToken) =>
        Task.FromResult(StepResult.Arrive());

    public static async Task<StepResult> ApplyManifestsAsync(UpgradeServices services, UpgradeSituation situation, CancellationToken cancellationToken)
    {
        services.Log.LogInformation("Start to apply manifests");
        var upgrade = situation.Upgrade;
        var image = UpgradeObjects.UpgradeImage(upgrade, ReleaseInfo.Parse(situation.Record!.RepoInfo).Harvester);
        var job = await services.Client.CreateOrAdoptAsync(UpgradeObjects.ManifestJob(upgrade, image), upgrade.Uid(), cancellationToken);
        return StepResult.Update(record => record.WithChild(UpgradeChildren.Jobs, job.Name(), job.Uid()));
    }

    public static async Task<StepResult> AwaitManifestsAsync(UpgradeServices services, UpgradeSituation situation, CancellationToken cancellationToken)
    {
        var seen = await services.Children.ObserveAsync(situation.Upgrade, situation.Record!, cancellationToken);
        return seen.Progress switch
        {
            Progress.Done => StepResult.Arrive(),
            Progress.Failed => StepResult.Fail(UpgradeConditions.SystemServicesUpgraded, seen.Reason!, seen.Message!),

            // It ran, to what end nobody can say any more. Running it a second time is not this controller's decision.
            Progress.Gone => StepResult.Fail(UpgradeConditions.SystemServicesUpgraded, "JobLost", "the job that applies the manifests disappeared"),
            _ => StepResult.Wait(Look),
        };
    }

    public static async Task<StepResult> UpgradeNodeAsync(UpgradeServices services, UpgradeSituation situation, CancellationToken cancellationToken)
    {
        services.Log.LogInformation("Start single node upgrade job");
        var upgrade = situation.Upgrade;
        var image = UpgradeObjects.UpgradeImage(upgrade, ReleaseInfo.Parse(situation.Record!.RepoInfo).Harvester);
        var job = await services.Client.CreateOrAdoptAsync(
            UpgradeObjects.NodeJob(upgrade, situation.Record.SingleNode!, image), upgrade.Uid(), cancellationToken);
        return StepResult.Update(record => record.WithChild(UpgradeChildren.Jobs, job.Name(), job.Uid()));
    }

    public static async Task<StepResult> AwaitNodeAsync(UpgradeServices services, UpgradeSituation situation, CancellationToken cancellationToken)
    {
        var record = situation.Record!;
        var node = record.SingleNode!;
        var seen = await services.Children.ObserveAsync(situation.Upgrade, record, cancellationToken);
        switch (seen.Progress)
        {
            case Progress.Failed:
                return Failed(seen.Reason!, seen.Message!);
            case Progress.Gone:
                return Failed("JobLost", $"the job that upgrades {node} disappeared");
            case Progress.Done:
                await SetPendingImageAsync(services, node, null, cancellationToken);
                return StepResult.Arrive(before => before.WithNode(node, NodeStates.Succeeded));
            case Progress.Running when seen.NodeState == NodeStates.WaitingReboot:
                if (ReleaseInfo.Parse(record.RepoInfo).Os is not { Length: > 0 } wanted)
                {
                    return Failed("ReleaseUnknown", "what the node's operating system should become is not known any more");
                }

                await SetPendingImageAsync(services, node, wanted, cancellationToken);
                return StepResult.Update(before => before.WithNode(node, NodeStates.WaitingReboot)) with { Seen = seen, LookAgain = Look };
            default:
                return StepResult.Wait(Look) with { Seen = seen };
        }

        StepResult Failed(string reason, string message)
        {
            var failure = StepResult.Fail(UpgradeConditions.NodesUpgraded, reason, message);
            return failure with { Change = before => failure.Change!(before.WithNode(node, NodeStates.Failed)) };
        }
    }

    private static async Task SetPendingImageAsync(UpgradeServices services, string node, string? image, CancellationToken cancellationToken)
    {
        var stored = await services.Client.CoreV1.ReadNodeAsync(node, cancellationToken: cancellationToken);
        if (stored.GetAnnotation(UpgradeAnnotations.PendingOSImage) == image)
        {
            return;
        }

        var patch = new { metadata = new { annotations = new Dictionary<string, string?> { [UpgradeAnnotations.PendingOSImage] = image } } };
        await services.Client.CoreV1.PatchNodeAsync(
            new V1Patch(KubernetesJson.Serialize(patch), V1Patch.PatchType.MergePatch), node, cancellationToken: cancellationToken);
    }
}
