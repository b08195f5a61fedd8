using Harvester.ControllerRuntime;
using Harvester.Samples.UpgradeApi;
using k8s;
using k8s.Models;
using Microsoft.Extensions.Logging;

namespace Harvester.Samples.HistoricalController;

/// <summary>The web server in the cluster that offers the content of the new release's image.</summary>
internal sealed class UpgradeRepo(ControllerContext context, UpgradeSettings settings, IUpgradeRepository repository)
{
    private const int Attempts = 30;
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(10);

    private readonly ILogger<UpgradeRepo> logger = context.Loggers.CreateLogger<UpgradeRepo>();
    private readonly IObjectCache<VirtualMachineImage> images = context.Set.Cache<VirtualMachineImage>();

    public static (string Namespace, string Name) SplitImageId(string id)
    {
        var slash = id.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? (UpgradeApi.Namespaces.Harvester, id) : (id[..slash], id[(slash + 1)..]);
    }

    public async Task BootstrapAsync(Upgrade upgrade, CancellationToken cancellationToken)
    {
        var ns = upgrade.Metadata.NamespaceProperty;
        logger.LogInformation("Create upgrade repo with image {Image} and service", upgrade.Status.ImageID);
        var version = await settings.GetServerVersionAsync(cancellationToken);
        var deployment = UpgradeChildren.RepoDeployment(upgrade, version, SplitImageId(upgrade.Status.ImageID ?? "").Name);
        await context.Client.AppsV1.CreateNamespacedDeploymentAsync(deployment, ns, cancellationToken: cancellationToken).IgnoreAlreadyExists();
        var service = UpgradeChildren.RepoService(upgrade);
        await context.Client.CoreV1.CreateNamespacedServiceAsync(service, ns, cancellationToken: cancellationToken).IgnoreAlreadyExists();
    }

    public async Task<RepoInfo> GetInfoAsync(Upgrade upgrade, CancellationToken cancellationToken)
    {
        var text = await RetryAsync(() => repository.GetReleaseAsync(upgrade, cancellationToken), cancellationToken);
        return new RepoInfo { Release = KubernetesYaml.Deserialize<HarvesterRelease>(text) };
    }

    /// <summary>The images of the version that was left that the current one does not use.</summary>
    public async Task<IReadOnlyList<string>> GetImagesDiffListAsync(Upgrade upgrade, CancellationToken cancellationToken)
    {
        var previous = await GetImageListAsync(upgrade.Status.PreviousVersion ?? "");
        var current = await GetImageListAsync("current");
        var difference = previous.Except(current, StringComparer.Ordinal).ToList();
        logger.LogInformation("Diff: {Difference}", $"[{string.Join(' ', difference)}]");
        return difference;

        Task<IReadOnlyList<string>> GetImageListAsync(string version) => RetryAsync(
            () =>
            {
                logger.LogInformation("Trying to get {Version} image list", version);
                return repository.GetImageListAsync(upgrade, version, cancellationToken);
            },
            cancellationToken);
    }

    public async Task DeleteAsync(Upgrade upgrade, CancellationToken cancellationToken)
    {
        var ns = upgrade.Metadata.NamespaceProperty;
        var repoName = UpgradeChildren.RepoName(upgrade);
        logger.LogInformation("Delete upgrade related resources");
        await DeleteImageAsync(upgrade, cancellationToken);
        await context.Client.AppsV1.DeleteNamespacedDeploymentAsync(repoName, ns, cancellationToken: cancellationToken).IgnoreNotFound();
        await context.Client.CoreV1.DeleteNamespacedServiceAsync(repoName, ns, cancellationToken: cancellationToken).IgnoreNotFound();

        // Left behind by releases that made a storage class for the image.
        await context.Client.StorageV1.DeleteStorageClassAsync(upgrade.Metadata.Name, cancellationToken: cancellationToken).IgnoreNotFound();
    }

    private async Task DeleteImageAsync(Upgrade upgrade, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(upgrade.Status.ImageID))
        {
            logger.LogWarning("Upgrade repo image is not provided on upgrade status, skip");
            return;
        }

        var (ns, name) = SplitImageId(upgrade.Status.ImageID);
        if (images.Get(new ObjectKey(ns, name)) is null)
        {
            return;
        }

        logger.LogInformation("Delete upgrade repo image {Image}", upgrade.Status.ImageID);
        await context.Images.DeleteNamespacedAsync<V1Status>(ns, name, cancellationToken).IgnoreNotFound();
    }

    /// <summary>The web server needs a while after its Deployment is available; the handler waits for it.</summary>
    private async Task<T> RetryAsync<T>(Func<Task<T>> request, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await request();
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                if (attempt == Attempts)
                {
                    throw new RepositoryException(error.Message, error);
                }

                logger.LogWarning("The upgrade repository did not answer: {Message}", error.Message);
            }

            await Task.Delay(RetryInterval, context.Time, cancellationToken);
        }
    }
}

/// <summary>The repository did not give what it was asked for, however often.</summary>
internal sealed class RepositoryException(string message, Exception inner) : Exception(message, inner);
