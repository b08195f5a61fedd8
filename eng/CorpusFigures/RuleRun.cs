using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace CorpusFigures;

/// <summary>One report of a rule.</summary>
internal sealed record Finding(string Id, DiagnosticSeverity Severity, string Path, int Line, int EndLine, string Message);

/// <summary>Runs every rule over a compilation, in one mode.</summary>
internal static class RuleRun
{
    private static readonly ImmutableArray<DiagnosticAnalyzer> Rules =
    [
        .. Assembly.Load("Harvester.Analyzers").GetTypes()
            .Where(type => !type.IsAbstract && type.GetCustomAttribute<DiagnosticAnalyzerAttribute>() is not null)
            .OrderBy(type => type.FullName, StringComparer.Ordinal)
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
    ];

    public static async Task<IReadOnlyList<Finding>> Over(CSharpCompilation compilation, string mode)
    {
        var options = new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([], new ModeOptions(mode)),
            onAnalyzerException: (exception, analyzer, _) => Console.Error.WriteLine($"{analyzer.GetType().Name}: {exception}"),
            concurrentAnalysis: true,
            logAnalyzerExecutionTime: false);

        // Rules that are off in a mode are off by their descriptor; rules that start disabled are switched on by Strict's preset.
        var switches = mode == "Strict"
            ? Rules.SelectMany(r => r.SupportedDiagnostics).Where(d => !d.IsEnabledByDefault).Select(d => d.Id).Distinct().ToDictionary(id => id, _ => ReportDiagnostic.Warn)
            : [];
        var judged = compilation.WithOptions(compilation.Options.WithSpecificDiagnosticOptions(switches));
        var diagnostics = await judged.WithAnalyzers(Rules, options).GetAnalyzerDiagnosticsAsync();
        return
        [
            .. diagnostics.Where(d => d.Location.SourceTree is not null).Select(d =>
            {
                var span = d.Location.GetLineSpan();
                return new Finding(d.Id, d.Severity, d.Location.SourceTree!.FilePath, span.StartLinePosition.Line + 1, span.EndLinePosition.Line + 1, d.GetMessage());
            }).OrderBy(f => f.Path, StringComparer.Ordinal).ThenBy(f => f.Line).ThenBy(f => f.Id, StringComparer.Ordinal),
        ];
    }

    private sealed class ModeOptions(string mode) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Options(mode);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;

        private sealed class Options(string mode) : AnalyzerConfigOptions
        {
            public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value)
            {
                value = key == "build_property.HarvesterAnalysisMode" ? mode : null;
                return value is not null;
            }
        }
    }
}
