using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.CodeAnalysis;

namespace Harvester.Cli.Linting.Reports;

/// <summary>The findings as SARIF 2.1.0: every one, notes too, with the catalogue of the rules, for code scanning services.</summary>
internal static class SarifReport
{
    private static readonly JsonSerializerOptions Indented =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Renders the report; paths are relative to the folder where they lie below it.</summary>
    public static string Render(LintReport report, string root)
    {
        var descriptors = LintRun.Rules.SelectMany(rule => rule.SupportedDiagnostics)
            .DistinctBy(descriptor => descriptor.Id)
            .OrderBy(descriptor => descriptor.Id, StringComparer.Ordinal)
            .ToList();
        var index = descriptors.Select((descriptor, at) => (descriptor.Id, at)).ToDictionary(pair => pair.Id, pair => pair.at);
        return new JsonObject
        {
            ["$schema"] = "https://json.schemastore.org/sarif-2.1.0.json",
            ["version"] = "2.1.0",
            ["runs"] = new JsonArray(new JsonObject
            {
                ["tool"] = new JsonObject
                {
                    ["driver"] = new JsonObject
                    {
                        ["name"] = "Harvester.Analyzers",
                        ["semanticVersion"] = Version(),
                        ["rules"] = new JsonArray([.. descriptors.Select(Rule)]),
                    },
                },
                ["originalUriBaseIds"] = new JsonObject
                {
                    ["ROOT"] = new JsonObject { ["uri"] = new Uri(Path.GetFullPath(root).TrimEnd('/') + "/").AbsoluteUri },
                },
                ["columnKind"] = "utf16CodeUnits",
                ["invocations"] = new JsonArray(new JsonObject
                {
                    ["executionSuccessful"] = report.IsComplete,
                    ["toolExecutionNotifications"] = new JsonArray([.. report.Gaps.Select(gap => new JsonObject
                    {
                        ["level"] = "warning",
                        ["message"] = new JsonObject { ["text"] = gap },
                    })]),
                }),
                ["results"] = new JsonArray([.. report.Findings.Select(finding => Result(finding, root, index))]),
            }),
        }.ToJsonString(Indented);
    }

    private static JsonObject Rule(DiagnosticDescriptor descriptor) => new()
    {
        ["id"] = descriptor.Id,
        ["shortDescription"] = new JsonObject { ["text"] = descriptor.Title.ToString() },
        ["fullDescription"] = new JsonObject { ["text"] = descriptor.Description.ToString() },
        ["helpUri"] = descriptor.HelpLinkUri,
        ["defaultConfiguration"] = new JsonObject { ["level"] = Level(descriptor.DefaultSeverity) },
        ["properties"] = new JsonObject { ["category"] = descriptor.Category },
    };

    private static JsonObject Result(Finding finding, string root, Dictionary<string, int> index)
    {
        var result = new JsonObject
        {
            ["ruleId"] = finding.Id,
            ["level"] = Level(finding.Severity),
            ["message"] = new JsonObject { ["text"] = finding.Message },
            ["locations"] = finding.HasPlace
                ? new JsonArray(Place(finding.File, finding.Line, finding.Column, finding.Column + finding.Length, root))
                : [],
            ["partialFingerprints"] = new JsonObject { ["codeLine/v1"] = Fingerprint(finding) },
        };
        if (index.TryGetValue(finding.Id, out var at))
        {
            result["ruleIndex"] = at;
        }

        if (finding.Related.Count > 0)
        {
            result["relatedLocations"] = new JsonArray([.. finding.Related.Select((place, id) =>
            {
                var related = Place(place.File, place.Line, place.Column, place.EndColumn, root);
                related["id"] = id + 1;
                related["message"] = new JsonObject { ["text"] = place.Text };
                return (JsonNode)related;
            })]);
        }

        return result;
    }

    private static JsonObject Place(string file, int line, int column, int endColumn, string root) => new()
    {
        ["physicalLocation"] = new JsonObject
        {
            ["artifactLocation"] = Location(file, root),
            ["region"] = new JsonObject { ["startLine"] = line, ["startColumn"] = column, ["endColumn"] = endColumn },
        },
    };

    private static JsonObject Location(string file, string root)
    {
        var relative = Path.GetRelativePath(Path.GetFullPath(root), Path.GetFullPath(file)).Replace('\\', '/');
        return relative.StartsWith("../", StringComparison.Ordinal) || Path.IsPathRooted(relative)
            ? new JsonObject { ["uri"] = new Uri(Path.GetFullPath(file)).AbsoluteUri }
            : new JsonObject
            {
                ["uri"] = string.Join('/', relative.Split('/').Select(Uri.EscapeDataString)),
                ["uriBaseId"] = "ROOT",
            };
    }

    // The rule, the file's name and the line's text: lines that move keep their fingerprint.
    private static string Fingerprint(Finding finding)
    {
        var line = finding.Frame.FirstOrDefault(code => code.Number == finding.Line)?.Text.Trim() ?? "";
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{finding.Id}\n{Path.GetFileName(finding.File)}\n{line}"));
        return Convert.ToHexStringLower(hash)[..32];
    }

    private static string Level(DiagnosticSeverity severity) => severity switch
    {
        DiagnosticSeverity.Error => "error",
        DiagnosticSeverity.Warning => "warning",
        _ => "note",
    };

    private static string Version() =>
        Assembly.GetExecutingAssembly().GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0.0.0";
}
