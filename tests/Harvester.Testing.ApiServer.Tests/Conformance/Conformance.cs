using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace Harvester.Testing.ApiServer.Tests.Conformance;

/// <summary>The ways to a server.</summary>
public enum Door
{
    /// <summary>A message handler, without sockets.</summary>
    Handler,

    /// <summary>A loopback address.</summary>
    Kestrel,
}

/// <summary>Runs recorded cases, each against a server of its own.</summary>
internal static class Conformance
{
    private static readonly string? MoreRecordings = Environment.GetEnvironmentVariable("HARVESTER_RECORDINGS");

    private static readonly Lazy<IReadOnlyDictionary<string, RecordedCase>> AllCases = new(() => Files()
        .SelectMany(RecordedCase.Read)
        .DistinctBy(c => c.Name)
        .ToDictionary(c => c.Name));

    private static readonly ConcurrentDictionary<(string Case, Door Door), Lazy<Task<CaseOutcome>>> Outcomes = [];

    /// <summary>
    /// The cases that come with the tests and those of the folder named in HARVESTER_RECORDINGS, definitions in its
    /// neighbour <c>crds</c>.
    /// </summary>
    public static IReadOnlyDictionary<string, RecordedCase> Cases => AllCases.Value;

    /// <summary>What came of a case through a door; each is run once.</summary>
    /// <param name="name">The case's name.</param>
    /// <param name="door">The way to the server.</param>
    public static Task<CaseOutcome> OutcomeOf(string name, Door door) => Outcomes.GetOrAdd(
        (name, door),
        _ => new Lazy<Task<CaseOutcome>>(() => RunAsync(Cases[name], door).WaitAsync(TimeSpan.FromMinutes(1)))).Value;

    private static string Definitions => MoreRecordings is null
        ? Path.Combine(RecordedCase.Folder, "crds")
        : Path.Combine(Path.GetDirectoryName(Path.GetFullPath(MoreRecordings).TrimEnd('/'))!, "crds");

    private static IEnumerable<string> Files()
    {
        var files = Directory.EnumerateFiles(Path.Combine(RecordedCase.Folder, "recorded"), "*.json");
        return MoreRecordings is null
            ? files
            : files.Concat(Directory.EnumerateFiles(MoreRecordings).Where(f => f.Contains(".json", StringComparison.Ordinal)));
    }

    private static async Task<CaseOutcome> RunAsync(RecordedCase recorded, Door door)
    {
        await using var server = await KubernetesApiServer.StartAsync(options =>
        {
            options.Seed = recorded.Name.Length;
            options.Port = door == Door.Kestrel ? 0 : null;
        });
        using var client = door == Door.Handler
            ? new HttpClient(server.CreateHandler()) { BaseAddress = new Uri("http://localhost") }
            : new HttpClient { BaseAddress = server.Url };
        var answers = await CaseRun.RunAsync(recorded, client, Definitions);
        var steps = new List<StepOutcome>();
        foreach (var (id, wanted) in recorded.Answers)
        {
            var step = recorded.Steps.First(s => s["id"]?.GetValue<string>() == id);
            var actual = answers.TryGetValue(id, out var answer)
                ? answer
                : new JsonObject { ["status"] = -1, ["warnings"] = new JsonArray(), ["body"] = "no answer" };
            steps.Add(new StepOutcome(
                id,
                AnswerComparison.Differences(wanted, actual, step, semantic: true),
                AnswerComparison.Differences(wanted, actual, step, semantic: false)));
        }

        return new CaseOutcome(recorded.Name, door, steps);
    }
}

/// <summary>How one answer compares with the recorded one.</summary>
/// <param name="Id">The step.</param>
/// <param name="Semantic">What differs in meaning.</param>
/// <param name="Strict">What differs at all.</param>
internal sealed record StepOutcome(string Id, IReadOnlyList<string> Semantic, IReadOnlyList<string> Strict);

/// <summary>How a case went.</summary>
/// <param name="Case">The case's name.</param>
/// <param name="Door">The way to the server.</param>
/// <param name="Steps">Its steps.</param>
internal sealed record CaseOutcome(string Case, Door Door, IReadOnlyList<StepOutcome> Steps)
{
    /// <summary>What differs in meaning, for people; empty when nothing does.</summary>
    public string Report() => string.Concat(Steps
        .Where(step => step.Semantic.Count > 0)
        .Select(step => $"{Case}/{step.Id}\n{string.Concat(step.Semantic.Take(12).Select(line => $"    {line}\n"))}"));
}
