using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Harvester.Analyzers.Benchmarks;

/// <summary>
/// What the rules alone take and allocate: the time that the driver spends in their actions, and what they allocate beyond an analyzer that
/// is handed every body and does nothing.
/// </summary>
internal static class RuleTimes
{
    /// <summary>Prints the table: <c>rules [--runs N]</c>.</summary>
    public static async Task<int> RunAsync(int runs)
    {
        // Until the runtime has compiled the rules for good their first table row would be about that.
        var warm = RuleBenchmarks.Of([GeneratedSources.Irrelevant(0), GeneratedSources.Reconciler(1, 3)], client: true);
        for (var run = 0; run < 200; run++)
        {
            await MeasureAsync(warm, RuleBenchmarks.Rules, 1);
        }

        await PrintAsync("irrelevant file, one of 100", [.. Enumerable.Range(0, 100).Select(GeneratedSources.Irrelevant)], 100, runs);
        await PrintAsync($"reconciler of {GeneratedSources.Reconciler(0).Split('\n').Length} lines, one of 100", [.. Enumerable.Range(0, 100).Select(i => GeneratedSources.Reconciler(i))], 100, runs);
        foreach (var repeats in new[] { 1, 3, 10, 30, 100, 131 })
        {
            var source = GeneratedSources.Reconciler(0, repeats);
            await PrintAsync($"method in a file of {source.Split('\n').Length} lines", [source], 1, runs);
        }

        foreach (var files in new[] { 10, 100, 1000 })
        {
            await PrintAsync(
                $"{files} files, one in ten a reconciler",
                [.. Enumerable.Range(0, files).Select(i => i % 10 == 0 ? GeneratedSources.Reconciler(i) : GeneratedSources.Irrelevant(i))],
                1,
                Math.Min(runs, 5));
        }

        return 0;
    }

    private static async Task PrintAsync(string what, string[] sources, int parts, int runs)
    {
        var compilation = RuleBenchmarks.Of(sources, client: true);
        ImmutableArray<DiagnosticAnalyzer> floor = [new FloorAnalyzer()];
        await MeasureAsync(compilation, floor, 5);
        await MeasureAsync(compilation, RuleBenchmarks.Rules, 5);
        var (_, floorBytes) = await MeasureAsync(compilation, floor, runs);
        var (time, bytes) = await MeasureAsync(compilation, RuleBenchmarks.Rules, runs);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-40} {time / parts,9:F3} ms {(bytes - floorBytes) / parts / 1024,9:F0} KB"));
    }

    private static async Task<(double Milliseconds, double Bytes)> MeasureAsync(CSharpCompilation compilation, ImmutableArray<DiagnosticAnalyzer> analyzers, int runs)
    {
        var times = new List<double>();
        var bytes = new List<double>();
        for (var run = 0; run < runs; run++)
        {
            GC.Collect();
            var before = GC.GetTotalAllocatedBytes(precise: true);
            var analysis = compilation.Clone().WithAnalyzers(
                analyzers, new CompilationWithAnalyzersOptions(new AnalyzerOptions([]), null, concurrentAnalysis: false, logAnalyzerExecutionTime: true));
            await analysis.GetAnalyzerDiagnosticsAsync();
            bytes.Add(GC.GetTotalAllocatedBytes(precise: true) - before);
            var spent = TimeSpan.Zero;
            foreach (var analyzer in analyzers)
            {
                spent += (await analysis.GetAnalyzerTelemetryInfoAsync(analyzer, CancellationToken.None)).ExecutionTime;
            }

            times.Add(spent.TotalMilliseconds);
        }

        return (Median(times), Median(bytes));
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    /// <summary>Asks for every body, as the rules do, and looks at none.</summary>
#pragma warning disable RS1001 // It is run by name and is no rule.
    private sealed class FloorAnalyzer : DiagnosticAnalyzer
#pragma warning restore RS1001
    {
        public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Descriptors.StatusSentToMain];

        public override void Initialize(AnalysisContext context)
        {
            context.EnableConcurrentExecution();
            context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
            context.RegisterCompilationStartAction(start =>
            {
                start.RegisterOperationBlockAction(static _ => { });
                start.RegisterCompilationEndAction(static _ => { });
            });
        }
    }
}
