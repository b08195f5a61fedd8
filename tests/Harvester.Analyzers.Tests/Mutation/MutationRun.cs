using Harvester.Analyzers.Tests.Robustness;
using Harvester.Analyzers.Tests.Verification;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Harvester.Analyzers.Tests.Mutation;

/// <summary>Compiles the originals with the client libraries they use; the libraries that cannot be had are stubs.</summary>
internal static class MutationRun
{
    private static readonly CSharpParseOptions Parse = new(LanguageVersion.Latest);

    private static readonly Lazy<MetadataReference[]> Stubs = new(() =>
        [.. Directory.EnumerateFiles(StubFolder, "*.cs").Order(StringComparer.Ordinal).Select(file => Library(file, RuleRun.Compile((file, File.ReadAllText(file)))))]);

    // A project has either this client or the one of today.
    private static readonly Lazy<MetadataReference> FlatClient = new(() =>
    {
        var file = Path.Combine(StubFolder, "Flat", "KubernetesClient.cs");
        return Library(file, RuleRun.Compile((file, File.ReadAllText(file))).WithReferences(global::Basic.Reference.Assemblies.Net100.References.All));
    });

    /// <summary>The client libraries that cannot be had, as stubs.</summary>
    public static IReadOnlyList<MetadataReference> ClientLibraries => Stubs.Value;

    /// <summary>The framework and the client whose methods all lay on one interface.</summary>
    public static IReadOnlyList<MetadataReference> FlatReferences => [.. global::Basic.Reference.Assemblies.Net100.References.All, FlatClient.Value];

    /// <summary>The originals: a name, the source, and the rules whose mutants it is there for.</summary>
    public static IReadOnlyList<Original> Originals { get; } =
        [.. Directory.EnumerateFiles(Folder, "*.cs")
            .Where(file => Path.GetFileName(file) != "Kinds.cs")
            .Order(StringComparer.Ordinal)
            .Select(file => Original.Read(file))];

    private static string Folder => RepositoryRoot.At("tests", "Harvester.Analyzers.Tests", "Mutation", "Originals");

    private static string StubFolder => RepositoryRoot.At("tests", "Harvester.Analyzers.Tests", "Stubs");

    /// <summary>Compiles one source with the kinds, against the client of today or the flat one that was.</summary>
    public static CSharpCompilation Compile(Original original, SyntaxTree tree)
    {
        var kinds = RuleRun.Compile(("Kinds.cs", File.ReadAllText(Path.Combine(Folder, "Kinds.cs"))));
        return (original.IsFlat ? kinds.WithReferences(FlatReferences) : kinds.AddReferences(Stubs.Value))
            .AddSyntaxTrees(tree)
            .WithOptions(new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
    }

    private static MetadataReference Library(string file, CSharpCompilation compilation)
    {
        var library = compilation
            .WithAssemblyName(Path.GetFileNameWithoutExtension(file))
            .WithOptions(new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        Assert.Empty(Errors(library));
        return library.ToMetadataReference();
    }

    /// <summary>All rules over a source, with the configuration that its header tells.</summary>
    public static Task<IReadOnlyList<string>> FindingsAsync(CSharpCompilation compilation, string source)
    {
        var editorConfig = Header(source, "option").Select(line => line.Split(" = ", 2)).ToDictionary(parts => parts[0], parts => parts[1]);
        var table = Header(source, "table").ToList();
        var options = new AnalyzerOptions(
            table.Count == 0 ? [] : [new TableText(string.Join('\n', table) + "\n")],
            new ModeProvider("Recommended", editorConfig));
        return RuleRun.FindingsAsync(compilation, analyzerOptions: options);
    }

    private static IEnumerable<string> Header(string source, string word) => source.Split('\n')
        .TakeWhile(line => line.StartsWith("//", StringComparison.Ordinal))
        .Where(line => line.StartsWith($"// {word}: ", StringComparison.Ordinal))
        .Select(line => line[$"// {word}: ".Length..]);

    /// <summary>Parses a source under the original's name.</summary>
    public static SyntaxTree ParseText(string name, string source) => CSharpSyntaxTree.ParseText(source, Parse, name + ".cs");

    /// <summary>The compiler's errors.</summary>
    public static IEnumerable<string> Errors(CSharpCompilation compilation) =>
        compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error).Select(d => d.ToString());
}

/// <summary>A correct controller or client, and the rules that its mutants must set off.</summary>
internal sealed record Original(string Name, string Source, IReadOnlyList<string> Surfaces, IReadOnlyList<string> Rules)
{
    /// <summary>Written for the client whose methods all lay on one interface.</summary>
    public bool IsFlat => Surfaces.Contains("flat");

    public static Original Read(string file)
    {
        var source = File.ReadAllText(file);
        var header = source[..source.IndexOf('\n', StringComparison.Ordinal)];
        return new Original(
            Path.GetFileNameWithoutExtension(file),
            source,
            [.. header["// surface: ".Length..header.IndexOf(';', StringComparison.Ordinal)].Split(", ")],
            [.. header[(header.IndexOf("mutants:", StringComparison.Ordinal) + 8)..]
                .Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Distinct()]);
    }
}

/// <summary>A table <c>harvester.analyzers.txt</c>.</summary>
internal sealed class TableText(string text) : AdditionalText
{
    public override string Path => "/harvester.analyzers.txt";

    public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
}
