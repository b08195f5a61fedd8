using System.Runtime.CompilerServices;
using Harvester.Analyzers.ClientModel;
using Harvester.Analyzers.Configuration;
using Harvester.Analyzers.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Harvester.Analyzers;

/// <summary>One compilation under analysis, as all rules see it: they share what is found out of it.</summary>
internal sealed class AnalyzedProject
{
    private static readonly ConditionalWeakTable<Compilation, ConditionalWeakTable<AnalyzerOptions, AnalyzedProject>> Known = new();

    private AnalyzedProject(KubernetesSymbols symbols, AnalysisMode mode)
    {
        Symbols = symbols;
        Mode = mode;
        Bodies = new MethodBodies(symbols);
    }

    public KubernetesSymbols Symbols { get; }

    public AnalysisMode Mode { get; }

    public MethodBodies Bodies { get; }

    /// <summary>Null where no rule has anything to say: no Kubernetes client is referenced, the rules are off, or it is a test assembly.</summary>
    public static AnalyzedProject? Of(Compilation compilation, AnalyzerOptions options, CancellationToken cancellationToken)
    {
        if (!KubernetesSymbols.HasClient(compilation))
        {
            return null;
        }

        var projects = Known.GetOrCreateValue(compilation);
        if (!projects.TryGetValue(options, out var project))
        {
            var settings = ProjectSettings.Read(options, compilation, cancellationToken);
            if (settings.Mode == AnalysisMode.None || KubernetesSymbols.TryCreate(compilation, settings.Declarations) is not { IsTestAssembly: false } symbols)
            {
                return null;
            }

            project = projects.GetValue(options, _ => new AnalyzedProject(symbols, settings.Mode));
        }

        return project;
    }
}
