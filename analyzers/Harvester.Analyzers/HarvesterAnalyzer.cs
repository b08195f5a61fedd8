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
            if (AnalyzedProject.Of(start.Compilation, start.Options, start.CancellationToken) is { } project)
            {
                Register(start, project);
            }
        });
    }

    private protected abstract void Register(CompilationStartAnalysisContext start, AnalyzedProject project);
}
