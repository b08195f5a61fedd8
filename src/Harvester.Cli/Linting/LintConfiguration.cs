using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Harvester.Cli.Linting;

/// <summary>
/// What the rules hear of a subject's configuration: its own files, and below them the preset of the mode, which is the very file the
/// package of the rules ships.
/// </summary>
internal sealed class LintConfiguration : AnalyzerConfigOptionsProvider
{
    private const string ModeProperty = "build_property.HarvesterAnalysisMode";
    private readonly AnalyzerConfigSet set;
    private readonly Options global;

    private LintConfiguration(AnalyzerConfigSet set, LintMode mode)
    {
        this.set = set;
        global = new Options(set.GlobalConfigOptions.AnalyzerOptions, mode);
        Mode = mode;
    }

    /// <summary>Reads the files; a preset that a build of the subject chose gives way to the one of the mode.</summary>
    public static LintConfiguration Of(LintSubject subject, LintMode mode)
    {
        var configs = subject.Configs.Where(config => !IsPreset(config)).Append(Preset(mode))
            .Select(config => AnalyzerConfig.Parse(config.Text, config.Path));
        return new LintConfiguration(AnalyzerConfigSet.Create(configs.ToList()), mode);
    }

    /// <summary>The severities the files give to rules.</summary>
    public SyntaxTreeOptionsProvider Severities => new SeverityProvider(set);

    /// <summary>The mode asked for.</summary>
    public LintMode Mode { get; }

    /// <inheritdoc />
    public override AnalyzerConfigOptions GlobalOptions => global;

    /// <inheritdoc />
    public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => OptionsOf(tree.FilePath);

    /// <inheritdoc />
    public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => OptionsOf(textFile.Path);

    private Options OptionsOf(string path) => new(set.GetOptionsForSourcePath(path).AnalyzerOptions, Mode);

    private static bool IsPreset(ConfigFile config) => Enum.GetNames<LintMode>().Any(mode =>
        config.Path.Replace('\\', '/').EndsWith($"/config/{mode.ToLowerInvariant()}.globalconfig", StringComparison.Ordinal));

    private static ConfigFile Preset(LintMode mode)
    {
        var name = $"config/{mode.ToString().ToLowerInvariant()}.globalconfig";
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return new ConfigFile(Path.Combine(Path.GetTempPath(), name), reader.ReadToEnd());
    }

    private sealed class Options(IReadOnlyDictionary<string, string> values, LintMode mode) : AnalyzerConfigOptions
    {
        public override IEnumerable<string> Keys => values.Keys;

        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value)
        {
            if (key.Equals(ModeProperty, StringComparison.OrdinalIgnoreCase))
            {
                value = mode.ToString();
                return true;
            }

            return values.TryGetValue(key, out value);
        }
    }

    private sealed class SeverityProvider(AnalyzerConfigSet set) : SyntaxTreeOptionsProvider
    {
        public override GeneratedKind IsGenerated(SyntaxTree tree, CancellationToken cancellationToken) =>
            set.GetOptionsForSourcePath(tree.FilePath).AnalyzerOptions.TryGetValue("generated_code", out var text)
            && bool.TryParse(text, out var generated)
                ? generated ? GeneratedKind.MarkedGenerated : GeneratedKind.NotGenerated
                : GeneratedKind.Unknown;

        public override bool TryGetDiagnosticValue(
            SyntaxTree tree, string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severity) =>
            set.GetOptionsForSourcePath(tree.FilePath).TreeOptions.TryGetValue(diagnosticId, out severity);

        public override bool TryGetGlobalDiagnosticValue(
            string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severity) =>
            set.GlobalConfigOptions.TreeOptions.TryGetValue(diagnosticId, out severity);
    }
}
