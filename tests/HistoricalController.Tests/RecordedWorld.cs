using System.Text.Json.Nodes;
using Harvester.Samples.UpgradeApi;
using Harvester.Testing.Simulation;

namespace Harvester.Samples.HistoricalController.Tests;

/// <summary>What stood in the cluster before a trace began, and what the repository served.</summary>
internal sealed class RecordedWorld : IUpgradeRepository
{
    private readonly JsonObject repo;

    public RecordedWorld(string file)
    {
        var text = File.ReadAllText(file);
        World = World.Parse(text);
        repo = JsonNode.Parse(text)!["repo"]!.AsObject();
    }

    public World World { get; }

    /// <summary>False while the repository does not answer.</summary>
    public bool Answers { get; set; } = true;

    /// <summary>True when both image lists are the same.</summary>
    public bool SameImages { get; set; }

    public Task<string> GetReleaseAsync(Upgrade upgrade, CancellationToken cancellationToken)
    {
        RequireAnswer();
        var release = repo["harvester-release.yaml"]!.AsObject();
        return Task.FromResult(string.Join('\n', release.Select(member => $"{member.Key}: {member.Value}")) + "\n");
    }

    public Task<IReadOnlyList<string>> GetImageListAsync(Upgrade upgrade, string version, CancellationToken cancellationToken)
    {
        RequireAnswer();
        var lists = repo["imageLists"]!.AsObject();
        var images = lists[SameImages ? "current" : version] ?? lists["current"]!;
        return Task.FromResult<IReadOnlyList<string>>(images.AsArray().Select(image => image!.GetValue<string>()).ToList());
    }

    private void RequireAnswer()
    {
        if (!Answers)
        {
            throw new HttpRequestException("the upgrade repository answered 503");
        }
    }
}
