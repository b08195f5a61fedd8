using Harvester.ControllerRuntime;
using Harvester.Samples.UpgradeApi;
using k8s;
using k8s.Models;

namespace Harvester.Samples.HistoricalController;

/// <summary>Progress of the image moves the condition ImageReady of its upgrade.</summary>
internal sealed class ImageHandler(ControllerContext context)
{
    public async Task<VirtualMachineImage?> OnChangedAsync(VirtualMachineImage image, CancellationToken cancellationToken)
    {
        var upgradeName = image.GetLabel(UpgradeLabels.Upgrade);
        if (image.Metadata.DeletionTimestamp is not null || string.IsNullOrEmpty(upgradeName))
        {
            return image;
        }

        var upgrade = context.UpgradeCache.Get(new ObjectKey(image.Metadata.NamespaceProperty, upgradeName));
        if (upgrade is null || !upgrade.Status.Conditions.IsUnknown(UpgradeConditions.ImageReady))
        {
            return image;
        }

        var imported = image.Status.Conditions.Find(ImageConditions.Imported);
        var exceeded = image.Status.Conditions.Find(ImageConditions.RetryLimitExceeded);
        if (imported?.Status == ConditionStatus.True)
        {
            upgrade.SetStepResult(UpgradeConditions.ImageReady, ConditionStatus.True, context.Time);
        }
        else if (exceeded?.Status == ConditionStatus.True)
        {
            upgrade.SetStepResult(UpgradeConditions.ImageReady, ConditionStatus.False, context.Time, exceeded.Reason, exceeded.Message);
        }
        else if (imported?.Status == ConditionStatus.False)
        {
            upgrade.SetStepResult(UpgradeConditions.ImageReady, ConditionStatus.False, context.Time, imported.Reason, imported.Message);
        }
        else if (!string.IsNullOrEmpty(imported?.Message))
        {
            upgrade.Status.Set(UpgradeConditions.ImageReady, ConditionStatus.Unknown, context.Time, imported.Reason, imported.Message);
        }
        else
        {
            return image;
        }

        await context.Upgrades.ReplaceNamespacedAsync(upgrade, upgrade.Metadata.NamespaceProperty, upgrade.Metadata.Name, cancellationToken);
        return image;
    }
}
