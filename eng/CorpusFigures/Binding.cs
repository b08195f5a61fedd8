using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CorpusFigures;

/// <summary>Whether the code at a row means anything to the compiler: a site that does not bind says nothing about a rule.</summary>
internal static class Binding
{
    /// <summary>Null if the site binds, else what is in the way.</summary>
    public static string? Problem(CSharpCompilation compilation, CorpusRow row)
    {
        if (compilation.SyntaxTrees.FirstOrDefault(t => t.FilePath == row.Path) is not { } tree)
        {
            return "no such file";
        }

        var text = tree.GetText();
        if (row.Line > text.Lines.Count)
        {
            return "no such line";
        }

        var span = text.Lines[row.Line - 1].Span;
        var model = compilation.GetSemanticModel(tree);
        var sites = tree.GetRoot().DescendantNodes(span)
            .Where(n => Name(n, row.Family) is { } name && span.Contains(name.SpanStart))
            .ToList();
        if (sites.Count == 0)
        {
            return null;
        }

        var unbound = sites.FirstOrDefault(s => model.GetSymbolInfo(s).Symbol is null && model.GetTypeInfo(s).Type is null or IErrorTypeSymbol);
        return row.Family == "R1"
            ? sites.Any(s => model.GetSymbolInfo(s).Symbol is IMethodSymbol) ? null : $"'{Name(sites[0], "R1")}' does not bind{Why(model, sites[0])}"
            : unbound is null ? null : $"'{unbound}' does not bind";
    }

    private static string Why(SemanticModel model, SyntaxNode site)
    {
        var info = model.GetSymbolInfo(site);
        return $" ({info.CandidateReason}, {info.CandidateSymbols.Length} candidates; {model.GetDiagnostics(site.Span).FirstOrDefault(d => d.Severity == DiagnosticSeverity.Error)?.GetMessage(System.Globalization.CultureInfo.InvariantCulture)})";
    }

    private static SyntaxToken? Name(SyntaxNode node, string family) => (node, family) switch
    {
        (InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access }, "R1") => access.Name.Identifier,
        (InvocationExpressionSyntax { Expression: SimpleNameSyntax name }, "R1") => name.Identifier,
        (InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax binding }, "R1") => binding.Name.Identifier,
        (MemberAccessExpressionSyntax access, "R2") => access.Name.Identifier,
        _ => null,
    };
}
