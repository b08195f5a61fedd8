using Harvester.Cli.Linting;
using Harvester.Cli.Linting.Reports;
using Harvester.Cli.Rendering;
using Microsoft.CodeAnalysis;

namespace Harvester.Cli.Demo;

/// <summary>Part 1: the rules over the historical controller's sources.</summary>
internal static class LintPart
{
    private const string AssemblyName = "HistoricalController";

    /// <summary>Compiles the sources, runs the rules, prints what they say.</summary>
    public static async Task<IReadOnlyList<Verdict>> TellAsync(Terminal terminal, CancellationToken cancellationToken)
    {
        terminal.Heading("1  Lint: what the rules say about the historical controller");
        var files = SourceFile.HistoricalController();
        var subject = new LintSubject(AssemblyName, LooseCompilation.Create(AssemblyName, files), [], [], []);
        var report = await LintRun.OverAsync(subject, LintMode.Recommended, cancellationToken).ConfigureAwait(false);
        report = report with { Findings = report.AtLeast(DiagnosticSeverity.Warning) };
        foreach (var finding in report.Findings)
        {
            FindingWriter.Write(terminal, finding);
        }

        terminal.Line();
        foreach (var gap in report.Gaps)
        {
            terminal.Line(gap, Tone.Bad);
        }

        return [Judge(files.Count, report)];
    }

    private static Verdict Judge(int files, LintReport report)
    {
        bool Found(string file, params string[] ids) => report.Findings.Any(finding =>
            ids.Contains(finding.Id) && finding.File.Contains(file, StringComparison.Ordinal));

        var holds = report.IsComplete
            && Found("Dismiss", "HARV1004", "HARV1002")
            && Found("", "HARV1010")
            && Found("", "HARV2003");
        var counts = report.Findings
            .GroupBy(finding => finding.Id)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => $"{group.Key} x{group.Count()}");
        return new Verdict(
            "1 lint",
            "HARV1004 or HARV1002 in the dismiss action, HARV1010 and HARV2003 in the controller",
            report.Findings.Count == 0 ? $"no finding in {files} files" : $"{string.Join(", ", counts)} in {files} files",
            holds);
    }
}
