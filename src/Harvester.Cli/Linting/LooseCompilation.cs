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

    /// <summary>Compiles the files. <paramref name="assemblyName"/> is left out of the references, or each of its types would be there twice.</summary>
    public static CSharpCompilation Create(string assemblyName, IEnumerable<SourceFile> files)
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
        return CSharpCompilation.Create(assemblyName, trees, References(assemblyName), options);
    }

    private static IEnumerable<MetadataReference> References(string assemblyName)
    {
        // The host's own list of what it may load: framework and the tool's folder, clone or installed tool alike.
        var list = (string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? string.Empty;
        return list
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Where(path => !Path.GetFileNameWithoutExtension(path).Equals(assemblyName, StringComparison.OrdinalIgnoreCase))
            .Select(path => MetadataReference.CreateFromFile(path));
    }
}
