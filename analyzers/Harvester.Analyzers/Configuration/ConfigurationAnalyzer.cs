using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Harvester.Analyzers.Configuration;

/// <summary>HARV0001: tells what of the configuration cannot be used.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ConfigurationAnalyzer : HarvesterAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptors.UnusableConfiguration);

    private protected override void Register(CompilationStartAnalysisContext start, ClientModel.KubernetesSymbols symbols, AnalysisMode mode)
    {
        start.RegisterCompilationEndAction(end =>
        {
            foreach (var problem in ProjectSettings.Read(end.Options, end.Compilation, end.CancellationToken).Problems)
            {
                end.ReportDiagnostic(Diagnostic.Create(Descriptors.UnusableConfiguration, problem.Location ?? Location.None, problem.Message));
            }
        });
    }
}
