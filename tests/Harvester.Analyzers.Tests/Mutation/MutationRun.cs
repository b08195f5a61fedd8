using Harvester.Analyzers.Tests.Robustness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Harvester.Analyzers.Tests.Mutation;

/// <summary>Compiles the originals with the client libraries they use; the libraries that cannot be had are stubs.</summary>
internal static class MutationRun
{
    private static readonly CSharpParseOptions Parse = new(LanguageVersion.Latest);

    private static readonly Lazy<MetadataReference[]> Stubs = new(() =>
        [.. Directory.EnumerateFiles(RepositoryRoot.At("tests", "Harvester.Analyzers.Tests", "Stubs"), "*.cs")
            .Order(StringComparer.Ordinal)
            .Select(file => (MetadataReference)RuleRun.Compile((file, File.ReadAllText(file)))
                .WithAssemblyName(Path.GetFileNameWithoutExtension(file))
                .WithOptions(new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable))
                .ToMetadataReference())]);

    /// <summary>The client libraries that cannot be had, as stubs.</summary>
    public static IReadOnlyList<MetadataReference> ClientLibraries => Stubs.Value;

    /// <summary>The originals: a name, the source, and the rules whose mutants it is there for.</summary>
    public static IReadOnlyList<Original> Originals { get; } =
        [.. Directory.EnumerateFiles(Folder, "*.cs")
            .Where(file => Path.GetFileName(file) != "Kinds.cs")
            .Order(StringComparer.Ordinal)
            .Select(file => Original.Read(file))];

    private static string Folder => RepositoryRoot.At("tests", "Harvester.Analyzers.Tests", "Mutation", "Originals");

    /// <summary>Compiles one source with the kinds.</summary>
    public static CSharpCompilation Compile(SyntaxTree tree) => RuleRun.Compile(("Kinds.cs", File.ReadAllText(Path.Combine(Folder, "Kinds.cs"))))
        .AddReferences(Stubs.Value)
        .AddSyntaxTrees(tree)
        .WithOptions(new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    /// <summary>Parses a source under the original's name.</summary>
    public static SyntaxTree ParseText(string name, string source) => CSharpSyntaxTree.ParseText(source, Parse, name + ".cs");

    /// <summary>The compiler's errors.</summary>
    public static IEnumerable<string> Errors(CSharpCompilation compilation) =>
        compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error).Select(d => d.ToString());
}

/// <summary>A correct controller or client, and the rules that its mutants must set off.</summary>
internal sealed record Original(string Name, string Source, IReadOnlyList<string> Rules)
{
    public static Original Read(string file)
    {
        var source = File.ReadAllText(file);
        var header = source[..source.IndexOf('\n', StringComparison.Ordinal)];
        return new Original(
            Path.GetFileNameWithoutExtension(file),
            source,
            [.. header[(header.IndexOf("mutants:", StringComparison.Ordinal) + 8)..]
                .Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Distinct()]);
    }
}
