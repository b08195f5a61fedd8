using Harvester.Cli.Rendering;
using Harvester.Samples.UpgradeController.Simulated;

namespace Harvester.Cli.Demo;

/// <summary>The whole story, part by part, and its closing lines.</summary>
internal sealed class DemoStory(Terminal terminal, int seed, Guard without)
{
    /// <summary>Tells it and returns the verdicts.</summary>
    public async Task<IReadOnlyList<Verdict>> TellAsync(CancellationToken cancellationToken)
    {
        var verdicts = new List<Verdict>();
        verdicts.AddRange(await LintPart.TellAsync(terminal, cancellationToken).ConfigureAwait(false));
        verdicts.AddRange(await HistoricalPart.TellAsync(terminal, seed, cancellationToken).ConfigureAwait(false));
        verdicts.AddRange(await ReferencePart.TellAsync(terminal, seed, without, cancellationToken).ConfigureAwait(false));
        verdicts.AddRange(await CopyPart.TellAsync(terminal, seed, without, cancellationToken).ConfigureAwait(false));
        verdicts.AddRange(await ReferencePart.TellWithSubresourceAsync(terminal, seed, without, cancellationToken).ConfigureAwait(false));
        verdicts.AddRange(await HistoricalPart.TellWithSubresourceAsync(terminal, seed, cancellationToken).ConfigureAwait(false));
        Close(verdicts);
        return verdicts;
    }

    private void Close(List<Verdict> verdicts)
    {
        terminal.Heading(without == Guard.None ? "Verdicts" : $"Verdicts, without {without.ToString().ToLowerInvariant()}");
        foreach (var verdict in verdicts)
        {
            terminal.Line(
                (verdict.Holds ? "HOLDS " : "FAILS ", verdict.Holds ? Tone.Good : Tone.Bad),
                ($"{verdict.Part}", Tone.Plain),
                (" | expected: ", Tone.Quiet),
                (verdict.Expected, Tone.Plain),
                (" | observed: ", Tone.Quiet),
                (verdict.Observed, verdict.Holds ? Tone.Plain : Tone.Bad));
        }
    }
}
