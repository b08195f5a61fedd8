using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Harvester.Cli.Linting.Reports;

/// <summary>The findings as one JSON document for scripts: <c>{"complete", "gaps", "findings": [{"id", "severity", ...}]}</c>.</summary>
internal static class JsonReport
{
    private static readonly JsonSerializerOptions Indented =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Renders the report.</summary>
    /// <param name="report">What the rules said.</param>
    /// <param name="findings">The findings to list.</param>
    public static string Render(LintReport report, IEnumerable<Finding> findings) => new JsonObject
    {
        ["complete"] = report.IsComplete,
        ["gaps"] = new JsonArray([.. report.Gaps.Select(gap => (JsonNode)gap)]),
        ["findings"] = new JsonArray([.. findings.Select(finding => new JsonObject
        {
            ["id"] = finding.Id,
            ["severity"] = finding.Severity.ToString().ToLowerInvariant(),
            ["title"] = finding.Title,
            ["message"] = finding.Message,
            ["file"] = finding.File,
            ["line"] = finding.Line,
            ["column"] = finding.Column,
            ["related"] = new JsonArray([.. finding.Related.Select(place => new JsonObject
            {
                ["file"] = place.File,
                ["line"] = place.Line,
                ["column"] = place.Column,
            })]),
            ["helpLink"] = finding.HelpLink,
        })]),
    }.ToJsonString(Indented);
}
