namespace Harvester.Testing.ApiServer.Tests.Conformance;

/// <summary>Pass rates: in the test's output, and in the file that HARVESTER_RATES names, which <c>.ci/run</c> prints.</summary>
internal static class Rates
{
    private static readonly Lock Gate = new();

    /// <summary>Says one line.</summary>
    public static void Say(ITestOutputHelper output, string line)
    {
        output.WriteLine(line);
        if (Environment.GetEnvironmentVariable("HARVESTER_RATES") is { Length: > 0 } file)
        {
            lock (Gate)
            {
                File.AppendAllText(file, line + "\n");
            }
        }
    }

    /// <summary>
    /// Lists every step that differs, in meaning or only strictly, with its first difference, in the file that HARVESTER_DIFFERENCES
    /// names: what <c>docs/known-differences.md</c> is written from.
    /// </summary>
    public static void List(IEnumerable<CaseOutcome> outcomes)
    {
        if (Environment.GetEnvironmentVariable("HARVESTER_DIFFERENCES") is not { Length: > 0 } file)
        {
            return;
        }

        var lines = outcomes.SelectMany(outcome => outcome.Steps
            .Where(step => step.Strict.Count > 0)
            .Select(step => $"{(step.Semantic.Count > 0 ? "semantic" : "strict")}\t{outcome.Door}\t{outcome.Case}/{step.Id}\t"
                + (step.Semantic.Count > 0 ? step.Semantic : step.Strict)[0].ReplaceLineEndings(" ")));
        lock (Gate)
        {
            File.AppendAllLines(file, lines);
        }
    }
}
