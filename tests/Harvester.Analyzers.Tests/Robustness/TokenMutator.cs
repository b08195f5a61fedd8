using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Harvester.Analyzers.Tests.Robustness;

/// <summary>Damages source as an editor does while somebody types: tokens go, come twice, or change places.</summary>
internal static class TokenMutator
{
    /// <summary>The source after a few changes that the seed decides.</summary>
    public static string Mutate(string source, int seed)
    {
        var random = new Random(seed);
        var text = SourceText.From(source);
        for (var round = random.Next(1, 4); round > 0; round--)
        {
            var tokens = CSharpSyntaxTree.ParseText(text).GetRoot().DescendantTokens().Where(t => t.Span.Length > 0).ToList();
            if (tokens.Count < 2)
            {
                break;
            }

            var at = random.Next(tokens.Count - 1);
            var change = random.Next(4) switch
            {
                0 => new TextChange(tokens[at].Span, ""),
                1 => new TextChange(tokens[at].Span, tokens[at].Text + " " + tokens[at].Text),
                2 => new TextChange(TextSpan.FromBounds(tokens[at].SpanStart, tokens[at + 1].Span.End), tokens[at + 1].Text + " " + tokens[at].Text),
                _ => new TextChange(tokens[at].Span, tokens[random.Next(tokens.Count)].Text),
            };
            text = text.WithChanges(change);
        }

        return text.ToString();
    }
}
