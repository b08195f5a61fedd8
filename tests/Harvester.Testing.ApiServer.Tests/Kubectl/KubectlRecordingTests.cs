using System.Collections.Concurrent;

namespace Harvester.Testing.ApiServer.Tests.Kubectl;

/// <summary>kubectl prints against this server what it printed against kube-apiserver: every recorded script, with every recorded version found.</summary>
public class KubectlRecordingTests(ITestOutputHelper output)
{
    private static readonly HashSet<string> Known =
        [.. File.ReadAllLines(Path.Combine(KubectlScript.Folder, "known-differences.txt")).Where(line => line.Length > 0 && line[0] != '#')];

    // Two cores, and kubectl takes one for a moment at each call.
    private static readonly SemaphoreSlim Slots = new(Math.Clamp(Environment.ProcessorCount, 2, 4));

    private static readonly Lazy<ConcurrentDictionary<(string Version, string Script), Task<Outcome>>> Outcomes = new(() => new(
        Runs().Select(run => KeyValuePair.Create((run.Kubectl.Version, run.Script), Task.Run(() => RunAsync(run.Kubectl, run.Script))))));

    /// <summary>Versions and scripts that can be run here; a row without version when none can.</summary>
    public static TheoryData<string, string> Scripts
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var (kubectl, script) in Runs())
            {
                data.Add(kubectl.Version, script);
            }

            if (data.Count == 0)
            {
                data.Add("", "");
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Scripts))]
    public async Task Prints_as_recorded(string version, string script)
    {
        SkipWithoutKubectl(version);
        var outcome = await Outcomes.Value[(version, script)];
        Assert.True(outcome.Report.Length == 0, outcome.Report);
    }

    [Fact]
    public async Task Sums_up_how_much_agrees()
    {
        SkipWithoutKubectl(Runs().Select(run => run.Kubectl.Version).FirstOrDefault(""));
        foreach (var version in Outcomes.Value.Keys.Select(key => key.Version).Distinct())
        {
            var outcomes = await Task.WhenAll(Outcomes.Value.Where(pair => pair.Key.Version == version).Select(pair => pair.Value));
            Conformance.Rates.Say(
                output,
                $"kubectl {version}: {outcomes.Sum(one => one.Semantic)} of {outcomes.Sum(one => one.Steps)} calls agree in meaning, "
                + $"{outcomes.Sum(one => one.Strict)} word for word");
        }
    }

    private static void SkipWithoutKubectl(string version)
    {
        if (version.Length > 0)
        {
            return;
        }

        var found = KubectlBinary.All.Count == 0 ? "none" : string.Join(", ", KubectlBinary.All.Select(kubectl => kubectl.Version));
        var reason = $"No kubectl of a recorded version ({string.Join(", ", Versions())}) is on the PATH; found: {found}.";
        Assert.False(Environment.GetEnvironmentVariable("CI") == "true", reason);
        Assert.Skip(reason);
    }

    private static IEnumerable<string> Versions() =>
        Directory.EnumerateDirectories(Path.Combine(KubectlScript.Folder, "recorded")).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal);

    private static IEnumerable<(KubectlBinary Kubectl, string Script)> Runs() =>
        from kubectl in KubectlBinary.All
        where Versions().Contains(kubectl.Version)
        from file in Directory.EnumerateFiles(Path.Combine(KubectlScript.Folder, "recorded", kubectl.Version), "*.json").Order(StringComparer.Ordinal)
        select (kubectl, Path.GetFileNameWithoutExtension(file));

    private static async Task<Outcome> RunAsync(KubectlBinary kubectl, string name)
    {
        await Slots.WaitAsync();
        try
        {
            var script = KubectlScript.Read(name);
            var got = await KubectlRun.RunAsync(kubectl, script);
            var outcome = new Outcome("", 0, 0, 0);
            foreach (var want in KubectlResult.Recorded(kubectl.Version, name))
            {
                var have = got.GetValueOrDefault(want.Id, new KubectlResult(want.Id, "not run", "", ""));
                var step = script.Find(want.Id);
                var (wanted, gotten) = (KubectlMeaning.Of(want, step), KubectlMeaning.Of(have, step));
                var agrees = wanted == gotten;
                outcome = new Outcome(
                    agrees || Known.Contains($"{name}/{want.Id}") ? outcome.Report : $"{outcome.Report}{name}/{want.Id}: kubectl {step?["args"]}\n{KubectlMeaning.Differences(wanted, gotten)}    {have.Error.Trim()}\n",
                    outcome.Steps + 1,
                    outcome.Semantic + (agrees ? 1 : 0),
                    outcome.Strict + (agrees && IsEqual(want, have) ? 1 : 0));
            }

            return outcome;
        }
        finally
        {
            Slots.Release();
        }
    }

    private static bool IsEqual(KubectlResult want, KubectlResult have)
    {
        var same = KubectlNormaliser.Documents(want.Output) is { } wanted && KubectlNormaliser.Documents(have.Output) is { } gotten
            ? wanted.Select(one => KubectlMeaning.Canonical(one, true)).SequenceEqual(gotten.Select(one => KubectlMeaning.Canonical(one, true)))
            : want.Output == have.Output;
        return same && want.Error.Split('\n').Order(StringComparer.Ordinal).SequenceEqual(have.Error.Split('\n').Order(StringComparer.Ordinal));
    }

    private sealed record Outcome(string Report, int Steps, int Semantic, int Strict);
}
