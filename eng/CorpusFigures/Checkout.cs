using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace CorpusFigures;

/// <summary>
/// The checkouts of the corpus: a folder <c>owner+name</c> for each repository, at its commit. A file <c>references.txt</c> beside them says
/// what else a repository is compiled against, one line each: <c>owner/name: path path</c>, where a path is an assembly or a folder of
/// sources that is compiled to one.
/// </summary>
internal sealed class Checkouts(string root)
{
    // What the SDK adds to every project that asks for implicit usings; without them most current code does not bind.
    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private static readonly CSharpParseOptions Parse = new(LanguageVersion.Preview, DocumentationMode.Parse);

    private readonly Dictionary<string, MetadataReference> libraries = [];
    private readonly ILookup<string, string> references = ReadReferences(root);

    public bool Has(string repository) => Directory.Exists(FolderOf(repository));

    public string FolderOf(string repository) => Path.Combine(root, repository.Replace('/', '+'));

    /// <summary>Every source file of a repository as one compilation.</summary>
    public CSharpCompilation Compile(string repository)
    {
        var further = references[repository].Select(path => Path.GetFullPath(Path.Combine(root, path))).ToList();
        return Compile("Corpus", FolderOf(repository), further);
    }

    private CSharpCompilation Compile(string name, string folder, IReadOnlyList<string> further)
    {
        var trees = Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Select(file => (File: file, Relative: Path.GetRelativePath(folder, file).Replace('\\', '/')))
            .Where(f => !f.Relative.Split('/').Any(part => part is "bin" or "obj" or ".git"))
            .OrderBy(f => f.Relative, StringComparer.Ordinal)
            .Select(f => CSharpSyntaxTree.ParseText(SourceText.From(File.ReadAllText(f.File), System.Text.Encoding.UTF8), Parse, f.Relative))
            .Append(CSharpSyntaxTree.ParseText(ImplicitUsings, Parse, "ImplicitUsings.g.cs"));
        var options = new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, allowUnsafe: true, deterministic: true);
        var given = new List<MetadataReference>();
        foreach (var path in further)
        {
            given.Add(Library(path, given));
        }

        // A repository that carries the client's own sources, or an old client among its references, is compiled without ours.
        var ownClient = further.Any(DeclaresClient) || DeclaresClient(folder);
        return CSharpCompilation.Create(name, trees, given.Concat(Framework.Where(f => !ownClient || !IsClient(f.Display))), options);
    }

    private MetadataReference Library(string path, IReadOnlyList<MetadataReference> before)
    {
        if (!libraries.TryGetValue(path, out var library))
        {
            library = File.Exists(path)
                ? MetadataReference.CreateFromFile(path)
                : Compile(Path.GetFileName(path), path, []).AddReferences(before).ToMetadataReference();
            libraries.Add(path, library);
        }

        return library;
    }

    private static bool DeclaresClient(string path) =>
        Directory.Exists(path) && Directory.EnumerateFiles(path, "IKubernetesObject.cs", SearchOption.AllDirectories).Any();

    private static bool IsClient(string? assembly) => Path.GetFileNameWithoutExtension(assembly) == "KubernetesClient";

    // One instance each: then all compilations share what was read of it.
    private static readonly ImmutableArray<MetadataReference> Framework =
    [
        .. ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Where(path => !path.StartsWith(AppContext.BaseDirectory, StringComparison.Ordinal)
                || Path.GetFileNameWithoutExtension(path) is "KubernetesClient" or "Fractions" or "YamlDotNet")
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    private static ILookup<string, string> ReadReferences(string root)
    {
        var file = Path.Combine(root, "references.txt");
        return (File.Exists(file) ? File.ReadAllLines(file) : [])
            .Where(line => line.Contains(':') && !line.StartsWith('#'))
            .SelectMany(line => line[(line.IndexOf(':') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(path => (Name: line[..line.IndexOf(':')], path)))
            .ToLookup(l => l.Name, l => l.path);
    }
}
