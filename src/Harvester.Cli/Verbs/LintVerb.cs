using System.CommandLine;
using Harvester.Cli.Linting;
using Harvester.Cli.Rendering;

namespace Harvester.Cli.Verbs;

/// <summary><c>harvester lint FOLDER</c>: the rules over every C# file of a folder, as one loose compilation.</summary>
internal static class LintVerb
{
    /// <summary>Makes the command.</summary>
    public static Command Create(ToolContext context)
    {
        var folder = new Argument<string>("folder") { Description = "Every .cs file below this folder is read, build output aside." };
        var references = new Option<string[]>("--reference") { Description = "A further assembly the code is compiled against. May be given several times." };
        var noColour = new Option<bool>("--no-color") { Description = "Plain text." };
        var command = new Command("lint", "Runs the rules over the C# files of a folder, without a project.") { folder, references, noColour };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetRequiredValue(folder),
            parsed.GetValue(references) ?? [],
            new Terminal(context.Output, context.ColourAllowed && !parsed.GetValue(noColour)),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string folder, string[] references, Terminal terminal, CancellationToken cancellationToken)
    {
        if (references.FirstOrDefault(path => !File.Exists(path)) is { } missing)
        {
            throw new MisuseException($"lint: assembly '{missing}' does not exist");
        }

        var files = SourceFile.Below(folder);
        if (files.Count == 0)
        {
            throw new MisuseException($"lint: no .cs file below '{folder}'");
        }

        var report = await LintRun.OverAsync(LooseCompilation.Create("Linted", files, references), cancellationToken).ConfigureAwait(false);
        foreach (var finding in report.Findings)
        {
            FindingWriter.Write(terminal, finding);
        }

        terminal.Line();
        terminal.Line($"{report.Findings.Count} findings in {files.Count} files");
        foreach (var gap in report.Gaps())
        {
            terminal.Line(gap, Tone.Notice);
        }

        return report switch
        {
            { Findings.Count: > 0 } => ExitCode.Failed,
            { IsComplete: false } => ExitCode.Incomplete,
            _ => ExitCode.AsExpected,
        };
    }
}
