using Harvester.Analyzers.ClientModel;
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
            var mode = AnalysisModes.Read(start.Options);
            if (mode != AnalysisMode.None && KubernetesSymbols.TryCreate(start.Compilation) is { } symbols)
            {
                Register(start, symbols, mode);
            }
        });
    }

    private protected abstract void Register(CompilationStartAnalysisContext start, KubernetesSymbols symbols, AnalysisMode mode);
}
