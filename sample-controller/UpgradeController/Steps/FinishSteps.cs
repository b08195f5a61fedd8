using System.Text.Json.Nodes;
using Harvester.Samples.UpgradeApi;
using k8s;
using k8s.Models;
using Microsoft.Extensions.Logging;

namespace Harvester.Samples.UpgradeController.Steps;

/// <summary>After the end: old images, what was made on the way, the collected logs, and the object itself.</summary>
internal static class FinishSteps
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(20);

    public static async Task<StepResult> StartImageCleanupAsync(UpgradeServices services, UpgradeSituation situation, CancellationToken cancellationToken)
    {
        var upgrade = situation.Upgrade;
        services.Log.LogInformation("starting post-upgrade cleanup");
        if (situation.Record!.PreviousVersion is not { } previous)
        {
            services.Log.LogWarning("Which version ran before upgrade {Key} is not known any more: old images stay on the nodes", situation.Key);
            return StepResult.Update(record => record with { ImagesCleaned = true });
        }

        var old = await services.Repository.ReadImageListAsync(upgrade.Name(), previous, cancellationToken);
        var current = await services.Repository.ReadImageListAsync(upgrade.Name(), "current", cancellationToken);
        var unneeded = old.Except(current, StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        if (unneeded.Count == 0)
        {
            services.Log.LogInformation("No images to be purged");
            return StepResult.Update(record => record with { ImagesCleaned = true });
        }

        services.Log.LogInformation("Start purging unneeded container images on the nodes");
        var plan = await services.Client.CreateOrAdoptAsync(
            UpgradeObjects.CleanupPlan(upgrade, UpgradeObjects.UpgradeImage(upgrade, previous), unneeded), upgrade.Uid(), cancellationToken);
        return StepResult.Update(record => record.WithChild(UpgradeChildren.Plans, plan.Name(), plan.Uid()));
    }

    public static async Task<StepResult> AwaitImageCleanupAsync(UpgradeServices services, UpgradeSituation situation, CancellationToken cancellationToken)
    {
        var name = UpgradeNames.CleanupPlan(situation.Upgrade.Name());
        var plan = await services.Client.FindAsync<Plan>(Namespaces.Cattle, name, cancellationToken);
        if (plan is null)
        {
            return StepResult.Update(record => record with { ImagesCleaned = true });
        }

        var hash = (string?)plan.Status?["latestHash"];
        var nodes = await services.Client.CoreV1.ListNodeAsync(labelSelector: $"{UpgradeLabels.Managed}=true", cancellationToken: cancellationToken);
        var done = !string.IsNullOrEmpty(hash) && nodes.Items.All(node => node.GetLabel(UpgradeLabels.PlanHashPrefix + name) == hash);
        return done ? StepResult.Update(record => record with { ImagesCleaned = true }) : StepResult.Wait(Look);
    }

    public static async Task<StepResult> CleanUpAsync(UpgradeServices services, UpgradeSituation situation, CancellationToken cancellationToken)
    {
        var upgrade = situation.Upgrade;
        var (ns, name, uid) = (upgrade.Namespace(), upgrade.Name(), upgrade.Uid());
        if (situation.Record!.Result == UpgradePhase.Failed)
        {
            services.Log.LogInformation("upgrade failed... starting post-upgrade cleanup");
        }

        services.Log.LogInformation("Delete upgrade related resources");
        await services.Client.DeleteOwnAsync<VirtualMachineImage>(ns, UpgradeNames.Image(name), uid, cancellationToken);
        await services.Client.DeleteOwnAsync<V1Deployment>(ns, UpgradeNames.Repo(name), uid, cancellationToken);
        await services.Client.DeleteOwnServiceAsync(ns, UpgradeNames.Repo(name), uid, cancellationToken);
        await services.Client.DeleteOwnAsync<Plan>(Namespaces.Cattle, UpgradeNames.CleanupPlan(name), uid, cancellationToken);
        services.Log.LogInformation("successfully completed post-upgrade cleanup");
        return StepResult.Update(record => record with { CleanedUp = true, ImagesCleaned = true });
    }

    /// <summary>
    /// The user has read the result. The label alone decides nothing: this row is reached only after recovery, with a record that says how it ended.
    /// </summary>
    public static async Task<StepResult> DismissAsync(UpgradeServices services, UpgradeSituation situation, CancellationToken cancellationToken)
    {
        var upgrade = situation.Upgrade;
        var log = UpgradeNames.Log(upgrade.Name());
        if (await services.Client.DeleteOwnAsync<UpgradeLog>(upgrade.Namespace(), log, upgrade.Uid(), cancellationToken))
        {
            services.Log.LogInformation("Purging UpgradeLog {Namespace}/{Name}", upgrade.Namespace(), log);
        }

        services.Log.LogInformation("upgrade {Key} has harvesterhci.io/read-message label, no further processing", situation.Key);
        return StepResult.Update(record => record with { LogsPurged = true });
    }

    public static Task<StepResult> RestAsync(UpgradeServices services, UpgradeSituation situation, CancellationToken cancellationToken) =>
        Task.FromResult(StepResult.Close());

    /// <summary>Children in the namespace go by their owner reference; the plan is elsewhere and has none.</summary>
    public static async Task<StepResult> ReleaseAsync(UpgradeServices services, UpgradeSituation situation, CancellationToken cancellationToken)
    {
        var upgrade = situation.Upgrade;
        var finalizers = upgrade.Finalizers() ?? [];
        if (finalizers.Contains(UpgradeIndex.Finalizer))
        {
            await services.Client.DeleteOwnAsync<Plan>(
                Namespaces.Cattle, UpgradeNames.CleanupPlan(upgrade.Name()), upgrade.Uid(), cancellationToken);
            await services.Client.PatchMetadataAsync(
                upgrade,
                new { resourceVersion = upgrade.ResourceVersion(), finalizers = finalizers.Where(name => name != UpgradeIndex.Finalizer).ToArray() },
                cancellationToken);
        }

        return StepResult.Close();
    }
}
