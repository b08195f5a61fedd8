using System.Collections.Immutable;
using Harvester.Analyzers.Tests.Mutation;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Harvester.Analyzers.Tests.Verification;

/// <summary>A file as a project of its own, with every client library: all rules over it, and every fix applied to all findings at once.</summary>
internal sealed class FixRun : IDisposable
{
    private readonly AdhocWorkspace workspace = new();
    private readonly DocumentId document;

    private FixRun(string source, string? options, NullableContextOptions nullable, OutputKind output, bool flatClient)
    {
        var project = workspace.AddProject(ProjectInfo.Create(
            ProjectId.CreateNewId(),
            VersionStamp.Default,
            "widget-operator",
            "widget-operator",
            LanguageNames.CSharp,
            compilationOptions: new CSharpCompilationOptions(output, nullableContextOptions: nullable),
            parseOptions: new CSharpParseOptions(LanguageVersion.Latest),
            metadataReferences: flatClient ? MutationRun.FlatReferences : SnippetSetup.References.AddRange(MutationRun.ClientLibraries)));
        document = DocumentId.CreateNewId(project.Id);
        var solution = project.Solution
            .AddDocument(document, "Main.cs", SourceText.From(source), filePath: "/code/Main.cs")
            .AddDocument(DocumentId.CreateNewId(project.Id), "Usings.cs", SourceText.From("#nullable disable\n" + SnippetSetup.Usings), filePath: "/code/Usings.cs");
        if (options is not null)
        {
            solution = solution.AddAnalyzerConfigDocument(
                DocumentId.CreateNewId(project.Id), ".editorconfig", SourceText.From("root = true\n[*.cs]\n" + options + "\n"), filePath: "/code/.editorconfig");
        }

        workspace.TryApplyChanges(solution);
    }

    private Project Project => workspace.CurrentSolution.GetProject(document.ProjectId)!;

    /// <summary>The file after all fixes. It has no error that it had not before, and no warning about null.</summary>
    public static async Task<string> FixAsync(
        string source, string? options = null, NullableContextOptions nullable = NullableContextOptions.Enable, OutputKind output = OutputKind.DynamicallyLinkedLibrary,
        bool flatClient = false)
    {
        using var run = new FixRun(source, options, nullable, output, flatClient);
        var before = await run.ProblemsAsync();
        var findings = await run.FindingsAsync();
        foreach (var provider in AllRules.Fixes)
        {
            if (await run.FixAllAsync(provider, findings))
            {
                findings = await run.FindingsAsync();
            }
        }

        var after = await run.ProblemsAsync();
        var text = (await run.Project.GetDocument(run.document)!.GetTextAsync()).ToString();
        var made = (await run.Project.GetDocument(run.document)!.GetSyntaxRootAsync())!;
        Assert.True(SyntaxFactory.AreEquivalent(made, (await CSharpSyntaxTree.ParseText(text, (CSharpParseOptions)made.SyntaxTree.Options).GetRootAsync()), topLevel: false), text);
        Assert.True(after.Count <= before.Count, string.Join('\n', after) + "\n" + text);
        return text;
    }

    /// <summary>Runs a method <c>Task M(IKubernetes c)</c> of a class <c>C</c>.</summary>
    public static async Task ExecuteAsync(string source, k8s.IKubernetes client)
    {
        using var run = new FixRun(source, options: null, NullableContextOptions.Disable, OutputKind.DynamicallyLinkedLibrary, flatClient: false);
        var compilation = (await run.Project.GetCompilationAsync(TestContext.Current.CancellationToken))!;
        using var assembly = new MemoryStream();
        var emitted = compilation.Emit(assembly, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(emitted.Success, string.Join('\n', emitted.Diagnostics) + "\n" + source);
        assembly.Position = 0;
        var context = new System.Runtime.Loader.AssemblyLoadContext("fixed", isCollectible: true);
        var made = context.LoadFromStream(assembly).GetType("C")!;
        await (Task)made.GetMethod("M")!.Invoke(Activator.CreateInstance(made), [client])!;
        context.Unload();
    }

    public void Dispose() => workspace.Dispose();

    private async Task<IReadOnlyList<string>> ProblemsAsync()
    {
        var compilation = (await Project.GetCompilationAsync(TestContext.Current.CancellationToken))!;
        return [.. compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error || d.Id.StartsWith("CS86", StringComparison.Ordinal)).Select(d => d.ToString())];
    }

    private async Task<ImmutableArray<Diagnostic>> FindingsAsync()
    {
        var compilation = (await Project.GetCompilationAsync(TestContext.Current.CancellationToken))!;
        return [.. (await compilation.WithAnalyzers(AllRules.Analyzers, Project.AnalyzerOptions).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken))
            .Where(d => d.Location.SourceTree?.FilePath == "/code/Main.cs")];
    }

    /// <summary>False where nothing was offered.</summary>
    private async Task<bool> FixAllAsync(CodeFixProvider provider, ImmutableArray<Diagnostic> findings)
    {
        var found = findings.Where(d => provider.FixableDiagnosticIds.Contains(d.Id)).ToImmutableArray();
        CodeAction? offered = null;
        foreach (var diagnostic in found)
        {
            await provider.RegisterCodeFixesAsync(new CodeFixContext(Project.GetDocument(document)!, diagnostic, (action, _) => offered = action, TestContext.Current.CancellationToken));
        }

        if (offered is null)
        {
            return false;
        }

        var context = new FixAllContext(
            Project.GetDocument(document)!, provider, FixAllScope.Solution, offered.EquivalenceKey!, provider.FixableDiagnosticIds, new Found(found), TestContext.Current.CancellationToken);
        var all = (await provider.GetFixAllProvider()!.GetFixAsync(context))!;
        foreach (var operation in await all.GetOperationsAsync(TestContext.Current.CancellationToken))
        {
            operation.Apply(workspace, TestContext.Current.CancellationToken);
        }

        return true;
    }

    private sealed class Found(ImmutableArray<Diagnostic> diagnostics) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) => Task.FromResult<IEnumerable<Diagnostic>>(diagnostics);

        public override Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>(document.Name == "Main.cs" ? diagnostics : []);

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) => Task.FromResult<IEnumerable<Diagnostic>>([]);
    }
}
