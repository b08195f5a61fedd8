using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Harvester.Cli.Linting;

/// <summary>A compilation of source files without a project: against the shared framework and the assemblies beside the tool.</summary>
internal static class LooseCompilation
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

    // Of what lies beside the tool: the client with what it needs, the sample's API types and the runtime. Not the samples themselves,
    // which may be the very code that is linted, and not whatever else a host of the tool has loaded.
    private static readonly string[] NeededByTheClient = ["Fractions", "YamlDotNet"];
    private static readonly string[] ClientAndWhatIsBuiltOnIt = ["KubernetesClient", "UpgradeApi", "Harvester.ControllerRuntime", "Harvester.Testing", "Harvester.Testing.ApiServer"];

    /// <summary>The newest language, and the symbols of a build for the current framework.</summary>
    public static CSharpParseOptions Parse { get; } = new(
        LanguageVersion.Preview,
        DocumentationMode.Parse,
        preprocessorSymbols: ["TRACE", "NET", "NETCOREAPP", "NET10_0", .. Enumerable.Range(5, 6).Select(version => $"NET{version}_0_OR_GREATER"), "NETCOREAPP3_1_OR_GREATER"]);

    /// <summary>Compiles the files, against further assemblies too if there are any.</summary>
    public static CSharpCompilation Create(
        string assemblyName, IEnumerable<SourceFile> files, IEnumerable<string>? references = null, IEnumerable<string>? usings = null)
    {
        var trees = files
            .Select(file => CSharpSyntaxTree.ParseText(SourceText.From(file.Text, System.Text.Encoding.UTF8), Parse, file.Path))
            .Append(CSharpSyntaxTree.ParseText(ImplicitUsings, Parse, "ImplicitUsings.g.cs"));
        var options = new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            nullableContextOptions: NullableContextOptions.Enable,
            allowUnsafe: true,
            deterministic: true);
        var compilation = CSharpCompilation.Create(assemblyName, trees, References(references ?? []), options);
        var known = (usings ?? []).Where(name => Binds(compilation, name)).Select(name => $"global using {name};").ToList();
        return known.Count == 0
            ? compilation
            : compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText(string.Join('\n', known), Parse, "ProjectUsings.g.cs"));
    }

    /// <summary>The simple name of an assembly.</summary>
    /// <exception cref="MisuseException">The file is no assembly.</exception>
    public static string NameOf(string path)
    {
        try
        {
            return AssemblyName.GetAssemblyName(path).Name ?? Path.GetFileNameWithoutExtension(path);
        }
        catch (Exception failure) when (failure is BadImageFormatException or IOException or UnauthorizedAccessException)
        {
            throw new MisuseException($"lint: '{path}' is no assembly that can be read: {failure.Message}");
        }
    }

    /// <summary>A namespace that some other framework of the project would have brought along is left out.</summary>
    private static bool Binds(CSharpCompilation compilation, string name)
    {
        var target = name.StartsWith("static ", StringComparison.Ordinal) ? name["static ".Length..] : name[(name.IndexOf('=', StringComparison.Ordinal) + 1)..].Trim();
        INamespaceOrTypeSymbol? at = compilation.GlobalNamespace;
        foreach (var part in target.Split('.'))
        {
            at = at?.GetMembers(part).OfType<INamespaceOrTypeSymbol>().FirstOrDefault();
        }

        return at is not null && (at is INamespaceSymbol || target != name);
    }

    private static IEnumerable<MetadataReference> References(IEnumerable<string> further)
    {
        // The host's own list of what it may load: framework and the tool's folder, clone or installed tool alike.
        var list = (string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? string.Empty;
        var given = further.Select(path => (Name: NameOf(path), Path: path)).ToList();

        // A client of the user's own, of whatever version and in however many parts, stands in the place of ours and of what is built on it.
        var ofGiven = CSharpCompilation.Create("Given", references: given.Select(assembly => MetadataReference.CreateFromFile(assembly.Path)));
        var hasClient = ofGiven.GetTypesByMetadataName("k8s.IKubernetes").Length + ofGiven.GetTypesByMetadataName("k8s.IKubernetesObject").Length > 0;
        return list
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(path => (Name: Path.GetFileNameWithoutExtension(path), Path: path))
            .Where(own => IsFramework(own.Path) || NeededByTheClient.Contains(own.Name) || (!hasClient && ClientAndWhatIsBuiltOnIt.Contains(own.Name)))
            .Where(own => !given.Exists(other => other.Name.Equals(own.Name, StringComparison.OrdinalIgnoreCase)))
            .Concat(given.DistinctBy(assembly => assembly.Name, StringComparer.OrdinalIgnoreCase))
            .Select(assembly => MetadataReference.CreateFromFile(assembly.Path));
    }

    private static bool IsFramework(string path) =>
        !path.StartsWith(AppContext.BaseDirectory, StringComparison.Ordinal) && path.Contains("Microsoft.", StringComparison.Ordinal);
}
