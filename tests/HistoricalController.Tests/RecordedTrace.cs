using System.Text.Json.Nodes;

namespace Harvester.Samples.HistoricalController.Tests;

/// <summary>What upstream's controllers did in one scenario: the phases with what the rig did, what was seen in each, and what was left.</summary>
internal sealed record RecordedTrace(string Name, string Version, IReadOnlyList<RecordedPhase> Phases, JsonObject Final)
{
    /// <summary>A build with the guard of pull request 7792.</summary>
    public bool Guarded => Name.EndsWith("_guard", StringComparison.Ordinal);

    public static RecordedTrace Load(string file)
    {
        var json = JsonNode.Parse(File.ReadAllText(file))!.AsObject();
        var expectations = new Queue<JsonObject>(json["stable"]!.AsArray().Select(item => item!.AsObject()));
        List<RecordedPhase> phases = [];
        foreach (var step in json["steps"]!.AsArray().Select(item => item!.AsObject()))
        {
            if (step["phase"] is { } text)
            {
                // A phase of the rig alone, such as a vain wait, belongs to what was seen before it.
                var expected = expectations.TryPeek(out var next) && next["phase"]!.GetValue<string>() == text.GetValue<string>()
                    ? expectations.Dequeue()
                    : null;
                phases.Add(new RecordedPhase(text.GetValue<string>(), step["rig"]?.AsObject() ?? [], expected, []));
            }
            else
            {
                phases[^1].Steps.Add(step);
            }
        }

        if (expectations.Count > 0)
        {
            throw new InvalidDataException($"{file}: phase '{expectations.Peek()["phase"]}' has no steps.");
        }

        return new RecordedTrace(
            Path.GetFileNameWithoutExtension(file),
            json["version"]!.GetValue<string>(),
            phases,
            json["final"]!.AsObject());
    }
}

/// <summary>One phase. <see cref="Expected"/> is null when it belongs to the phase before.</summary>
internal sealed record RecordedPhase(string Text, JsonObject Rig, JsonObject? Expected, List<JsonObject> Steps)
{
    /// <summary>Seconds after which nothing more was recorded.</summary>
    public int LastSecond => Steps.Select(step => step["s"]?.GetValue<int>() ?? 0).DefaultIfEmpty(0).Max();
}
