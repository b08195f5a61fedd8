using Harvester.Analyzers.ClientModel;
using Harvester.Analyzers.Configuration;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Harvester.Analyzers.CodeFixes;

/// <summary>What the fixes of calls have in common: they find the call again, and offer at most one change of its document.</summary>
public abstract class WriteFix : CodeFixProvider
{
    private protected abstract string Title { get; }

    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        var model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        if (root is null || model is null)
        {
            return;
        }

        var settings = ProjectSettings.Read(context.Document.Project.AnalyzerOptions, model.Compilation, context.CancellationToken);
        foreach (var diagnostic in context.Diagnostics)
        {
            var syntax = root.FindToken(diagnostic.Location.SourceSpan.Start).Parent?.FirstAncestorOrSelf<InvocationExpressionSyntax>();
            if (syntax is not null
                && model.GetOperation(syntax, context.CancellationToken) is IInvocationOperation invocation
                && KubernetesSymbols.TryCreate(model.Compilation, settings.Declarations) is { } symbols
                && symbols.Resolve(invocation) is { } call
                && Fix(new FixSite(root, model, syntax, call, symbols, diagnostic, context.CancellationToken)) is { } changed)
            {
                context.RegisterCodeFix(
                    CodeAction.Create(Title, _ => Task.FromResult(context.Document.WithSyntaxRoot(changed)), equivalenceKey: Title),
                    diagnostic);
            }
        }
    }

    /// <summary>The changed document; null where the fix does not apply.</summary>
    private protected abstract SyntaxNode? Fix(FixSite site);
}

/// <summary>A call that is to be fixed.</summary>
internal sealed record FixSite(
    SyntaxNode Root,
    SemanticModel Model,
    InvocationExpressionSyntax Syntax,
    ClientCall Call,
    KubernetesSymbols Symbols,
    Diagnostic Diagnostic,
    CancellationToken CancellationToken)
{
    public IMethodSymbol Method => Call.Invocation.TargetMethod;

    /// <summary>The local or parameter that is sent; null where it is anything else.</summary>
    public IdentifierNameSyntax? Body => Call.BodyArgument?.Syntax is ArgumentSyntax { Expression: IdentifierNameSyntax body } ? body : null;

    /// <summary>Which of its findings the rule has here.</summary>
    public bool IsAbout(string what) => Diagnostic.Properties.TryGetValue("about", out var about) && about == what;

    /// <summary>Whether the rule says that a part of the object was changed.</summary>
    public bool Touched(string part) =>
        Diagnostic.Properties.TryGetValue("touched", out var parts) && parts?.Split(',').Contains(part) == true;
}
