using System.Text;
using System.Text.Json.Nodes;
using Harvester.Testing.ApiServer;
using Microsoft.Extensions.Logging;

namespace Harvester.Samples.HistoricalController.Tests;

/// <summary>Compares a run with what the recordings call stable, phase by phase, and with what was left at the end.</summary>
internal sealed class TraceComparison(TraceRig rig)
{
    private const string UpgradeKey = "upgrade ";
    private const string UpgradeLogKey = "upgradeLog ";
    private const string ReuseLine = "Reuse the existing image";
    private static readonly string OnChanged = $"{typeof(HistoricalControllers).Namespace}.UpgradeHandler";

    private readonly Dictionary<string, string> lastStates = [];
    private readonly StringBuilder differences = new();
    private long revision = rig.Server.Revision;
    private int requests = rig.Server.Requests.Count;
    private int lines;

    public string Differences => differences.ToString();

    /// <summary>Whether every object of the phase has reached the state it ended in.</summary>
    public bool HasEnded(JsonObject expected) => expected
        .Where(member => member.Value is JsonArray { Count: > 0 } && ResourceOf(member.Key) is not null)
        .All(member => States(member.Key).LastOrDefault() == member.Value!.AsArray()[^1]!.GetValue<string>());

    public void EndPhase(JsonObject expected)
    {
        var observed = Observe();
        var churning = Churning(expected);
        foreach (var key in expected.Select(member => member.Key).Union(observed.Select(member => member.Key)).Where(key => key is not ("phase" or "rig")))
        {
            var wanted = Texts(expected[key]);
            var got = Texts(observed[key]);
            switch (key)
            {
                case "lines":
                    (wanted, got) = WithoutRepeatedImageStep(wanted, got, expected);
                    break;
                case "created" or "deleted":
                    wanted = WithoutChildrenOf(churning, wanted).Order(StringComparer.Ordinal).ToList();
                    got = WithoutChildrenOf(churning, got).Order(StringComparer.Ordinal).ToList();
                    break;
                default:
                    if (churning.Contains(key[(key.IndexOf(' ', StringComparison.Ordinal) + 1)..]))
                    {
                        // How far it got before it was purged differs from run to run.
                        wanted = [wanted[0], wanted[^1]];
                        got = got.Count > 1 ? [got[0], got[^1]] : got;
                    }

                    break;
            }

            Report($"phase '{expected["phase"]}', {key}", wanted, got);
        }

        revision = rig.Server.Revision;
        requests = rig.Server.Requests.Count;
        lines = rig.Log.Lines.Count;
        foreach (var key in observed.Select(member => member.Key).Where(key => ResourceOf(key) is not null))
        {
            lastStates[key] = Texts(observed[key])[^1];
        }
    }

    public async Task EndAsync(JsonObject expected, CancellationToken cancellationToken)
    {
        var observed = await FinalState.ReadAsync(rig, cancellationToken);
        foreach (var final in new[] { expected, observed })
        {
            foreach (var (_, upgradeLog) in final["UpgradeLog"]?.AsObject() ?? [])
            {
                // DownloadReady may have been Unknown on its way or not.
                upgradeLog!.AsObject().Remove("generation");
            }
        }

        Compare("final", expected, observed);
    }

    private JsonObject Observe()
    {
        var observed = new JsonObject();
        foreach (var name in Changed("upgrades"))
        {
            Add(observed, UpgradeKey + name, States(UpgradeKey + name));
        }

        foreach (var name in Changed("upgradelogs"))
        {
            Add(observed, UpgradeLogKey + name, States(UpgradeLogKey + name));
        }

        var writes = rig.Server.Requests.Skip(requests).Where(request => request.User == TraceRig.ControllerUser).ToList();
        Add(observed, "created", Named(writes, request => request is { Verb: "create", StatusCode: 201 }));
        Add(observed, "deleted", Named(writes, request => request is { Verb: "delete", StatusCode: 200 or 202 }));
        Add(
            observed,
            "lines",
            rig.Log.Lines.Skip(lines)
                .Where(line => line.Category == OnChanged && line.Level == LogLevel.Information)
                .Select(line => line.Text)
                .Where(text => !text.StartsWith("handle upgrade ", StringComparison.Ordinal))
                .Distinct()
                .ToList());
        return observed;
    }

    private IEnumerable<string> Changed(string plural) =>
        rig.Server.RevisionsAfter("harvesterhci.io", plural, revision).Select(item => item.Name).Distinct();

