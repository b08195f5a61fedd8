using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Harvester.Analyzers.Package.Tests;

/// <summary>The packed assembly under the oldest compiler it supports, and under the one of this repository.</summary>
public sealed class OldCompilerTests(PackedPackage package)
{
    private const string Oldest = "4.8.0";

    [Theory]
    [InlineData(Oldest, "4.8.0.0")]
    [InlineData(null, "5.0.0.0")]
    public void The_rules_run(string? compiler, string version)
    {
        using var assemblies = new Compiler(compiler);
        var findings = assemblies.Run(Path.Combine(package.Contents, "analyzers", "dotnet", "cs", "Harvester.Analyzers.dll"));
        Assert.Equal([version, "HARV1001", "HARV1006"], findings);
    }

    /// <summary>Runs in a load context of its own; only strings cross its border.</summary>
    private static class Probe
    {
        private const string Source = """
            using System.Threading.Tasks;
            using k8s;
            using k8s.Models;

            class C
            {
                async Task M(IKubernetes client, V1Node node)
                {
                    node.Status.Phase = "x";
                    await client.CoreV1.ReplaceNodeAsync(node, "n");
                    await client.CoreV1.PatchNodeAsync(new V1Patch(new { status = 1 }, V1Patch.PatchType.MergePatch), "n");
                }
            }
            """;

        public static string[] Run(string rules, string[] references)
        {
            var context = AssemblyLoadContext.GetLoadContext(typeof(Probe).Assembly)!;
            var analyzers = context.LoadFromAssemblyPath(rules).GetTypes()
                .Where(t => !t.IsAbstract && typeof(DiagnosticAnalyzer).IsAssignableFrom(t))
                .Select(t => (DiagnosticAnalyzer)Activator.CreateInstance(t)!);
            var compilation = CSharpCompilation.Create(
                "probe",
                [CSharpSyntaxTree.ParseText(Source)],
                references.Select(r => MetadataReference.CreateFromFile(r)),
                new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
            var errors = compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error).Select(d => d.ToString());
            var found = compilation.WithAnalyzers([.. analyzers]).GetAnalyzerDiagnosticsAsync().GetAwaiter().GetResult();
            return [typeof(Compilation).Assembly.GetName().Version!.ToString(), .. errors, .. found.Select(d => d.Id == "AD0001" ? d.ToString() : d.Id).Order(StringComparer.Ordinal)];
        }
    }

    private sealed class Compiler(string? version) : AssemblyLoadContext("compiler " + version, isCollectible: true), IDisposable
    {
        public string[] Run(string rules)
        {
            var probe = LoadFromAssemblyPath(typeof(Probe).Assembly.Location).GetType(typeof(Probe).FullName!)!;
            var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
                .Where(f => Path.GetFileName(f) is "KubernetesClient.dll" || Path.GetFileName(f).StartsWith("System.", StringComparison.Ordinal) || Path.GetFileName(f) is "netstandard.dll" or "mscorlib.dll")
                .ToArray();
            return (string[])probe.GetMethod("Run")!.Invoke(null, [rules, references])!;
        }

        public void Dispose() => Unload();

        protected override Assembly? Load(AssemblyName name)
        {
            if (name.Name is not ("Microsoft.CodeAnalysis" or "Microsoft.CodeAnalysis.CSharp"))
            {
                return null;
            }

            var folder = version is null
                ? AppContext.BaseDirectory
                : Path.Combine(Dotnet.Told("PackageFolder"), name.Name == "Microsoft.CodeAnalysis" ? "microsoft.codeanalysis.common" : "microsoft.codeanalysis.csharp", version, "lib", "net7.0");
            return LoadFromAssemblyPath(Path.Combine(folder, name.Name + ".dll"));
        }
    }
}
