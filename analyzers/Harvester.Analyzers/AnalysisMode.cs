using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

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
    private const string Property = "build_property.HarvesterAnalysisMode";

    public static AnalysisMode Read(AnalyzerOptions options) =>
        options.AnalyzerConfigOptionsProvider.GlobalOptions.TryGetValue(Property, out var text)
            && Enum.TryParse<AnalysisMode>(text.Trim(), ignoreCase: true, out var mode)
            && Enum.IsDefined(typeof(AnalysisMode), mode)
            ? mode
            : AnalysisMode.Default;

    /// <summary>The severity a finding has in a mode, given the one its rule says.</summary>
    public static DiagnosticSeverity Raise(this AnalysisMode mode, DiagnosticDescriptor rule, DiagnosticSeverity own) => RuleCatalogue.Of(rule).In(mode, own);
}
