namespace Harvester.Samples.UpgradeController;

/// <summary>What the repository of an upgrade serves over HTTP.</summary>
public interface IUpgradeRepository
{
    /// <summary>The text of <c>harvester-release.yaml</c>.</summary>
    Task<string> ReadReleaseAsync(string upgrade, CancellationToken cancellationToken);

    /// <summary>The container images of a version; <c>current</c> means the version in the repository.</summary>
    Task<IReadOnlyList<string>> ReadImageListAsync(string upgrade, string version, CancellationToken cancellationToken);
}

/// <summary>Asks the repository's Service in the cluster.</summary>
public sealed class HttpUpgradeRepository(HttpClient http) : IUpgradeRepository
{
    public Task<string> ReadReleaseAsync(string upgrade, CancellationToken cancellationToken) =>
        http.GetStringAsync(Address(upgrade, "harvester-release.yaml"), cancellationToken);

    public async Task<IReadOnlyList<string>> ReadImageListAsync(string upgrade, string version, CancellationToken cancellationToken)
    {
        var file = version == "current" ? "bundle/harvester/images-lists/images.txt" : $"bundle/harvester/images-lists-archive/{version}/images.txt";
        var text = await http.GetStringAsync(Address(upgrade, file), cancellationToken);
        return text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    private static Uri Address(string upgrade, string file) => new($"http://{UpgradeNames.Repo(upgrade)}.harvester-system/harvester-iso/{file}");
}
