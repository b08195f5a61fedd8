namespace Harvester.Testing.ApiServer.Tests.Conformance;

/// <summary>Requests that a real kube-apiserver was sent, and its answers: this server must give the same ones.</summary>
public abstract class ConformanceTests(Door door, ITestOutputHelper output)
{
    public static TheoryData<string> All() => [.. Conformance.Cases.Keys.Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(All))]
    public async Task Answers_as_recorded(string name)
    {
        var outcome = await Conformance.OutcomeOf(name, door);
        var report = outcome.Report();
        if (report.Length > 0)
        {
            Assert.Fail($"{outcome.Steps.Count(s => s.Semantic.Count > 0)} of {outcome.Steps.Count} steps differ:\n{report}");
        }

        var mended = KnownDifferences.Of(name)
            .Where(step => step != "*" && outcome.Steps.Any(s => s.Id == step && s.Semantic.Count == 0));
        Assert.True(!mended.Any(), $"docs/known-differences.md lists steps that agree: {string.Join(", ", mended)}");
    }

    [Fact]
    public async Task Sums_up_how_many_answers_agree()
    {
        var outcomes = new List<CaseOutcome>();
        foreach (var name in Conformance.Cases.Keys)
        {
            outcomes.Add(await Conformance.OutcomeOf(name, door));
        }

        var steps = outcomes.SelectMany(o => o.Steps).ToList();
        Rates.Say(
            output,
            $"{door}: steps {steps.Count(s => s.Semantic.Count == 0)}/{steps.Count} semantic, "
            + $"{steps.Count(s => s.Strict.Count == 0)}/{steps.Count} strict; "
            + $"cases {outcomes.Count(c => c.Steps.All(s => s.Semantic.Count == 0))}/{outcomes.Count} semantic");
        Rates.List(outcomes);
        Assert.NotEmpty(steps);
    }
}

/// <summary>The recorded cases without sockets.</summary>
public class HandlerConformanceTests(ITestOutputHelper output) : ConformanceTests(Door.Handler, output);

/// <summary>The recorded cases over a loopback address.</summary>
public class KestrelConformanceTests(ITestOutputHelper output) : ConformanceTests(Door.Kestrel, output);
