using System.Collections.Immutable;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Harvester.Analyzers.Benchmarks;

/// <summary>All rules over compilations that are bound already; what remains is the rules and the driver that calls them.</summary>
[MemoryDiagnoser]
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
[CategoriesColumn]
public class RuleBenchmarks
{
    internal static readonly ImmutableArray<DiagnosticAnalyzer> Rules =
        [.. typeof(Descriptors).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && typeof(DiagnosticAnalyzer).IsAssignableFrom(type))
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!)];

    private CSharpCompilation _without = null!;
    private CSharpCompilation _irrelevant = null!;
    private CSharpCompilation _reconciler = null!;
    private CSharpCompilation _method = null!;
    private CSharpCompilation _files = null!;

    /// <summary>How many times the middle of the growing method is repeated; 15 lines each.</summary>
    [Params(1, 10, 100)]
    public int Repeats { get; set; }

    /// <summary>Compiles the sources.</summary>
    [GlobalSetup]
    public void Compile()
    {
        _without = Of([GeneratedSources.Irrelevant(0)], client: false);
        _irrelevant = Of([GeneratedSources.Irrelevant(0)], client: true);
        _reconciler = Of([GeneratedSources.Reconciler(0)], client: true);
        _method = Of([GeneratedSources.Reconciler(0, Repeats)], client: true);
        _files = Of([.. Enumerable.Range(0, Repeats * 10).Select(i => i % 10 == 0 ? GeneratedSources.Reconciler(i) : GeneratedSources.Irrelevant(i))], client: true);
    }

    /// <summary>The driver alone: a project that does not reference the client.</summary>
    [Benchmark(Baseline = true)]
    [BenchmarkCategory("file")]
    public Task<int> Project_without_the_client() => FindingsAsync(_without);

    /// <summary>One file without Kubernetes in a project with the client.</summary>
    [Benchmark]
    [BenchmarkCategory("file")]
    public Task<int> Irrelevant_file() => FindingsAsync(_irrelevant);

    /// <summary>One reconciler of 45 lines.</summary>
    [Benchmark]
    [BenchmarkCategory("file")]
    public Task<int> Reconciler() => FindingsAsync(_reconciler);

    /// <summary>One method that grows with <see cref="Repeats"/>.</summary>
    [Benchmark]
    [BenchmarkCategory("growth")]
    public Task<int> Growing_method() => FindingsAsync(_method);

    /// <summary>A project of ten times <see cref="Repeats"/> files, one in ten a reconciler.</summary>
    [Benchmark]
    [BenchmarkCategory("growth")]
    public Task<int> Growing_project() => FindingsAsync(_files);

    internal static CSharpCompilation Of(string[] sources, bool client)
    {
        var references = Basic.Reference.Assemblies.Net100.References.All.Cast<MetadataReference>();
        if (client)
        {
            references = references.Append(MetadataReference.CreateFromFile(typeof(k8s.IKubernetes).Assembly.Location));
        }

        var compilation = CSharpCompilation.Create(
            "Generated",
            sources.Select((source, i) => CSharpSyntaxTree.ParseText(source, path: $"File{i}.cs")),
            references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        var errors = compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToList();
        return errors.Count == 0 ? compilation : throw new InvalidOperationException(errors[0].ToString());
    }

    private static Task<int> FindingsAsync(CSharpCompilation compilation) => FindingsAsync(compilation, Rules);

    // A clone each time: the driver keeps what it found for a compilation it has seen.
    internal static async Task<int> FindingsAsync(CSharpCompilation compilation, ImmutableArray<DiagnosticAnalyzer> analyzers)
    {
        var found = await compilation.Clone()
            .WithAnalyzers(analyzers, new CompilationWithAnalyzersOptions(new AnalyzerOptions([]), null, concurrentAnalysis: false, logAnalyzerExecutionTime: false))
            .GetAnalyzerDiagnosticsAsync()
            .ConfigureAwait(false);
        return found.Length;
    }
}
