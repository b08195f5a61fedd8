using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;

namespace Harvester.Analyzers.Tests.Pages;

/// <summary>
/// The parts of a rule's page that are made of something else: its facts and how to configure it from the catalogue, and its samples
/// from sources that are compiled and linted. What stands between the comments is replaced, the rest is written by hand.
/// </summary>
internal static partial class RulePage
{
    public static string SamplesFolder => RepositoryRoot.At("tests", "Harvester.Analyzers.Tests", "Pages", "Samples");

    public static string Render(string page, CatalogueRow row) => Part().Replace(page, match =>
        $"{match.Groups["begin"].Value}\n{Content(match.Groups["name"].Value, row)}{match.Groups["end"].Value}");

    public static IEnumerable<string> PartsOf(string page) => Part().Matches(page).Select(m => m.Groups["name"].Value);

    /// <summary>The table of all rules.</summary>
    public static string Table()
    {
        var text = new StringBuilder("| Rule | Says | Default | Recommended | Strict | Fix | Precision |\n|---|---|---|---|---|---|---|\n");
        foreach (var row in RuleCatalogue.Rows.OrderBy(r => r.Id, StringComparer.Ordinal))
        {
            text.Append($"| [{row.Id}]({row.Id}.md) | {row.Descriptor.Title} | {Severity(row, AnalysisMode.Default)} | {Severity(row, AnalysisMode.Recommended)} | {Severity(row, AnalysisMode.Strict)} | {row.Fix ?? "-"} | {row.Precision} |\n");
        }

        return text.ToString();
    }

    private static string Content(string name, CatalogueRow row) => name switch
    {
        "facts" => $"""
            | | |
            |---|---|
            | Category | {row.Descriptor.Category} |
            | Severity | {Severity(row, AnalysisMode.Default)} (Recommended: {Severity(row, AnalysisMode.Recommended)}; Strict: {Severity(row, AnalysisMode.Strict)}) |
            | Code fix | {row.Fix ?? "none"} |
            | Precision | {row.Precision} |

            """,
        "table" => Table(),
        "configure" => $"""
            ```ini
            # .editorconfig: error, warning, suggestion, silent or none
            dotnet_diagnostic.{row.Id}.severity = {(row.Descriptor.DefaultSeverity == DiagnosticSeverity.Error ? "warning" : "error")}
            ```

            `HarvesterAnalysisMode` sets the severities of all rules at once; options, tables and attributes are in the
            [list of rules](README.md#configuration).

            """,
        _ => $"```{(name.EndsWith(".cs", StringComparison.Ordinal) ? "csharp" : "text")}\n{File.ReadAllText(Path.Combine(SamplesFolder, name))}```\n",
    };

    private static string Severity(CatalogueRow row, AnalysisMode mode)
    {
        var highest = row.In(mode, row.Descriptor.DefaultSeverity);
        var lowest = row.In(mode, row.Lowest);
        return highest == lowest ? highest.ToString() : $"{highest} or {lowest}";
    }

    [GeneratedRegex(@"(?<begin><!-- begin (?<name>\S+) -->)\n.*?(?<end><!-- end -->)", RegexOptions.Singleline)]
    private static partial Regex Part();
}
