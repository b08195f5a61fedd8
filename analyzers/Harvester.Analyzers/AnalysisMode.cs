using Microsoft.CodeAnalysis;

namespace Harvester.Analyzers;

/// <summary>How much the rules say: the MSBuild property <c>HarvesterAnalysisMode</c>.</summary>
internal enum AnalysisMode
{
    None,
    Default,
    Recommended,
    Strict,
}

internal static class AnalysisModes
{
    /// <summary>The severity a finding has in a mode, given the one its rule says.</summary>
    public static DiagnosticSeverity Raise(this AnalysisMode mode, DiagnosticDescriptor rule, DiagnosticSeverity own) => RuleCatalogue.Of(rule).In(mode, own);
}
