using System.Collections.Immutable;
using Harvester.Analyzers.ClientModel;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Harvester.Analyzers.Configuration;

/// <summary>HARV0001: tells what of the configuration cannot be used.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ConfigurationAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptors.UnusableConfiguration);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationAction(Tell);
    }

    private static void Tell(CompilationAnalysisContext context)
    {
        if (!KubernetesSymbols.HasClient(context.Compilation))
        {
            return;
        }

        var settings = ProjectSettings.Read(context.Options, context.Compilation, context.CancellationToken);
        foreach (var problem in settings.Mode == AnalysisMode.None ? [] : settings.Problems)
        {
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.UnusableConfiguration, problem.Location ?? Location.None, problem.Message));
        }
    }
}
