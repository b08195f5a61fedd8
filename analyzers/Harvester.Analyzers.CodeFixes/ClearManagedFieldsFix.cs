using System.Collections.Immutable;
using System.Composition;
using Harvester.Analyzers.ClientModel;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;

namespace Harvester.Analyzers.CodeFixes;

/// <summary>HARV1008 where an object that was read is applied: takes out its managed fields first.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ClearManagedFieldsFix))]
[Shared]
public sealed class ClearManagedFieldsFix : WriteFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(Descriptors.ApplyWithoutManager.Id);

    private protected override string Title => "Take out the managed fields";

    private protected override SyntaxNode? Fix(FixSite site)
    {
        if (!site.IsAbout("managedFields")
            || PatchBody.Of(site.Call, site.Symbols, site.CancellationToken) is not { Given.Syntax: IdentifierNameSyntax applied, Creation.Syntax: var made }
            || made.FirstAncestorOrSelf<StatementSyntax>() is not { Parent: BlockSyntax } statement
            || statement.SyntaxTree != site.Root.SyntaxTree)
        {
            return null;
        }

        var clear = SyntaxFactory.ParseStatement($"{applied.Identifier.Text}.Metadata.ManagedFields = null;")
            .WithLeadingTrivia(statement.GetLeadingTrivia())
            .WithTrailingTrivia(SyntaxFactory.ElasticCarriageReturnLineFeed)
            .WithAdditionalAnnotations(Formatter.Annotation);
        return site.Root.ReplaceNode(statement, [clear, statement.WithoutLeadingTrivia().WithAdditionalAnnotations(Formatter.Annotation)]);
    }
}
