using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Harvester.Analyzers.CodeFixes;

/// <summary>
/// Writes the main resource and then its status: the answer of the first call, which has the new resource version, takes the status
/// and goes to the second.
/// </summary>
internal static class TwoCalls
{
    /// <summary>Null where the statement is not plain enough.</summary>
    public static SyntaxNode? Write(FixSite site, InvocationExpressionSyntax? main, InvocationExpressionSyntax? status)
    {
        if (main is null || status is null
            || site.Sent is not { Expression: var body } sent || !IsName(body)
            || site.Model.GetSymbolInfo(body, site.CancellationToken).Symbol is not { } symbol
            || site.Model.GetTypeInfo(body, site.CancellationToken).Type is not { } type
            || site.Syntax.FirstAncestorOrSelf<StatementSyntax>() is not { } statement
            || Whole(site) is not { } whole || !IsPlain(statement, whole))
        {
            return null;
        }

        var first = Answer(site, whole.ReplaceNode(site.Syntax, Typed(site, main, type)).WithoutTrivia());
        StatementSyntax[] statements;
        if (TakesAnswer(symbol))
        {
            var kept = FreeName(site, symbol.Name + "Status");
            statements =
            [
                SyntaxFactory.ParseStatement($"var {kept} = {body}.Status;"),
                With(SyntaxFactory.ParseStatement($"{body} = value;"), first),
                SyntaxFactory.ParseStatement($"{body}.Status = {kept};"),
                statement.ReplaceNode(whole, whole.ReplaceNode(site.Syntax, status)),
            ];
        }
        else
        {
            var answer = FreeName(site, "updated");
            var position = site.Syntax.ArgumentList.Arguments.IndexOf(sent);
            var ofAnswer = status.ReplaceNode(
                status.ArgumentList.Arguments[position].Expression,
                SyntaxFactory.IdentifierName(answer).WithTriviaFrom(body));
            statements =
            [
                With(SyntaxFactory.ParseStatement($"var {answer} = value;"), first),
                SyntaxFactory.ParseStatement($"{answer}.Status = {body}.Status;"),
                statement.ReplaceNode(whole, whole.ReplaceNode(site.Syntax, ofAnswer)),
            ];
        }

        return Statements.Replace(site.Root, statement, statements);
    }

    /// <summary>A variable, or a member of the class: it can be named twice.</summary>
    private static bool IsName(ExpressionSyntax body) =>
        body is IdentifierNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax, Name: IdentifierNameSyntax };

    private static StatementSyntax With(StatementSyntax statement, ExpressionSyntax value) =>
        statement.ReplaceNode(statement.DescendantNodes().OfType<IdentifierNameSyntax>().Last(), value);

    /// <summary>The call with what waits for it.</summary>
    private static ExpressionSyntax? Whole(FixSite site)
    {
        ExpressionSyntax whole = site.Syntax;
        if (Called(whole, "ConfigureAwait") is { } configured)
        {
            whole = configured;
        }

        if (whole.Parent is AwaitExpressionSyntax wait)
        {
            return wait;
        }

        if (site.Method.ReturnType is not { Name: "Task" or "ValueTask" })
        {
            return whole;
        }

        return whole.Parent is MemberAccessExpressionSyntax { Name.Identifier.Text: "Result" } result ? result
            : Called(whole, "GetAwaiter") is { } awaiter ? Called(awaiter, "GetResult")
            : null;
    }

    private static InvocationExpressionSyntax? Called(ExpressionSyntax on, string name) =>
        on.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } access && access.Expression == on && access.Name.Identifier.Text == name
            ? call
            : null;

    private static bool IsPlain(StatementSyntax statement, ExpressionSyntax whole) => statement switch
    {
        ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } assignment } => assignment.Right == whole,
        ExpressionStatementSyntax expression => expression.Expression == whole,
        ReturnStatementSyntax returned => returned.Expression == whole,
        LocalDeclarationStatementSyntax { Declaration.Variables: { Count: 1 } declared } => declared[0].Initializer?.Value == whole && Statements.ListOf(statement) is not null,
        _ => false,
    };

    private static bool TakesAnswer(ISymbol symbol) => symbol
        is ILocalSymbol { IsConst: false, IsForEach: false, IsUsing: false, RefKind: RefKind.None }
        or IParameterSymbol { RefKind: RefKind.None };

    /// <summary>The client of custom resources answers with the type it is told.</summary>
    private static InvocationExpressionSyntax Typed(FixSite site, InvocationExpressionSyntax call, ITypeSymbol type)
    {
        if (!site.Call.IsByGroupAndPlural || SiblingCalls.SimpleNameOf(call) is not IdentifierNameSyntax name)
        {
            return call;
        }

        return call.ReplaceNode(
            name,
            SyntaxFactory.GenericName(name.Identifier, SyntaxFactory.TypeArgumentList(SyntaxFactory.SingletonSeparatedList(Qualified.Type(type)))));
    }

    /// <summary>The object in the answer, which some calls give in its HTTP envelope.</summary>
    private static ExpressionSyntax Answer(FixSite site, ExpressionSyntax value)
    {
        var given = site.Method.ReturnType is INamedTypeSymbol { Name: "Task", TypeArguments.Length: 1 } task ? task.TypeArguments[0] : site.Method.ReturnType;
        return given.Name == "HttpOperationResponse"
            ? SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, SyntaxFactory.ParenthesizedExpression(value), SyntaxFactory.IdentifierName("Body"))
            : value;
    }

    /// <summary>A name that is free in the method.</summary>
    private static string FreeName(FixSite site, string wanted)
    {
        var taken = new HashSet<string>(site.Member.DescendantTokens().Where(t => t.IsKind(SyntaxKind.IdentifierToken)).Select(t => t.ValueText), StringComparer.Ordinal);
        var name = wanted;
        for (var i = 2; taken.Contains(name); i++)
        {
            name = wanted + i;
        }

        return name;
    }
}
