using System.Collections.Immutable;
using System.Composition;
using Harvester.Analyzers.ClientModel;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Harvester.Analyzers.CodeFixes;

/// <summary>HARV1009: makes the patch a merge patch, where no other call sends it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MergePatchFix))]
[Shared]
public sealed class MergePatchFix : WriteFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(Descriptors.StrategicMergeOfCustomKind.Id);

    private protected override string Title => "Send a merge patch";

    private protected override SyntaxNode? Fix(FixSite site)
    {
        if (PatchBody.Of(site.Call, site.Symbols, site.CancellationToken) is not { } patch
            || KindOf(patch.Creation) is not { } kind
            || kind.SyntaxTree != site.Root.SyntaxTree
            || !IsSentHereOnly(site, patch.Creation))
        {
            return null;
        }

        return site.Root.ReplaceNode(kind, SyntaxFactory.IdentifierName(PatchBody.Merge).WithTriviaFrom(kind));
    }

    private static SimpleNameSyntax? KindOf(IObjectCreationOperation creation) =>
        creation.Arguments.FirstOrDefault(a => a.Parameter?.Type.Name == "PatchType")?.Value.Syntax switch
        {
            MemberAccessExpressionSyntax access => access.Name,
            IdentifierNameSyntax name when name.Identifier.Text == PatchBody.StrategicMerge => name,
            _ => null,
        };

    private static bool IsSentHereOnly(FixSite site, IObjectCreationOperation creation) =>
        creation.Syntax.Ancestors().Contains(site.Syntax)
        || (site.Body is { } local
            && creation.Syntax.FirstAncestorOrSelf<MemberDeclarationSyntax>() is { } member
            && member.DescendantNodes().OfType<IdentifierNameSyntax>().Count(n => n.Identifier.Text == local.Identifier.Text) == 1);
}
