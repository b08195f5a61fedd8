using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Harvester.Analyzers.CodeFixes;

/// <summary>
/// HARV1002, HARV1004 and HARV1010: turns the PUT into a merge patch of the members that were changed, and leaves the status where it
/// is. Offered only where every change is seen: values are constants, variables that are not changed in between, or labels and
/// annotations that can be read back, and nothing else is done with the object.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(PatchChangesFix))]
[Shared]
public sealed class PatchChangesFix : WriteFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(
        Descriptors.WholeObjectForMetadata.Id, Descriptors.StatusStripped.Id, Descriptors.WholeObjectCarriesStatus.Id);

    private protected override string Title => "Send a merge patch of the changed members";

    private protected override SyntaxNode? Fix(FixSite site)
    {
        if (!site.Call.IsMainPut || site.Call.IsUpsert
            || site.Sent is not { } sent
            || SiblingCalls.PatchOf(site.Method) is not { } patch
            || ObjectChanges.Of(site) is not { Lists.Count: 0, Members.IsEmpty: false } changes
            || (changes.Strips.Count > 0 || sent.Expression is WithExpressionSyntax) != (site.Diagnostic.Id == Descriptors.StatusStripped.Id)
            || SiblingCalls.Retarget(site, patch, Qualified.Patch(changes.Members.ToString(MaySayNull(site)), "MergePatch", sent)) is not { } call)
        {
            return null;
        }

        var root = site.Root.TrackNodes(changes.Strips.Append(site.Syntax));
        root = root.ReplaceNode(root.GetCurrentNode(site.Syntax)!, call);
        foreach (var strip in changes.Strips)
        {
            root = root.GetCurrentNode(strip) switch
            {
                WithExpressionSyntax copy => root.ReplaceNode(copy, copy.Expression.WithTriviaFrom(copy)),
                StatementSyntax statement => Without(root, statement),
                _ => root,
            };
        }

        return root;
    }

    private static bool MaySayNull(FixSite site) => site.Model.GetNullableContext(site.Syntax.SpanStart).AnnotationsEnabled();

    /// <summary>Removes a statement and keeps the comments that stand with it.</summary>
    private static SyntaxNode Without(SyntaxNode root, StatementSyntax statement)
    {
        var next = statement.GetLastToken().GetNextToken();
        var indentation = statement.GetLeadingTrivia().LastOrDefault();
        var kept = statement.GetLeadingTrivia().Take(statement.GetLeadingTrivia().Count - (indentation.IsKind(SyntaxKind.WhitespaceTrivia) ? 1 : 0)).ToList();
        var remark = statement.GetTrailingTrivia().FirstOrDefault(t => !t.IsKind(SyntaxKind.WhitespaceTrivia) && !t.IsKind(SyntaxKind.EndOfLineTrivia));
        if (!remark.IsKind(SyntaxKind.None))
        {
            kept.AddRange([indentation, remark, statement.GetTrailingTrivia().Last()]);
        }

        root = root.ReplaceToken(next, next.WithLeadingTrivia(kept.Concat(next.LeadingTrivia)));
        var gone = root.FindNode(statement.Span).FirstAncestorOrSelf<StatementSyntax>(s => s.Span == statement.Span)!;
        return root.RemoveNode((SyntaxNode?)(gone.Parent as GlobalStatementSyntax) ?? gone, SyntaxRemoveOptions.KeepNoTrivia | SyntaxRemoveOptions.KeepUnbalancedDirectives)!;
    }
}
