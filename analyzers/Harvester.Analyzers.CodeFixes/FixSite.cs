using Harvester.Analyzers.ClientModel;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Harvester.Analyzers.CodeFixes;

/// <summary>A call that is to be fixed.</summary>
internal sealed record FixSite(
    SyntaxNode Root,
    SemanticModel Model,
    InvocationExpressionSyntax Syntax,
    ClientCall Call,
    KubernetesSymbols Symbols,
    Diagnostic Diagnostic,
    CancellationToken CancellationToken)
{
    public IMethodSymbol Method => Call.Method;

    /// <summary>The argument that is sent, as it is written.</summary>
    public ArgumentSyntax? Sent => Call.BodyArgument?.Syntax as ArgumentSyntax;

    /// <summary>The variable that is sent, be it as a copy without status; null where it is anything else.</summary>
    public IdentifierNameSyntax? Body => Sent?.Expression is WithExpressionSyntax copy ? Copied(copy) : Sent?.Expression as IdentifierNameSyntax;

    /// <summary>What the variables of the method are declared in: the member, or the file of top-level statements.</summary>
    public SyntaxNode Member => Syntax.FirstAncestorOrSelf<MemberDeclarationSyntax>(m => m is not GlobalStatementSyntax) ?? Root;

    /// <summary>Which of its findings the rule has here.</summary>
    public bool IsAbout(string what) => Diagnostic.Properties.TryGetValue("about", out var about) && about == what;

    /// <summary>Whether the rule says that a part of the object was changed.</summary>
    public bool Touched(string part) =>
        Diagnostic.Properties.TryGetValue("touched", out var parts) && parts?.Split(',').Contains(part) == true;

    /// <summary>What a copy is of that differs in nothing but that its status is taken out.</summary>
    public static IdentifierNameSyntax? Copied(WithExpressionSyntax copy) =>
        copy.Expression is IdentifierNameSyntax original
        && copy.Initializer.Expressions.All(e => e is AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: "Status" }, Right.RawKind: (int)SyntaxKind.NullLiteralExpression })
            ? original
            : null;
}
