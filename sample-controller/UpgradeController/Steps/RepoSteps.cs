using Harvester.Samples.UpgradeApi;
using k8s.Models;
using Microsoft.Extensions.Logging;

namespace Harvester.Samples.UpgradeController.Steps;

/// <summary>The repository serves the content of the image inside the cluster.</summary>
internal static class RepoSteps
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(30);

    public static async Task<StepResult> StartAsync(UpgradeServices services, UpgradeSituation situation, CancellationToken cancellationToken)
    {
        var upgrade = situation.Upgrade;
        services.Log.LogInformation("Starting upgrade repo");
        var service = await services.Client.CreateOrAdoptServiceAsync(UpgradeObjects.RepoService(upgrade), upgrade.Uid(), cancellationToken);
        var repo = await services.Client.CreateOrAdoptAsync(UpgradeObjects.Repo(upgrade, situation.Record!.ImageID!), upgrade.Uid(), cancellationToken);
        return StepResult.Update(record =>
            record.WithChild("services", service.Name(), service.Uid()).WithChild(UpgradeChildren.Deployments, repo.Name(), repo.Uid()));
    }

    public static async Task<StepResult> AwaitAsync(UpgradeServices services, UpgradeSituation situation, CancellationToken cancellationToken)
    {
        var seen = await services.Children.ObserveAsync(situation.Upgrade, situation.Record!, cancellationToken);
        return seen.Progress switch
        {
            Progress.Done => StepResult.Arrive(),
            Progress.Gone => StepResult.Update(record => record.WithoutChild(UpgradeChildren.Deployments, UpgradeNames.Repo(situation.Upgrade.Name()))),
            _ => StepResult.Wait(Look),
        };
    }
}
