using Harvester.ControllerRuntime;
using Harvester.Samples.UpgradeApi;
using k8s;
using k8s.Models;

namespace Harvester.Samples.HistoricalController;

/// <summary>The repository is ready once its Deployment is available.</summary>
internal sealed class RepoDeploymentHandler(ControllerContext context)
{
    public async Task<V1Deployment?> OnChangedAsync(V1Deployment deployment, CancellationToken cancellationToken)
    {
        var upgradeName = deployment.GetLabel(UpgradeLabels.Upgrade);
        if (deployment.Metadata.DeletionTimestamp is not null
            || string.IsNullOrEmpty(upgradeName)
            || deployment.GetLabel(UpgradeLabels.Component) != UpgradeComponents.Repo
            || deployment.Status?.Conditions?.Any(condition => condition is { Type: "Available", Status: "True" }) != true)
        {
            return deployment;
        }

        var upgrade = context.UpgradeCache.Get(new ObjectKey(deployment.Metadata.NamespaceProperty, upgradeName));
        if (upgrade is null || !upgrade.InState(UpgradeStates.PreparingRepo))
        {
            return deployment;
        }

        upgrade.SetStepResult(UpgradeConditions.RepoReady, ConditionStatus.True, context.Time);
        upgrade.SetLabel(UpgradeLabels.State, UpgradeStates.RepoPrepared);
        await context.Upgrades.ReplaceNamespacedAsync(upgrade, upgrade.Metadata.NamespaceProperty, upgrade.Metadata.Name, cancellationToken);
        return deployment;
    }
}
