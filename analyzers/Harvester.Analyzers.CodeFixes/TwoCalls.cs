using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;

namespace Harvester.Analyzers.CodeFixes;

/// <summary>
/// Writes the main resource and then its status: the answer of the first call, which has the new resource version, takes the status
/// and goes to the second.
/// </summary>
internal static class TwoCalls
{
    /// <summary>Null where the statement is not plain enough, or the object cannot take the answer.</summary>
    public static SyntaxNode? Write(FixSite site, InvocationExpressionSyntax? main, InvocationExpressionSyntax? status)
    {
        if (main is null || status is null || site.Body is not { } body
            || site.Model.GetSymbolInfo(body, site.CancellationToken).Symbol is not { } symbol || !IsAssignable(symbol, out var type)
            || site.Syntax.FirstAncestorOrSelf<StatementSyntax>() is not { Parent: BlockSyntax } statement
            || Whole(site.Syntax) is not { } whole
            || !IsPlain(statement, whole, body))
        {
            return null;
        }

        var name = body.Identifier.Text;
        var kept = FreeName(site, statement, name + "Status");
        var first = whole.ReplaceNode(site.Syntax, Typed(site, main, type));
        var second = whole.ReplaceNode(site.Syntax, status);
        var statements = new[]
        {
            SyntaxFactory.ParseStatement($"var {kept} = {name}.Status;").WithLeadingTrivia(statement.GetLeadingTrivia()),
            Assign(name, first.WithoutTrivia()),
            SyntaxFactory.ParseStatement($"{name}.Status = {kept};"),
            statement.ReplaceNode(whole, second).WithoutLeadingTrivia(),
        };
        var newLine = SyntaxFactory.ElasticCarriageReturnLineFeed;
        return site.Root.ReplaceNode(
            statement,
            statements.Select((s, i) => (i == 3 ? s.WithTrailingTrivia(statement.GetTrailingTrivia()) : s.WithTrailingTrivia(newLine)).WithAdditionalAnnotations(Formatter.Annotation)));
    }

    private static StatementSyntax Assign(string name, ExpressionSyntax value)
    {
        var statement = (ExpressionStatementSyntax)SyntaxFactory.ParseStatement($"{name} = value;");
        return statement.ReplaceNode(((AssignmentExpressionSyntax)statement.Expression).Right, value);
    }

    /// <summary>The call with what waits for it.</summary>
    private static ExpressionSyntax? Whole(InvocationExpressionSyntax call)
    {
        ExpressionSyntax whole = call;
        if (whole.Parent is MemberAccessExpressionSyntax { Name.Identifier.Text: "ConfigureAwait", Parent: InvocationExpressionSyntax configured })
        {
            whole = configured;
        }

        if (whole.Parent is AwaitExpressionSyntax wait)
        {
            return wait;
        }

        return SiblingCalls.SimpleNameOf(call)?.Identifier.Text.EndsWith("Async", StringComparison.Ordinal) == true ? null : whole;
    }

    private static bool IsPlain(StatementSyntax statement, ExpressionSyntax whole, IdentifierNameSyntax body) => statement switch
    {
        ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax { Left: IdentifierNameSyntax left } assignment } =>
            assignment.Right == whole && left.Identifier.Text == body.Identifier.Text,
        ExpressionStatementSyntax expression => expression.Expression == whole,
        ReturnStatementSyntax returned => returned.Expression == whole,
        _ => false,
    };

    private static bool IsAssignable(ISymbol symbol, out ITypeSymbol? type)
    {
        type = symbol switch
        {
            ILocalSymbol { IsConst: false, IsForEach: false, IsUsing: false, RefKind: RefKind.None } local => local.Type,
            IParameterSymbol { RefKind: RefKind.None } parameter => parameter.Type,
            _ => null,
        };
        return type is not null;
    }

    /// <summary>The client of custom resources answers with the type it is told.</summary>
    private static InvocationExpressionSyntax Typed(FixSite site, InvocationExpressionSyntax call, ITypeSymbol? type)
    {
        if (!site.Call.IsByGroupAndPlural || type is null || SiblingCalls.SimpleNameOf(call) is not IdentifierNameSyntax name)
        {
            return call;
        }

        return call.ReplaceNode(
            name,
            SyntaxFactory.GenericName(name.Identifier, SyntaxFactory.TypeArgumentList(SyntaxFactory.SingletonSeparatedList(Qualified.Type(type)))));
    }

    /// <summary>A name that is free in the method, also when other calls of it are fixed at the same time.</summary>
    private static string FreeName(FixSite site, StatementSyntax statement, string wanted)
    {
        var member = statement.FirstAncestorOrSelf<MemberDeclarationSyntax>() ?? site.Root;
        var before = member.DescendantNodes().OfType<InvocationExpressionSyntax>()
            .Count(i => i.SpanStart < site.Syntax.SpanStart && SiblingCalls.SimpleNameOf(i)?.Identifier.Text == site.Method.Name
                && i.ArgumentList.Arguments.Any(a => a.Expression is IdentifierNameSyntax name && name.Identifier.Text == site.Body!.Identifier.Text));
        var taken = new HashSet<string>(member.DescendantTokens().Where(t => t.IsKind(SyntaxKind.IdentifierToken)).Select(t => t.Text), StringComparer.Ordinal);
        var name = before == 0 ? wanted : wanted + (before + 1);
        while (taken.Contains(name))
        {
            name += "ToKeep";
        }

        return name;
    }
}
