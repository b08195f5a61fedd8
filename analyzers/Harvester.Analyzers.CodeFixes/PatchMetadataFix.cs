using System.Collections.Immutable;
using System.Composition;
using Harvester.Analyzers.ClientModel;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Simplification;

namespace Harvester.Analyzers.CodeFixes;

/// <summary>
/// HARV1002: turns the PUT into a merge patch of the labels and annotations that were changed. Offered only where every change is seen:
/// keys and values are constants, locals, parameters or fields, and nothing else is done with the object.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(PatchMetadataFix))]
[Shared]
public sealed class PatchMetadataFix : CodeFixProvider
{
    private const string Title = "Send a merge patch of the changed metadata";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(Descriptors.WholeObjectForMetadata.Id);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        var model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        var diagnostic = context.Diagnostics[0];
        var syntax = root?.FindToken(diagnostic.Location.SourceSpan.Start).Parent?.FirstAncestorOrSelf<InvocationExpressionSyntax>();
        if (root is null || model is null || syntax is null
            || model.GetOperation(syntax, context.CancellationToken) is not IInvocationOperation invocation
            || KubernetesSymbols.TryCreate(model.Compilation)?.Resolve(invocation) is not { IsMainPut: true, IsUpsert: false } call
            || ReplacementOf(syntax, invocation, call, model, context.CancellationToken) is not { } replacement)
        {
            return;
        }

        context.RegisterCodeFix(
            CodeAction.Create(
                Title,
                _ => Task.FromResult(context.Document.WithSyntaxRoot(root.ReplaceNode(syntax, replacement))),
                equivalenceKey: Title),
            diagnostic);
    }

    private static InvocationExpressionSyntax? ReplacementOf(
        InvocationExpressionSyntax syntax, IInvocationOperation invocation, ClientCall call, SemanticModel model, CancellationToken cancellationToken)
    {
        if (syntax.Expression is not MemberAccessExpressionSyntax access
            || call.BodyArgument?.Syntax is not ArgumentSyntax { Expression: IdentifierNameSyntax body } sent
            || PatchMethodOf(invocation.TargetMethod) is not { } patch
            || !ArgumentsFit(syntax, sent, invocation, patch)
            || MetadataChanges.Of(body, syntax, model, cancellationToken) is not { } changes)
        {
            return null;
        }

        var created = SyntaxFactory.ParseExpression(
            $"new global::k8s.Models.V1Patch({changes.ToAnonymousObject()}, global::k8s.Models.V1Patch.PatchType.MergePatch)");
        created = created.ReplaceNodes(
            created.DescendantNodes().Where(n => n is QualifiedNameSyntax or MemberAccessExpressionSyntax),
            (_, name) => name.WithAdditionalAnnotations(Simplifier.Annotation));
        var argument = SyntaxFactory.Argument(created).WithTriviaFrom(sent).WithAdditionalAnnotations(Formatter.Annotation);
        return syntax
            .WithArgumentList(syntax.ArgumentList.ReplaceNode(sent, argument))
            .WithExpression(access.WithName(NameOf(patch, access.Name, call)));
    }

    /// <summary>The PATCH beside the PUT.</summary>
    private static IMethodSymbol? PatchMethodOf(IMethodSymbol put)
    {
        var definition = (put.ReducedFrom ?? put).OriginalDefinition;
        var name = definition.Name.StartsWith("Replace", StringComparison.Ordinal) ? "Patch" + definition.Name.Substring("Replace".Length)
            : definition.Name == "UpdateAsync" && definition.ContainingNamespace.Name == "ClientSets" ? "PatchAsync"
            : null;
        return name is null
            ? null
            : definition.ContainingType.GetMembers(name).OfType<IMethodSymbol>().FirstOrDefault(m => m.IsGenericMethod == definition.IsGenericMethod);
    }

    /// <summary>Every other argument means the same to the patch.</summary>
    private static bool ArgumentsFit(InvocationExpressionSyntax syntax, ArgumentSyntax sent, IInvocationOperation invocation, IMethodSymbol patch)
    {
        foreach (var argument in invocation.Arguments)
        {
            if (argument.Syntax is not ArgumentSyntax written || written == sent || !syntax.ArgumentList.Arguments.Contains(written) || argument.Parameter is not { } parameter)
            {
                continue;
            }

            var fits = written.NameColon is null
                ? parameter.Ordinal < patch.Parameters.Length && patch.Parameters[parameter.Ordinal].Name == parameter.Name
                : patch.Parameters.Any(p => p.Name == parameter.Name);
            if (!fits)
            {
                return false;
            }
        }

        return sent.NameColon is null;
    }

    /// <summary>A PUT has its type argument from the object; a PATCH has to be told.</summary>
    private static SimpleNameSyntax NameOf(IMethodSymbol patch, SimpleNameSyntax written, ClientCall call)
    {
        var identifier = SyntaxFactory.Identifier(patch.Name);
        if (written is GenericNameSyntax generic)
        {
            return generic.WithIdentifier(identifier);
        }

        return patch.IsGenericMethod && call.ObjectType is { } type
            ? SyntaxFactory.GenericName(identifier, SyntaxFactory.TypeArgumentList(SyntaxFactory.SingletonSeparatedList(
                SyntaxFactory.ParseTypeName(type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)).WithAdditionalAnnotations(Simplifier.Annotation))))
            : SyntaxFactory.IdentifierName(identifier);
    }
}
