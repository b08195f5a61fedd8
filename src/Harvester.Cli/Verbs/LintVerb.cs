using System.CommandLine;
using Harvester.Cli.Linting;
using Harvester.Cli.Linting.Reports;
using Harvester.Cli.Rendering;
using Microsoft.CodeAnalysis;

namespace Harvester.Cli.Verbs;

/// <summary><c>harvester lint PROJECT|SOLUTION|FOLDER</c>: the rules over existing code, without touching it.</summary>
internal static class LintVerb
{
    private enum Format
    {
        Console,
        Sarif,
        Json,
    }

    private enum Severity
    {
        Info,
        Warning,
        Error,
    }

    /// <summary>Makes the command.</summary>
    public static Command Create(ToolContext context)
    {
        var target = new Argument<string>("target")
        {
            Description = "A project (.csproj), a solution (.sln, .slnx), or a folder: then every .cs file below it is one loose compilation.",
        };
        var references = new Option<string[]>("--reference") { Description = "A further assembly the code is compiled against. May be given several times." };
        var format = new Option<Format>("--format") { Description = "What to print.", DefaultValueFactory = _ => Format.Console };
        var sarif = new Option<string?>("--sarif") { Description = "Also writes every finding, notes too, to this file as SARIF." };
        var mode = new Option<LintMode>("--mode") { Description = "How much the rules say.", DefaultValueFactory = _ => LintMode.Default };
        var severity = new Option<Severity>("--severity")
        {
            Description = "The least severity that is shown and counts for the exit code.",
            DefaultValueFactory = _ => Severity.Warning,
        };
        format.AcceptOnlyFromAmong("console", "sarif", "json");
        mode.AcceptOnlyFromAmong("none", "default", "recommended", "strict", "None", "Default", "Recommended", "Strict");
        severity.AcceptOnlyFromAmong("info", "warning", "error");
        var noColour = new Option<bool>("--no-color") { Description = "Plain text." };
        var command = new Command(
            "lint",
            "Runs the rules over a project, a solution or a folder, without touching it. Exit code: 0 nothing found, 1 findings, 2 misuse, 3 something could not be looked at.")
        {
            target, references, format, sarif, mode, severity, noColour,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            new Request(
                parsed.GetRequiredValue(target),
                parsed.GetValue(references) ?? [],
                parsed.GetValue(format),
                parsed.GetValue(sarif),
                parsed.GetValue(mode),
                parsed.GetValue(severity) switch
                {
                    Severity.Info => DiagnosticSeverity.Info,
                    Severity.Error => DiagnosticSeverity.Error,
                    _ => DiagnosticSeverity.Warning,
                }),
            context,
            new Terminal(context.Output, context.ColourAllowed && !parsed.GetValue(noColour)),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Request request, ToolContext context, Terminal terminal, CancellationToken cancellationToken)
    {
        if (request.References.FirstOrDefault(path => !File.Exists(path)) is { } missing)
        {
            throw new MisuseException($"lint: assembly '{missing}' does not exist");
        }

        foreach (var reference in request.References)
        {
            LooseCompilation.NameOf(reference);
        }

        // Progress is for people who wait; whoever reads a pipe gets the report alone.
        var progress = new ProgressLines(context.ColourAllowed ? context.Error : TextWriter.Null);
        var reports = new List<LintReport>();
        var files = 0;
        foreach (var subject in await LoadAsync(request, progress, cancellationToken).ConfigureAwait(false))
        {
            progress.Report($"looking at {subject.Name}");
            files += subject.Files;
            reports.Add(await LintRun.OverAsync(subject, request.Mode, cancellationToken).ConfigureAwait(false));
        }

        var report = LintReport.Together(reports);
        var shown = report.AtLeast(request.Severity);
        if (request.Sarif is { } path)
        {
            Write(path, SarifReport.Render(report, Directory.GetCurrentDirectory()));
        }

        switch (request.Format)
        {
            case Format.Sarif:
                await context.Output.WriteLineAsync(SarifReport.Render(report, Directory.GetCurrentDirectory())).ConfigureAwait(false);
                break;
            case Format.Json:
                await context.Output.WriteLineAsync(JsonReport.Render(report, shown)).ConfigureAwait(false);
                break;
            default:
                Print(terminal, report, shown, files);
                break;
        }

        return shown.Count > 0 ? ExitCode.Failed : report.IsComplete ? ExitCode.AsExpected : ExitCode.Incomplete;
    }

    private static async Task<IReadOnlyList<LintSubject>> LoadAsync(
        Request request, IProgress<string> progress, CancellationToken cancellationToken)
    {
        if (Directory.Exists(request.Target))
        {
            return FolderLoader.Load(request.Target, request.References);
        }

        if (!File.Exists(request.Target))
        {
            throw new MisuseException($"lint: '{request.Target}' does not exist; name a project, a solution or a folder");
        }

        return ProjectLoader.Takes(request.Target)
            ? await ProjectLoader.LoadAsync(request.Target, request.References, progress, cancellationToken).ConfigureAwait(false)
            : throw new MisuseException($"lint: '{request.Target}' is no .csproj, .sln or .slnx file and no folder");
    }

    private static void Print(Terminal terminal, LintReport report, IReadOnlyList<Finding> shown, int files)
    {
        foreach (var finding in shown)
        {
            FindingWriter.Write(terminal, finding);
        }

        var less = report.Findings.Count - shown.Count;
        terminal.Line();
        terminal.Line($"{Count(shown.Count, "finding")} in {Count(files, "file")}{(less > 0 ? $"; {less} of less severity, see --severity" : "")}");
        foreach (var gap in report.Gaps)
        {
            terminal.Line($"not whole: {gap}", Tone.Notice);
        }
    }

    private static string Count(int number, string what) => number == 1 ? $"1 {what}" : $"{number} {what}s";

    private static void Write(string path, string text)
    {
        try
        {
            File.WriteAllText(path, text);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new MisuseException($"lint: '{path}' cannot be written: {failure.Message}");
        }
    }

    private sealed record Request(
        string Target, IReadOnlyList<string> References, Format Format, string? Sarif, LintMode Mode, DiagnosticSeverity Severity);

    // Progress<T> posts to a context and may speak after the report; this one speaks at once.
    private sealed class ProgressLines(TextWriter writer) : IProgress<string>
    {
        public void Report(string value) => writer.WriteLine(value);
    }
}
