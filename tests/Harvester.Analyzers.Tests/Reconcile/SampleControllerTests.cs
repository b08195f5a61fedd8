using System.Collections.Immutable;
using Harvester.Analyzers.Reconcile;
using Harvester.Analyzers.Tests.Verification;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Harvester.Analyzers.Tests.Reconcile;

/// <summary>The rules over the two upgrade controllers of this repository, compiled from their sources.</summary>
public class SampleControllerTests
{
    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private static readonly string Root = RepositoryRoot.Folder;

    private static readonly Lazy<MetadataReference[]> Libraries = new(() =>
    [
        Compile("src/Harvester.ControllerRuntime", []).ToMetadataReference(),
        Compile("sample-controller/UpgradeApi", []).ToMetadataReference(),
    ]);

    [Fact]
    public async Task Historical_controller_starts_over_when_Completed_is_absent()
    {
        var findings = await Lint(Compile("sample-controller/HistoricalController", Libraries.Value));

        Assert.Contains(findings, f => f.Id == "HARV2003" && f.File == "UpgradeHandler.cs" && f.Line.Contains("Completed") && f.Line.Contains("== \"\""));
        Assert.All(findings, f => Assert.Equal("HARV2003", f.Id));
    }

    /// <summary>
    /// The steps behind "only the latest upgrade": that label is tested on the way, which is accepted by default. Strict mode takes no label for evidence.
    /// </summary>
    [Fact]
    public async Task Historical_controller_starts_its_later_steps_behind_a_label()
    {
        // The last step asks an annotation, too, whether its node is paused: that is evidence in strict mode as well.
        var compilation = Compile("sample-controller/HistoricalController", Libraries.Value);
        var found = await Lint(compilation);
        var strict = await Lint(compilation, "Strict");

        foreach (var condition in new[] { "RepoReady", "SystemServicesUpgraded" })
        {
            Assert.DoesNotContain(found, f => f.Id == "HARV2003" && f.Line.Contains($".{condition}) == \"\""));
            Assert.Contains(strict, f => f.Id == "HARV2003" && f.Line.Contains($".{condition}) == \"\""));
        }

        Assert.DoesNotContain(strict, f => f.Line.Contains(".NodesUpgraded) == \"\""));
    }

    [Fact]
    public async Task Reference_controller_has_no_finding() =>
        Assert.Empty(await Lint(Compile("sample-controller/UpgradeController", Libraries.Value), "Strict"));

    [Theory]
    [InlineData("""new("begin again", null, s => s.Upgrade.Status.Conditions is null or [], LoggingSteps.StartAsync),""")]
    [InlineData("""new("begin again", null, s => s.Upgrade.Status.Conditions?.FirstOrDefault(c => c.Type == "Completed") is null, NodeSteps.ApplyManifestsAsync),""")]
    public async Task Reference_table_with_a_row_that_starts_on_an_absent_condition(string row)
    {
        var compilation = Compile("sample-controller/UpgradeController", Libraries.Value, (file, text) =>
            file == "UpgradeTransitions.cs" ? text.Replace("new(\"delete\",", row + Environment.NewLine + "        new(\"delete\",") : text);

        var finding = Assert.Single(await Lint(compilation));

        Assert.Equal("HARV2003", finding.Id);
        Assert.Contains("begin again", finding.Line);
    }

    [Fact]
    public async Task Broken_source_is_no_reason_to_throw()
    {
        var compilation = Compile("sample-controller/HistoricalController", Libraries.Value);
        var random = new Random(20260);
        for (var round = 0; round < 6; round++)
        {
            var broken = compilation;
            foreach (var name in new[] { "UpgradeHandler.cs", "ConditionExtensions.cs", "UpgradeLogHandler.cs" })
            {
                var tree = broken.SyntaxTrees.First(t => t.FilePath.EndsWith(name, StringComparison.Ordinal));
                var tokens = tree.GetRoot(TestContext.Current.CancellationToken).DescendantTokens().ToList();
                var text = tree.ToString();
                foreach (var token in Enumerable.Range(0, 6).Select(_ => tokens[random.Next(tokens.Count)]).DistinctBy(t => t.SpanStart).OrderByDescending(t => t.SpanStart))
                {
                    text = random.Next(3) switch
                    {
                        0 => text.Remove(token.SpanStart, token.Span.Length),
                        1 => text.Insert(token.SpanStart, token.Text + " "),
                        _ => text.Remove(token.SpanStart, token.Span.Length).Insert(token.SpanStart, tokens[random.Next(tokens.Count)].Text),
                    };
                }

                broken = broken.ReplaceSyntaxTree(tree, CSharpSyntaxTree.ParseText(text, (CSharpParseOptions)tree.Options, tree.FilePath, cancellationToken: TestContext.Current.CancellationToken));
            }

            await Lint(broken);
        }
    }

    private static async Task<List<(string Id, string File, string Line, string Message)>> Lint(Compilation compilation, string mode = "Default")
    {
        var options = new AnalyzerOptions([], new ModeOptions(mode));
        var with = compilation.WithAnalyzers([new RestartAnalyzer()], options);
        var found = await with.GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain(found, d => d.Id == "AD0001");
        var findings = found.Select(d => (
            d.Id,
            Path.GetFileName(d.Location.SourceTree!.FilePath),
            d.Location.SourceTree.GetText().Lines[d.Location.GetLineSpan().StartLinePosition.Line].ToString().Trim(),
            d.GetMessage())).ToList();
        findings.ForEach(f => TestContext.Current.SendDiagnosticMessage($"{f.Id} {f.Item2}: {f.Item3} -- {f.Item4}"));
        return findings;
    }

    private static CSharpCompilation Compile(string folder, MetadataReference[] libraries, Func<string, string, string>? edit = null)
    {
        var options = new CSharpParseOptions(LanguageVersion.Latest);
        var trees = Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}"))
            .Order(StringComparer.Ordinal)
            .Select(f => CSharpSyntaxTree.ParseText(edit is null ? File.ReadAllText(f) : edit(Path.GetFileName(f), File.ReadAllText(f)), options, f))
            .Append(CSharpSyntaxTree.ParseText(ImplicitUsings, options, "Usings.cs"));
        var compilation = CSharpCompilation.Create(
            Path.GetFileName(folder),
            trees,
            [.. SnippetSetup.References, MetadataReference.CreateFromFile(typeof(Microsoft.Extensions.Logging.ILogger).Assembly.Location), .. libraries],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        Assert.Empty(compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error));
        return compilation;
    }

    private sealed class ModeOptions(string mode) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Options(new() { ["build_property.HarvesterAnalysisMode"] = mode });

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => Options.None;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => Options.None;

        private sealed class Options(Dictionary<string, string> values) : AnalyzerConfigOptions
        {
            public static readonly Options None = new([]);

            public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value) => values.TryGetValue(key, out value);
        }
    }
}
