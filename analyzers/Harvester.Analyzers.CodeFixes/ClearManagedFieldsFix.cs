using System.Collections.Immutable;
using System.Composition;
using Harvester.Analyzers.ClientModel;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

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
            || made.FirstAncestorOrSelf<StatementSyntax>() is not { } statement
            || Statements.ListOf(statement) is null
            || statement.SyntaxTree != site.Root.SyntaxTree)
        {
            return null;
        }

        var clear = SyntaxFactory.ParseStatement($"{applied.Identifier.Text}.Metadata.ManagedFields = null;");
        var before = statement.Parent is BlockSyntax block ? block.Statements.TakeWhile(s => s != statement).LastOrDefault() : null;
        return before is not null && SyntaxFactory.AreEquivalent(before, clear) ? null : Statements.Replace(site.Root, statement, [clear, statement]);
    }
}
