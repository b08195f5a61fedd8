using Harvester.Analyzers.ClientModel;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Harvester.Analyzers.Configuration;

/// <summary>
/// What a project says to the rules: the mode, the options <c>harvester_analyzers.*</c> and the tables <c>harvester.analyzers.txt</c>.
/// What cannot be used is left out and told; the rules go on.
/// </summary>
internal sealed class ProjectSettings
{
    public const string Prefix = "harvester_analyzers.";
    private const string ModeProperty = "build_property.HarvesterAnalysisMode";

    private readonly List<ConfigurationProblem> problems = [];

    private ProjectSettings()
    {
    }

    public AnalysisMode Mode { get; private set; } = AnalysisMode.Default;

    public ProjectDeclarations Declarations { get; } = new();

    public IReadOnlyList<ConfigurationProblem> Problems => problems;

    public static ProjectSettings Read(AnalyzerOptions options, Compilation compilation, CancellationToken cancellationToken)
    {
        var settings = new ProjectSettings();
        var values = new OptionValues(options.AnalyzerConfigOptionsProvider, compilation, settings.problems);
        settings.ReadMode(options.AnalyzerConfigOptionsProvider.GlobalOptions, values);
        settings.Declarations.AnalyzeTests = values.Read("analyze_tests", "true or false", ParseBool) ?? false;
        settings.Declarations.StrongGuardsOnly = values.Read("guards", "accepted or strong", text => text switch
        {
            "accepted" => false,
            "strong" => true,
            _ => (bool?)null,
        }) ?? false;
        settings.Declarations.UnknownKinds = values.Read("status_subresource", "unknown, present or absent", text => text switch
        {
            "unknown" => StatusSubresource.Unknown,
            "present" => StatusSubresource.Present,
            "absent" => StatusSubresource.Absent,
            _ => (StatusSubresource?)null,
        }) ?? StatusSubresource.Unknown;
        values.TellUnknown();
        foreach (var file in options.AdditionalFiles)
        {
            if (DeclarationTable.IsTable(file.Path) && file.GetText(cancellationToken) is { } text)
            {
                DeclarationTable.Read(file.Path, text, compilation, settings.Declarations, settings.problems);
            }
        }

        return settings;
    }

    /// <summary>The MSBuild property, else the option.</summary>
    private void ReadMode(AnalyzerConfigOptions global, OptionValues values)
    {
        var option = values.Read("mode", ModeNames, ParseMode);
        if (global.TryGetValue(ModeProperty, out var text) && text.Trim().Length > 0)
        {
            if (ParseMode(text.Trim().ToLowerInvariant()) is { } mode)
            {
                Mode = mode;
                return;
            }

            problems.Add(new ConfigurationProblem($"HarvesterAnalysisMode = '{text.Trim()}' is not one of {ModeNames}"));
        }

        Mode = option ?? AnalysisMode.Default;
    }

    private const string ModeNames = "None, Default, Recommended or Strict";

    private static AnalysisMode? ParseMode(string text) =>
        Enum.TryParse<AnalysisMode>(text, ignoreCase: true, out var mode) && Enum.IsDefined(typeof(AnalysisMode), mode) && !char.IsDigit(text[0]) ? mode : null;

    private static bool? ParseBool(string text) => bool.TryParse(text, out var value) ? value : null;
}
