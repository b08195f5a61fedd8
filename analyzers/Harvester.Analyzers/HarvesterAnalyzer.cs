using Harvester.Analyzers.ClientModel;
using Harvester.Analyzers.Configuration;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Harvester.Analyzers;

/// <summary>What every rule of the package shares: concurrency, generated code, and silence where no Kubernetes client is referenced.</summary>
public abstract class HarvesterAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public sealed override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
        {
            if (!KubernetesSymbols.HasClient(start.Compilation))
            {
                return;
            }

            var settings = ProjectSettings.Read(start.Options, start.Compilation, start.CancellationToken);
            if (settings.Mode != AnalysisMode.None && KubernetesSymbols.TryCreate(start.Compilation, settings.Declarations) is { } symbols)
            {
                Register(start, symbols, settings.Mode);
            }
        });
    }

    private protected abstract void Register(CompilationStartAnalysisContext start, KubernetesSymbols symbols, AnalysisMode mode);
}
