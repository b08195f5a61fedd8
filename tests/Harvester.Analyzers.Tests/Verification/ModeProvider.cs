using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Harvester.Analyzers.Tests.Verification;

/// <summary>The options of a build that sets HarvesterAnalysisMode, and of its .editorconfig.</summary>
internal sealed class ModeProvider(string mode, IReadOnlyDictionary<string, string>? editorConfig = null) : AnalyzerConfigOptionsProvider
{
    public override AnalyzerConfigOptions GlobalOptions { get; } = new ModeAndOptions(mode, editorConfig ?? new Dictionary<string, string>());

    public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

    public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;

    private sealed class ModeAndOptions(string mode, IReadOnlyDictionary<string, string> editorConfig) : AnalyzerConfigOptions
    {
        public override IEnumerable<string> Keys => editorConfig.Keys;

        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value)
        {
            value = key == "build_property.HarvesterAnalysisMode" ? mode : editorConfig.GetValueOrDefault(key);
            return value is not null;
        }
    }
}
