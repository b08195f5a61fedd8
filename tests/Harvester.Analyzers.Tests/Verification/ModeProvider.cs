using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Harvester.Analyzers.Tests.Verification;

/// <summary>The options of a build that sets HarvesterAnalysisMode and nothing else.</summary>
internal sealed class ModeProvider(string mode) : AnalyzerConfigOptionsProvider
{
    public override AnalyzerConfigOptions GlobalOptions { get; } = new ModeOnly(mode);

    public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

    public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;

    private sealed class ModeOnly(string mode) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value)
        {
            value = key == "build_property.HarvesterAnalysisMode" ? mode : null;
            return value is not null;
        }
    }
}
