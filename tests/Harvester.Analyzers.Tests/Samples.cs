using System.Collections.Immutable;
using Harvester.Analyzers.Tests.Robustness;
using Harvester.Analyzers.Tests.Verification;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Harvester.Analyzers.Tests;

/// <summary>Real projects of this repository, compiled from their sources with the rules on.</summary>
internal static class Samples
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

    /// <summary>The findings of all rules, as file, id and the line of code.</summary>
    public static async Task<IReadOnlyList<string>> LintAsync(string project, string mode)
    {
        var folder = RepositoryRoot.At(project.Split('/'));
        var parse = new CSharpParseOptions(LanguageVersion.Latest);
        var trees = Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(f => !Path.GetRelativePath(folder, f).Split(Path.DirectorySeparatorChar).Any(p => p is "obj" or "bin"))
            .OrderBy(f => f, StringComparer.Ordinal)
            .Select(f => CSharpSyntaxTree.ParseText(File.ReadAllText(f), parse, f))
            .Append(CSharpSyntaxTree.ParseText(ImplicitUsings, parse));
        var name = Path.GetFileName(folder);
        var own = new[] { name + ".dll", "Harvester.Samples." + name + ".dll" };
        var references = Directory.EnumerateFiles(AppContext.BaseDirectory, "*.dll")
            .Concat(RuleRun.Extensions)
            .DistinctBy(Path.GetFileName)
            .Where(f => !Path.GetFileName(f).StartsWith("xunit", StringComparison.Ordinal) && !own.Contains(Path.GetFileName(f)))
            .Where(IsManaged)
            .Select(f => (MetadataReference)MetadataReference.CreateFromFile(f));
        var compilation = CSharpCompilation.Create(
            name,
            trees,
            [.. global::Basic.Reference.Assemblies.Net100.References.All, .. references],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        var errors = compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error && d.Id is not "CS5001");
        Assert.Empty(errors.Select(d => d.ToString()));
        var options = new AnalyzerOptions([], new ModeProvider(mode));
        var found = await compilation.WithAnalyzers(AllRules.Analyzers, options).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
        return [.. found.Select(d => d.Id == "AD0001" ? Rethrow(d) : $"{Path.GetFileName(d.Location.SourceTree?.FilePath)} {d.Id} {LineOf(d)}").OrderBy(s => s, StringComparer.Ordinal)];
    }

    private static string? LineOf(Diagnostic d) =>
        d.Location.SourceTree?.GetText().Lines[d.Location.GetLineSpan().StartLinePosition.Line].ToString().Trim();

    private static string Rethrow(Diagnostic d) => throw new InvalidOperationException(d.GetMessage());

    private static bool IsManaged(string file)
    {
        try
        {
            System.Reflection.AssemblyName.GetAssemblyName(file);
            return true;
        }
        catch (BadImageFormatException)
        {
            return false;
        }
    }
}
