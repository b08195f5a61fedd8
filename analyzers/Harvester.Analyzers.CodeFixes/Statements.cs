using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Harvester.Analyzers.CodeFixes;

/// <summary>Statements in the place of one, laid out as it was: its indentation, its comments, the line ends of its file.</summary>
internal static class Statements
{
    /// <summary>What holds the list a statement stands in; null where it stands alone under an <c>if</c>, a loop or a label.</summary>
    public static SyntaxNode? ListOf(StatementSyntax statement) => statement.Parent switch
    {
        BlockSyntax or SwitchSectionSyntax => statement.Parent,
        GlobalStatementSyntax global => global.Parent,
        _ => null,
    };

    public static SyntaxNode Replace(SyntaxNode root, StatementSyntax old, IReadOnlyList<StatementSyntax> made)
    {
        if (ListOf(old) is null)
        {
            return root.ReplaceNode(old, Braced(root, old, made));
        }

        var between = Between(root, old);
        var laidOut = made.Select((s, i) => s
            .WithLeadingTrivia(i == 0 ? old.GetLeadingTrivia() : between.Leading)
            .WithTrailingTrivia(i == made.Count - 1 ? old.GetTrailingTrivia() : between.Trailing));
        return old.Parent is GlobalStatementSyntax global
            ? root.ReplaceNode(global, laidOut.Select(SyntaxFactory.GlobalStatement))
            : root.ReplaceNode(old, laidOut);
    }

    private static BlockSyntax Braced(SyntaxNode root, StatementSyntax old, IReadOnlyList<StatementSyntax> made)
    {
        var between = Between(root, old);
        var outside = old.Parent is { } parent && StartsLine(old.GetFirstToken()) ? Indentation(FirstOfLine(parent.GetFirstToken())) : default;
        var inside = made.Select((s, i) => s.WithLeadingTrivia(i == 0 ? Inside(old.GetLeadingTrivia()) : between.Leading).WithTrailingTrivia(between.Trailing));
        return SyntaxFactory.Block(
            SyntaxFactory.Token(outside, SyntaxKind.OpenBraceToken, between.Trailing),
            SyntaxFactory.List(inside),
            SyntaxFactory.Token(outside, SyntaxKind.CloseBraceToken, old.GetTrailingTrivia()));

        SyntaxTriviaList Inside(SyntaxTriviaList leading) => StartsLine(old.GetFirstToken()) ? leading : default;
    }

    private static (SyntaxTriviaList Leading, SyntaxTriviaList Trailing) Between(SyntaxNode root, StatementSyntax statement) =>
        StartsLine(statement.GetFirstToken())
            ? (Indentation(statement.GetFirstToken()), SyntaxFactory.TriviaList(LineEndOf(root)))
            : (default, SyntaxFactory.TriviaList(SyntaxFactory.Space));

    private static SyntaxTrivia LineEndOf(SyntaxNode root) =>
        root.DescendantTrivia().FirstOrDefault(t => t.IsKind(SyntaxKind.EndOfLineTrivia)) is { RawKind: not 0 } end ? end : SyntaxFactory.LineFeed;

    private static bool StartsLine(SyntaxToken token) =>
        token.GetPreviousToken() is not { RawKind: not 0 } previous
        || previous.TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia) || token.LeadingTrivia.Any(SyntaxKind.EndOfLineTrivia);

    private static SyntaxToken FirstOfLine(SyntaxToken token)
    {
        while (!StartsLine(token))
        {
            token = token.GetPreviousToken();
        }

        return token;
    }

    private static SyntaxTriviaList Indentation(SyntaxToken token) =>
        token.LeadingTrivia.LastOrDefault() is var last && last.IsKind(SyntaxKind.WhitespaceTrivia) ? SyntaxFactory.TriviaList(last) : default;
}
