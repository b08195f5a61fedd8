using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Harvester.Cli.Linting;

/// <summary>What the rules said about one compilation.</summary>
/// <param name="Findings">The findings, by file and line.</param>
/// <param name="CompilerErrors">Why some code did not bind.</param>
/// <param name="RuleFailures">Rules that broke off, and where.</param>
internal sealed record LintReport(
    IReadOnlyList<Finding> Findings, IReadOnlyList<Diagnostic> CompilerErrors, IReadOnlyList<string> RuleFailures)
{
    /// <summary>Whether every file bound and every rule went through, so that silence means something.</summary>
    public bool IsComplete => CompilerErrors.Count == 0 && RuleFailures.Count == 0;

    /// <summary>Why the report is not whole, one line for each reason.</summary>
    public IEnumerable<string> Gaps()
    {
        if (CompilerErrors.Count > 0)
        {
            yield return $"{CompilerErrors.Count} compiler errors, so some code was not looked at; the first: {CompilerErrors[0]}";
        }

        foreach (var failure in RuleFailures)
        {
            yield return $"a rule broke off: {failure}";
        }
    }
}

/// <summary>Runs every rule there is over a compilation.</summary>
internal static class LintRun
{
    private static readonly Lazy<ImmutableArray<DiagnosticAnalyzer>> Rules = new(LoadRules);

    /// <summary>Runs the rules.</summary>
    public static async Task<LintReport> OverAsync(CSharpCompilation compilation, CancellationToken cancellationToken)
    {
        var errors = compilation.GetDiagnostics(cancellationToken)
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .ToList();

        if (Rules.Value.IsEmpty)
        {
            return new LintReport([], errors, []);
        }

        var failures = new List<string>();
        var options = new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([], new ModeOptions("Recommended")),
            onAnalyzerException: (exception, analyzer, _) =>
            {
                lock (failures)
                {
                    var place = exception.StackTrace?.Split('\n').FirstOrDefault()?.Trim();
                    failures.Add($"{analyzer.GetType().Name}: {exception.Message} {place}");
                }
            },
            concurrentAnalysis: true,
            logAnalyzerExecutionTime: false);
        var diagnostics = await compilation
            .WithAnalyzers(Rules.Value, options)
            .GetAnalyzerDiagnosticsAsync(cancellationToken)
            .ConfigureAwait(false);
        var findings = diagnostics
            .Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)
            .OrderBy(diagnostic => diagnostic.Location.SourceTree?.FilePath, StringComparer.Ordinal)
            .ThenBy(diagnostic => diagnostic.Location.SourceSpan.Start)
            .ThenBy(diagnostic => diagnostic.Id, StringComparer.Ordinal)
            .Select(Finding.From)
            .ToList();
        return new LintReport(findings, errors, [.. failures.Distinct().Order(StringComparer.Ordinal)]);
    }

    private static ImmutableArray<DiagnosticAnalyzer> LoadRules() =>
        [.. Assembly.Load("Harvester.Analyzers").GetTypes()
            .Where(type => !type.IsAbstract && type.GetCustomAttribute<DiagnosticAnalyzerAttribute>() is not null)
            .OrderBy(type => type.FullName, StringComparer.Ordinal)
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!)];
}
