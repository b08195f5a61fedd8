using System.Collections.Immutable;
using Harvester.Analyzers.Tests.Verification;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Harvester.Analyzers.Tests.Robustness;

/// <summary>Runs all rules over any code at all, whether it compiles or not.</summary>
internal static class RuleRun
{
    /// <summary>The extension libraries, which come with the shared framework where the API server brings that along.</summary>
    public static readonly IReadOnlyList<string> Extensions =
        [.. Directory.EnumerateFiles(Path.GetDirectoryName(typeof(Microsoft.Extensions.Logging.ILogger).Assembly.Location)!, "Microsoft.Extensions.*.dll")];

    private static readonly Lazy<ImmutableArray<MetadataReference>> LoadedReferences = new(() =>
        [
            .. global::Basic.Reference.Assemblies.Net100.References.All,
            .. Directory.EnumerateFiles(AppContext.BaseDirectory, "*.dll")
                .Concat(Extensions)
                .DistinctBy(Path.GetFileName)
                .Where(f => Path.GetFileName(f) is "KubernetesClient.dll" or "UpgradeApi.dll" or "Harvester.Samples.UpgradeApi.dll"
                    or "Harvester.ControllerRuntime.dll" or "HistoricalController.dll" or "Harvester.Samples.HistoricalController.dll"
                    or "Microsoft.Extensions.Logging.Abstractions.dll")
                .Select(f => MetadataReference.CreateFromFile(f)),
        ]);

    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    /// <summary>Compiles sources; errors are fine.</summary>
    public static CSharpCompilation Compile(params IEnumerable<(string Path, string Text)> sources) => Compile(SourceCodeKind.Regular, sources);

    /// <summary>Compiles sources as files or as a script; errors are fine.</summary>
    public static CSharpCompilation Compile(SourceCodeKind kind, params IEnumerable<(string Path, string Text)> sources)
    {
        var parse = new CSharpParseOptions(LanguageVersion.Latest, kind: kind);
        var trees = sources.Select(s => CSharpSyntaxTree.ParseText(s.Text, parse, s.Path));
        if (kind == SourceCodeKind.Script)
        {
            return CSharpCompilation.CreateScriptCompilation(
                "Script", trees.Single(), LoadedReferences.Value, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        }

        return CSharpCompilation.Create(
            "Anything",
            trees.Append(CSharpSyntaxTree.ParseText(Usings, new CSharpParseOptions(LanguageVersion.Latest), "Usings.cs")),
            LoadedReferences.Value,
            new CSharpCompilationOptions(
                OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable, allowUnsafe: true));
    }

    /// <summary>
    /// The findings, one line each, in order. Fails when a rule throws, and when the run takes longer than anybody would call slow: the
    /// bound is for what does not end at all.
    /// </summary>
    public static async Task<IReadOnlyList<string>> FindingsAsync(CSharpCompilation compilation, bool concurrent = true, string mode = "Strict", AnalyzerOptions? analyzerOptions = null)
    {
        var thrown = new List<string>();
        var options = new CompilationWithAnalyzersOptions(
            analyzerOptions ?? new AnalyzerOptions([], new ModeProvider(mode)),
            (exception, analyzer, diagnostic) =>
            {
                lock (thrown)
                {
                    thrown.Add($"{analyzer.GetType().Name}: {exception}\n{diagnostic.GetMessage()}");
                }
            },
            concurrent,
            logAnalyzerExecutionTime: false);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        var found = await compilation.WithAnalyzers(AllRules.Analyzers, options).GetAnalyzerDiagnosticsAsync(limit.Token).WaitAsync(limit.Token);
        Assert.Empty(thrown);
        return
        [
            .. found.OrderBy(d => d.Location.SourceTree?.FilePath, StringComparer.Ordinal)
                .ThenBy(d => d.Location.SourceSpan.Start)
                .ThenBy(d => d.Id, StringComparer.Ordinal)
                .Select(d => $"{d} {string.Join(',', d.AdditionalLocations.Select(l => l.GetLineSpan().ToString()))}"),
        ];
    }
}
