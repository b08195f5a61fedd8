using System.Text.RegularExpressions;
using Harvester.Tests;

namespace Harvester.Testing.ApiServer.Tests.Conformance;

/// <summary>
/// The steps whose answers differ from the recorded ones in meaning, read from the page that tells users why:
/// rows of <c>docs/known-differences.md</c> that start with a case and a step, or with a case and a star.
/// </summary>
internal static partial class KnownDifferences
{
    private static readonly HashSet<(string Case, string Step)> Steps =
    [
        .. File.ReadLines(RepositoryRoot.At("docs", "known-differences.md"))
            .Select(line => Row().Match(line))
            .Where(row => row.Success)
            .Select(row => (row.Groups["case"].Value, row.Groups["step"].Value)),
    ];

    /// <summary>The steps listed for a case.</summary>
    public static IEnumerable<string> Of(string name) => Steps.Where(s => s.Case == name).Select(s => s.Step);

    /// <summary>True when the answer to a step may differ.</summary>
    public static bool Contains(string name, string step) => Steps.Contains((name, step)) || IsWholeCase(name);

    /// <summary>True when the page lists a whole case.</summary>
    public static bool IsWholeCase(string name) => Steps.Contains((name, "*"));

    [GeneratedRegex(@"^\| `(?<case>[\w.-]+)/(?<step>[\w.*-]+)` \|")]
    private static partial Regex Row();
}
