using Harvester.Samples.UpgradeApi;
using k8s.Models;
using Microsoft.Extensions.Logging;

namespace Harvester.Samples.UpgradeController.Steps;

/// <summary>The ISO image: downloaded for a version, or one the user uploaded.</summary>
internal static class ImageSteps
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(30);

    public static async Task<StepResult> RequestAsync(UpgradeServices services, UpgradeSituation situation, CancellationToken cancellationToken)
    {
        var upgrade = situation.Upgrade;
        if (!string.IsNullOrEmpty(upgrade.Spec.Image))
        {
            var (ns, name) = UpgradeChildren.Split(upgrade.Spec.Image);
            if (await services.Client.FindAsync<VirtualMachineImage>(ns, name, cancellationToken) is not { } uploaded)
            {
                return StepResult.Fail(UpgradeConditions.ImageReady, "ImageNotFound", $"image {upgrade.Spec.Image} not found");
            }

            await services.Client.PatchMetadataAsync(
                uploaded, new { labels = new Dictionary<string, string> { [UpgradeLabels.Upgrade] = upgrade.Name() } }, cancellationToken);
            return StepResult.Update(record => record with { ImageID = $"{ns}/{name}" });
        }

        var version = await services.Client.FindAsync<HarvesterVersion>(upgrade.Namespace(), upgrade.Spec.Version ?? "", cancellationToken);
        if (version is null)
        {
            return StepResult.Fail(UpgradeConditions.ImageReady, "VersionNotFound", $"versions.harvesterhci.io \"{upgrade.Spec.Version}\" not found");
        }

        services.Log.LogInformation("Creating upgrade repo image");
        var image = await services.Client.CreateOrAdoptAsync(UpgradeObjects.Image(upgrade, version), upgrade.Uid(), cancellationToken);
        return StepResult.Update(record =>
            record.WithChild(UpgradeChildren.Images, image.Name(), image.Uid()) with { ImageID = $"{image.Namespace()}/{image.Name()}" });
    }

    public static async Task<StepResult> AwaitAsync(UpgradeServices services, UpgradeSituation situation, CancellationToken cancellationToken)
    {
        var seen = await services.Children.ObserveAsync(situation.Upgrade, situation.Record!, cancellationToken);
        return seen.Progress switch
        {
            Progress.Done => StepResult.Arrive(),
            Progress.Failed => StepResult.Fail(UpgradeConditions.ImageReady, seen.Reason!, seen.Message!),

            // Nothing was done with it yet: it may be asked for again.
            Progress.Gone => StepResult.Update(record => record.WithoutChild(UpgradeChildren.Images, UpgradeNames.Image(situation.Upgrade.Name())) with { ImageID = null }),
            _ => StepResult.Wait(Look),
        };
    }
}