    /// <summary>The states an object went through in this phase, each once.</summary>
    private List<string> States(string key)
    {
        var name = key[(key.IndexOf(' ', StringComparison.Ordinal) + 1)..];
        var isUpgrade = key.StartsWith(UpgradeKey, StringComparison.Ordinal);
        var last = lastStates.GetValueOrDefault(key);
        List<string> states = [];
        foreach (var item in rig.Server.RevisionsAfter("harvesterhci.io", ResourceOf(key)!, revision).Where(item => item.Name == name))
        {
            var state = item.Type == ChangeType.Deleted ? StateText.Gone
                : isUpgrade ? StateText.OfUpgrade(item.Object)
                : StateText.OfUpgradeLog(item.Object);
            if (state != last)
            {
                states.Add(state);
                last = state;
            }
        }

        return states;
    }

    private static string? ResourceOf(string key) =>
        key.StartsWith(UpgradeKey, StringComparison.Ordinal) ? "upgrades"
        : key.StartsWith(UpgradeLogKey, StringComparison.Ordinal) ? "upgradelogs"
        : null;

    private static List<string> Named(List<RequestRecord> writes, Func<RequestRecord, bool> which) =>
        writes.Where(which).Select(request => $"{request.Resource}/{request.Name}").Distinct().ToList();

    private static void Add(JsonObject observed, string key, List<string> values)
    {
        if (values.Count > 0)
        {
            observed[key] = new JsonArray(values.Select(value => (JsonNode?)value).ToArray());
        }
    }

    private static List<string> Texts(JsonNode? node) => node?.AsArray().Select(item => item!.GetValue<string>()).ToList() ?? [];

    /// <summary>Names of UpgradeLogs that were made and purged within the phase.</summary>
    private static HashSet<string> Churning(JsonObject expected) => expected
        .Where(member => member.Key.StartsWith(UpgradeLogKey, StringComparison.Ordinal) && Texts(member.Value) is ["(new)", .., StateText.Gone])
        .Select(member => member.Key[UpgradeLogKey.Length..])
        .ToHashSet();

    private static List<string> WithoutChildrenOf(HashSet<string> upgradeLogs, List<string> names) =>
        names.Where(name => !upgradeLogs.Any(upgradeLog => name.Contains(upgradeLog + "-", StringComparison.Ordinal))
            && !upgradeLogs.Any(upgradeLog => name == $"services/{upgradeLog}")).ToList();

    /// <summary>An image step that ran twice on a stale cache says that it reuses the image it made itself.</summary>
    private static (List<string> Wanted, List<string> Got) WithoutRepeatedImageStep(List<string> wanted, List<string> got, JsonObject expected)
    {
        var madeHere = Texts(expected["created"]).Any(name => name.StartsWith("virtualmachineimages/", StringComparison.Ordinal));
        return madeHere ? (wanted.Where(Counts).ToList(), got.Where(Counts).ToList()) : (wanted, got);

        static bool Counts(string line) => !line.StartsWith(ReuseLine, StringComparison.Ordinal);
    }

    private void Compare(string path, JsonNode? wanted, JsonNode? got)
    {
        if (wanted is JsonObject left && got is JsonObject right)
        {
            foreach (var key in left.Select(member => member.Key).Union(right.Select(member => member.Key)))
            {
                Compare($"{path}.{key}", left[key], right[key]);
            }
        }
        else if (wanted is JsonArray wantedItems && got is JsonArray gotItems)
        {
            Report(path, Sorted(wantedItems), Sorted(gotItems));
        }
        else if (!JsonNode.DeepEquals(wanted, got) && !(IsNothing(wanted) && IsNothing(got)))
        {
            differences.AppendLine($"{path}: recorded {wanted?.ToJsonString() ?? "absent"}, got {got?.ToJsonString() ?? "absent"}");
        }

        static bool IsNothing(JsonNode? node) => node is null or JsonObject { Count: 0 };

        static List<string> Sorted(JsonArray items) => items.Select(item => item!.ToJsonString()).Order(StringComparer.Ordinal).ToList();
    }

    private void Report(string title, List<string> wanted, List<string> got)
    {
        if (wanted.SequenceEqual(got))
        {
            return;
        }

        differences.AppendLine($"{title}:");
        var common = wanted.Zip(got).TakeWhile(pair => pair.First == pair.Second).Count();
        foreach (var line in wanted.Take(common).TakeLast(1))
        {
            differences.AppendLine($"      {line}");
        }

        foreach (var line in wanted.Skip(common))
        {
            differences.AppendLine($"    - {line}");
        }

        foreach (var line in got.Skip(common))
        {
            differences.AppendLine($"    + {line}");
        }
    }
}
