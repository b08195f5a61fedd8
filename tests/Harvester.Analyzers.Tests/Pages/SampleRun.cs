using System.Collections.Immutable;
using Harvester.Analyzers.Tests.Verification;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Harvester.Analyzers.Tests.Pages;

/// <summary>A sample of a page as a project of its own: all rules over it, and the fixes.</summary>
internal sealed class SampleRun : IDisposable
{
    private readonly AdhocWorkspace workspace = new();
    private readonly DocumentId document;

    public SampleRun(string source, string? table = null)
    {
        var project = workspace.AddProject(ProjectInfo.Create(
            ProjectId.CreateNewId(),
            VersionStamp.Default,
            "widget-operator",
            "widget-operator",
            LanguageNames.CSharp,
            compilationOptions: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Annotations),
            parseOptions: new CSharpParseOptions(LanguageVersion.Latest),
            metadataReferences: SnippetSetup.References));
        var solution = project.Solution;
        document = DocumentId.CreateNewId(project.Id);
        solution = solution.AddDocument(document, "Sample.cs", SourceText.From(source));
        solution = solution.AddDocument(DocumentId.CreateNewId(project.Id), "Usings.cs", SourceText.From(SnippetSetup.Usings));
        if (table is not null)
        {
            solution = solution.AddAdditionalDocument(DocumentId.CreateNewId(project.Id), "harvester.analyzers.txt", SourceText.From(table), filePath: "/harvester.analyzers.txt");
        }

        workspace.TryApplyChanges(solution);
    }

    /// <summary>The findings of all rules, and the compiler's errors.</summary>
    public async Task<IReadOnlyList<Diagnostic>> FindingsAsync(CancellationToken cancellationToken)
    {
        var project = workspace.CurrentSolution.GetProject(document.ProjectId)!;
        var compilation = (await project.GetCompilationAsync(cancellationToken))!;
        var found = await compilation.WithAnalyzers(AllRules.Analyzers, project.AnalyzerOptions).GetAnalyzerDiagnosticsAsync(cancellationToken);
        return [.. compilation.GetDiagnostics(cancellationToken).Where(d => d.Severity == DiagnosticSeverity.Error).Concat(found).OrderBy(d => d.Location.SourceSpan.Start)];
    }

    /// <summary>Applies the first fix that is offered; false if there is none.</summary>
    public async Task<bool> FixAsync(Diagnostic finding, CancellationToken cancellationToken)
    {
        var actions = new List<CodeAction>();
        foreach (var provider in AllRules.Fixes.Where(p => p.FixableDiagnosticIds.Contains(finding.Id)))
        {
            var context = new CodeFixContext(workspace.CurrentSolution.GetDocument(document)!, finding, (action, _) => actions.Add(action), cancellationToken);
            await provider.RegisterCodeFixesAsync(context);
        }

        if (actions.Count == 0)
        {
            return false;
        }

        foreach (var operation in await actions[0].GetOperationsAsync(cancellationToken))
        {
            operation.Apply(workspace, cancellationToken);
        }

        return true;
    }

    public void Dispose() => workspace.Dispose();
}
