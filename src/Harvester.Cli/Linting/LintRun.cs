using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Harvester.Cli.Linting;

/// <summary>What the rules said about one or more compilations.</summary>
/// <param name="Findings">The findings of every severity, notes too, by file and line.</param>
/// <param name="Gaps">Why the report is not whole, one line for each reason.</param>
internal sealed record LintReport(IReadOnlyList<Finding> Findings, IReadOnlyList<string> Gaps)
{
    /// <summary>Whether every file bound and every rule went through, so that silence means something.</summary>
    public bool IsComplete => Gaps.Count == 0;

    /// <summary>The findings that count for a reader who asked for a severity.</summary>
    public IReadOnlyList<Finding> AtLeast(DiagnosticSeverity severity) =>
        [.. Findings.Where(finding => finding.Severity >= severity)];

    /// <summary>One report of several; a file that several projects compile is told once.</summary>
    public static LintReport Together(IReadOnlyCollection<LintReport> reports) => new(
        [.. reports.SelectMany(report => report.Findings)
            .DistinctBy(finding => (finding.File, finding.Line, finding.Column, finding.Id, finding.HasPlace ? "" : finding.Message))
            .OrderBy(finding => finding.File, StringComparer.Ordinal)
            .ThenBy(finding => finding.Line)
            .ThenBy(finding => finding.Column)
            .ThenBy(finding => finding.Id, StringComparer.Ordinal)],
        [.. reports.SelectMany(report => report.Gaps).Distinct()]);
}

/// <summary>Runs every rule there is over a compilation.</summary>
internal static class LintRun
{
    private static readonly Lazy<ImmutableArray<DiagnosticAnalyzer>> LoadedRules = new(LoadRules);

    /// <summary>The rules.</summary>
    public static ImmutableArray<DiagnosticAnalyzer> Rules => LoadedRules.Value;

    /// <summary>Runs the rules.</summary>
    /// <param name="subject">The code and its configuration.</param>
    /// <param name="mode">How much the rules say.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    public static async Task<LintReport> OverAsync(LintSubject subject, LintMode mode, CancellationToken cancellationToken)
    {
        var errors = subject.Compilation.GetDiagnostics(cancellationToken)
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error && subject.IsAbout(diagnostic) && !subject.Harmless.Contains(diagnostic.Id))
            .ToList();
        var failures = new List<string>();
        var configuration = LintConfiguration.Of(subject, mode);
        var compilation = subject.Compilation.WithOptions(
            subject.Compilation.Options.WithSyntaxTreeOptionsProvider(configuration.Severities));
        var options = new CompilationWithAnalyzersOptions(
            new AnalyzerOptions(subject.AdditionalTexts, configuration),
            onAnalyzerException: (exception, analyzer, _) =>
            {
                lock (failures)
                {
                    var place = exception.StackTrace?.Split('\n').FirstOrDefault()?.Trim();
                    failures.Add($"{subject.Name}: a rule broke off: {analyzer.GetType().Name}: {exception.Message} {place}");
                }
            },
            concurrentAnalysis: true,
            logAnalyzerExecutionTime: false);
        var diagnostics = await compilation
            .WithAnalyzers(Rules, options)
            .GetAnalyzerDiagnosticsAsync(cancellationToken)
            .ConfigureAwait(false);
        var findings = diagnostics
            .Where(diagnostic => diagnostic.Severity > DiagnosticSeverity.Hidden && !diagnostic.IsSuppressed && subject.IsAbout(diagnostic))
            .Select(Finding.From)
            .ToList();
        IEnumerable<string> gaps = errors.Count == 0
            ? []
            : [$"{subject.Name}: {errors.Count} compiler errors, so some code was not looked at; the first: {errors[0]}"];
        return LintReport.Together([new LintReport(
            findings, [.. subject.Gaps, .. gaps, .. failures.Distinct().Order(StringComparer.Ordinal)])]);
    }

    private static ImmutableArray<DiagnosticAnalyzer> LoadRules() =>
        [.. Assembly.Load("Harvester.Analyzers").GetTypes()
            .Where(type => !type.IsAbstract && type.GetCustomAttribute<DiagnosticAnalyzerAttribute>() is not null)
            .OrderBy(type => type.FullName, StringComparer.Ordinal)
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!)];
}
