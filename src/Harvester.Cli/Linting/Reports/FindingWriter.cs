using Harvester.Cli.Rendering;

namespace Harvester.Cli.Linting.Reports;

/// <summary>Prints findings with their code frames.</summary>
internal static class FindingWriter
{
    /// <summary>Prints one finding: where, what the server will do, what to call instead, and where to read on.</summary>
    public static void Write(Terminal terminal, Finding finding)
    {
        terminal.Line();
        terminal.Line(
            (finding.HasPlace ? $"{finding.File}:{finding.Line}:{finding.Column} " : "", Tone.Plain),
            (finding.Id, Tone.Bad),
            ($" {finding.Title}", Tone.Plain));

        var width = finding.Frame.Count == 0 ? 0 : finding.Frame[^1].Number.ToString().Length;
        foreach (var line in finding.Frame)
        {
            var here = line.Number == finding.Line;
            terminal.Line(
                ($"  {(here ? '>' : ' ')} {line.Number.ToString().PadLeft(width)} | ", Tone.Quiet),
                (line.Text, here ? Tone.Plain : Tone.Quiet));
            if (here)
            {
                terminal.Line(
                    ($"    {new string(' ', width)} | ", Tone.Quiet),
                    (new string(' ', finding.Column - 1) + new string('^', finding.Length), Tone.Bad));
            }
        }

        terminal.Line(("  here:  ", Tone.Quiet), (finding.Message, Tone.Notice));
        foreach (var place in finding.Related)
        {
            terminal.Line(("  with:  ", Tone.Quiet), ($"{place.File}:{place.Line}:{place.Column} {place.Text}", Tone.Plain));
        }

        if (finding.Explanation.Length > 0)
        {
            terminal.Line(("  rule:  ", Tone.Quiet), (finding.Explanation, Tone.Plain));
        }

        if (finding.HelpLink.Length > 0)
        {
            terminal.Line(("  page:  ", Tone.Quiet), (finding.HelpLink, Tone.Plain));
        }
    }
}
