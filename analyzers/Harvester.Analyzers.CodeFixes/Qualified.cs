using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace Harvester.Analyzers.CodeFixes;

/// <summary>New code with names that are right everywhere, and shortened where a using is there.</summary>
internal static class Qualified
{
    public static TypeSyntax Type(ITypeSymbol type) =>
        SyntaxFactory.ParseTypeName(type.WithNullableAnnotation(NullableAnnotation.NotAnnotated).ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat))
            .WithAdditionalAnnotations(Simplifier.Annotation);

    public static ExpressionSyntax Expression(string text)
    {
        var parsed = SyntaxFactory.ParseExpression(text);
        return parsed.ReplaceNodes(
            parsed.DescendantNodes().Where(n => n is QualifiedNameSyntax or MemberAccessExpressionSyntax),
            (_, name) => name.WithAdditionalAnnotations(Simplifier.Annotation));
    }

    /// <summary>A <c>V1Patch</c> as the argument in the place of another.</summary>
    public static ArgumentSyntax Patch(string content, string kind, ArgumentSyntax inPlaceOf) =>
        SyntaxFactory.Argument(Expression($"new global::k8s.Models.V1Patch({content}, global::k8s.Models.V1Patch.PatchType.{kind})"))
            .WithTriviaFrom(inPlaceOf);
}
