using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Harvester.Cli.Linting;

/// <summary>Tells the rules the mode they would hear from the MSBuild property HarvesterAnalysisMode in a build.</summary>
internal sealed class ModeOptions(string mode) : AnalyzerConfigOptionsProvider
{
    private readonly Options options = new(mode);

    /// <inheritdoc />
    public override AnalyzerConfigOptions GlobalOptions => options;

    /// <inheritdoc />
    public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => options;

    /// <inheritdoc />
    public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => options;

    private sealed class Options(string mode) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value)
        {
            value = key.Equals("build_property.HarvesterAnalysisMode", StringComparison.OrdinalIgnoreCase) ? mode : null;
            return value is not null;
        }
    }
}
