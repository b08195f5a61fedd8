using Harvester.Analyzers.ClientModel;
using Harvester.Analyzers.Configuration;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Harvester.Analyzers.CodeFixes;

/// <summary>
/// What the fixes of calls have in common: they find the call again, and offer at most one change of its document, one that compiles.
/// </summary>
public abstract class WriteFix : CodeFixProvider
{
    private protected abstract string Title { get; }

    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => FixAllProvider.Create(FixAllAsync);

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var diagnostic in context.Diagnostics)
        {
            var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
            if (root is not null && CallAt(root, diagnostic) is { } call
                && await ChangeAsync(context.Document, call, diagnostic, context.CancellationToken).ConfigureAwait(false) is { } changed)
            {
                context.RegisterCodeFix(
                    CodeAction.Create(Title, _ => Task.FromResult(context.Document.WithSyntaxRoot(changed)), equivalenceKey: Title),
                    diagnostic);
            }
        }
    }

    /// <summary>The changed document; null where the fix does not apply.</summary>
    private protected abstract SyntaxNode? Fix(FixSite site);

    /// <summary>One finding after the other, each on what the one before has made: two may concern the same object, or need a name.</summary>
    private async Task<Document?> FixAllAsync(FixAllContext context, Document document, System.Collections.Immutable.ImmutableArray<Diagnostic> diagnostics)
    {
        if (await document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false) is not { } root)
        {
            return null;
        }

        var marks = new List<(Diagnostic Diagnostic, SyntaxAnnotation Mark)>();
        var marked = new Dictionary<SyntaxNode, List<SyntaxAnnotation>>();
        foreach (var diagnostic in diagnostics.OrderBy(d => d.Location.SourceSpan.Start))
        {
            if (CallAt(root, diagnostic) is { } call)
            {
                var mark = new SyntaxAnnotation();
                marks.Add((diagnostic, mark));
                (marked.TryGetValue(call, out var known) ? known : marked[call] = []).Add(mark);
            }
        }

        var fixedDocument = document.WithSyntaxRoot(root.ReplaceNodes(marked.Keys, (old, now) => now.WithAdditionalAnnotations(marked[old])));
        foreach (var (diagnostic, mark) in marks)
        {
            var now = await fixedDocument.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
            if (now?.GetAnnotatedNodes(mark).OfType<InvocationExpressionSyntax>().FirstOrDefault() is { } call
                && await ChangeAsync(fixedDocument, call, diagnostic, context.CancellationToken).ConfigureAwait(false) is { } changed)
            {
                fixedDocument = fixedDocument.WithSyntaxRoot(changed);
            }
        }

        return fixedDocument;
    }

    private async Task<SyntaxNode?> ChangeAsync(Document document, InvocationExpressionSyntax syntax, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        if (await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } model
            || model.GetOperation(syntax, cancellationToken) is not IInvocationOperation invocation)
        {
            return null;
        }

        var settings = ProjectSettings.Read(document.Project.AnalyzerOptions, model.Compilation, cancellationToken);
        return KubernetesSymbols.TryCreate(model.Compilation, settings.Declarations) is { } symbols
            && symbols.Resolve(invocation) is { } call
            && new FixSite(syntax.SyntaxTree.GetRoot(cancellationToken), model, syntax, call, symbols, diagnostic, cancellationToken) is var site
            && Fix(site) is { } changed && StillCompiles(site, changed)
                ? changed
                : null;
    }

    private static InvocationExpressionSyntax? CallAt(SyntaxNode root, Diagnostic diagnostic) =>
        root.FindToken(diagnostic.Location.SourceSpan.Start).Parent?.FirstAncestorOrSelf<InvocationExpressionSyntax>();

    /// <summary>The method has no more errors than it had.</summary>
    private static bool StillCompiles(FixSite site, SyntaxNode changed)
    {
        var tree = site.Root.SyntaxTree;
        var changedTree = tree.WithRootAndOptions(changed, tree.Options);
        var changedModel = site.Model.Compilation.ReplaceSyntaxTree(tree, changedTree).GetSemanticModel(changedTree);
        var before = site.Member.FullSpan;
        var after = new Microsoft.CodeAnalysis.Text.TextSpan(before.Start, before.Length + changed.FullSpan.Length - site.Root.FullSpan.Length);
        return Errors(changedModel, after) <= Errors(site.Model, before);

        int Errors(SemanticModel model, Microsoft.CodeAnalysis.Text.TextSpan span) =>
            model.GetDiagnostics(span, site.CancellationToken).Count(d => d.Severity == DiagnosticSeverity.Error);
    }
}
