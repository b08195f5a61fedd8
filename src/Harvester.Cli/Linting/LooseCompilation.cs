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
    private static readonly string[] Referenced =
        ["KubernetesClient", "Fractions", "YamlDotNet", "UpgradeApi", "Harvester.ControllerRuntime", "Harvester.Testing", "Harvester.Testing.ApiServer"];

    /// <summary>Compiles the files, against further assemblies too if there are any.</summary>
    public static CSharpCompilation Create(string assemblyName, IEnumerable<SourceFile> files, IEnumerable<string>? references = null)
    {
        var parse = new CSharpParseOptions(LanguageVersion.Latest, DocumentationMode.Parse);
        var trees = files
            .Select(file => CSharpSyntaxTree.ParseText(SourceText.From(file.Text, System.Text.Encoding.UTF8), parse, file.Path))
            .Append(CSharpSyntaxTree.ParseText(ImplicitUsings, parse, "ImplicitUsings.g.cs"));

        var options = new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            nullableContextOptions: NullableContextOptions.Enable,
            allowUnsafe: true,
            deterministic: true);
        return CSharpCompilation.Create(assemblyName, trees, References(references ?? []), options);
    }

    private static IEnumerable<MetadataReference> References(IEnumerable<string> further)
    {
        // The host's own list of what it may load: framework and the tool's folder, clone or installed tool alike.
        var list = (string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? string.Empty;
        var given = further.Select(path => (Name: Path.GetFileNameWithoutExtension(path), Path: path)).ToList();
        return list
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(path => (Name: Path.GetFileNameWithoutExtension(path), Path: path))
            .Where(own => IsFramework(own.Path) || Referenced.Contains(own.Name))
            .Where(own => !given.Exists(other => other.Name.Equals(own.Name, StringComparison.OrdinalIgnoreCase)))
            .Concat(given)
            .Select(assembly => MetadataReference.CreateFromFile(assembly.Path));
    }

    private static bool IsFramework(string path) =>
        !path.StartsWith(AppContext.BaseDirectory, StringComparison.Ordinal) && path.Contains("Microsoft.", StringComparison.Ordinal);
}
