using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Harvester.Testing.ApiServer.Tests.Http;

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

    private const int Ahead = 12;

    private static readonly Lazy<string[]> Names = new(() => [.. AllCases.Value.Keys.Order(StringComparer.Ordinal)]);

    private static readonly Lazy<Dictionary<string, int>> Order =
        new(() => Names.Value.Index().ToDictionary(pair => pair.Item, pair => pair.Index));

    private static readonly ConcurrentDictionary<(string Case, Door Door), Lazy<Task<CaseOutcome>>> Outcomes = [];

    /// <summary>
    /// The cases that come with the tests and those of the folder named in HARVESTER_RECORDINGS, definitions in its
    /// neighbour <c>crds</c>.
    /// </summary>
    public static IReadOnlyDictionary<string, RecordedCase> Cases => AllCases.Value;

    /// <summary>
    /// What came of a case through a door; each is run once. Watches wait, so the cases after it are started as well.
    /// </summary>
    /// <param name="name">The case's name.</param>
    /// <param name="door">The way to the server.</param>
    public static Task<CaseOutcome> OutcomeOf(string name, Door door)
    {
        var at = Order.Value[name];
        for (var ahead = Math.Min(at + Ahead, Names.Value.Length - 1); ahead > at; ahead--)
        {
            _ = Start(Names.Value[ahead], door);
        }

        return Start(name, door);
    }

    private static Task<CaseOutcome> Start(string name, Door door) => Outcomes.GetOrAdd(
        (name, door),
        _ => new Lazy<Task<CaseOutcome>>(() => Task.Run(() => RunAsync(Cases[name], door)).WaitAsync(TimeSpan.FromMinutes(3)))).Value;

    private static string Definitions => MoreRecordings is null
        ? Path.Combine(RecordedCase.Folder, "crds")
        : Path.Combine(Path.GetDirectoryName(Path.GetFullPath(MoreRecordings).TrimEnd('/'))!, "crds");

    private static IEnumerable<string> Files()
    {
        var files = Directory.EnumerateFiles(Path.Combine(RecordedCase.Folder, "recorded"), "*.json")
            .Concat(Directory.EnumerateFiles(Path.Combine(RecordedCase.Folder, "random"), "*.json.gz"));
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

            // As recorded: roles decide, and a member of system:masters asks.
            options.UseRbac();
        });
        using var client = door == Door.Handler
            ? new HttpClient(server.CreateHandler()) { BaseAddress = new Uri("http://localhost") }
            : LoopbackClient.Of(server);
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
    /// <summary>What differs in meaning and is not known to, for people; empty when nothing does.</summary>
    public string Report() => string.Concat(Steps
        .Where(step => step.Semantic.Count > 0 && !KnownDifferences.Contains(Case, step.Id))
        .Select(step => $"{Case}/{step.Id}\n{string.Concat(step.Semantic.Take(12).Select(line => $"    {line}\n"))}"));
}
