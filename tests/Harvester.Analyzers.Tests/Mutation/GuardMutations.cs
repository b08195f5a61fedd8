using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Harvester.Analyzers.Tests.Mutation;

/// <summary>Takes the guard away that keeps work from starting twice: the test of a child that was looked up, or of a marker.</summary>
internal sealed class GuardMutations(SyntaxNode root, SemanticModel model)
{
    /// <summary>Every mutant, for each of the rules.</summary>
    public IEnumerable<Mutant> All(IEnumerable<string> rules)
    {
        foreach (var guard in root.DescendantNodes().OfType<IfStatementSyntax>().Where(IsGuard))
        {
            var without = root.RemoveNode(guard, SyntaxRemoveOptions.KeepNoTrivia)!.ToFullString();
            foreach (var rule in rules.Where(rule => rule.StartsWith("HARV2", StringComparison.Ordinal)))
            {
                yield return new Mutant(rule, $"drops the guard '{guard.Condition}'", without);
            }
        }
    }

    /// <summary>What a child could tell again comes from the clock or from chance instead.</summary>
    public IEnumerable<Mutant> Facts()
    {
        foreach (var assignment in root.DescendantNodes().OfType<AssignmentExpressionSyntax>()
            .Where(a => a.Left is MemberAccessExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "Status" } }))
        {
            var made = model.GetTypeInfo(assignment.Left).Type?.Name switch
            {
                "String" => "System.Guid.NewGuid().ToString()",
                "DateTime" or "Nullable" => "System.DateTime.UtcNow",
                _ => null,
            };
            if (made is not null)
            {
                var changed = root.ReplaceNode(assignment.Right, Microsoft.CodeAnalysis.CSharp.SyntaxFactory.ParseExpression(made));
                yield return new Mutant("HARV2005", $"takes '{assignment.Left}' from {made}", changed.ToFullString());
            }
        }
    }

    private bool IsGuard(IfStatementSyntax test)
    {
        if (test.FirstAncestorOrSelf<MethodDeclarationSyntax>()?.Identifier.Text != "ReconcileAsync"
            || !test.Statement.DescendantNodes().OfType<ReturnStatementSyntax>().Any())
        {
            return false;
        }

        return test.Condition.ToString().Contains("nnotation", StringComparison.Ordinal)
            || test.Condition.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>()
                .Select(name => model.GetSymbolInfo(name).Symbol)
                .OfType<ILocalSymbol>()
                .Any(local => local.Type.ContainingNamespace?.ToString() != "Shop.Kinds");
    }
}
