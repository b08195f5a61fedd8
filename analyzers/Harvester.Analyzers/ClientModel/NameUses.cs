using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Harvester.Analyzers.ClientModel;

/// <summary>What a member of a type does to its locals, by their names: one pass over the member, however many locals are asked for.</summary>
internal sealed class NameUses
{
    private static readonly ConditionalWeakTable<SyntaxNode, NameUses> Known = new();

    private readonly Dictionary<string, List<ExpressionSyntax?>> values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<ExpressionSyntax>> keys = new(StringComparer.Ordinal);

    private readonly Dictionary<string, List<ExpressionSyntax>> calls = new(StringComparer.Ordinal);

    private NameUses(SyntaxNode member)
    {
        foreach (var node in member.DescendantNodes())
        {
            switch (node)
            {
                case AssignmentExpressionSyntax { Left: IdentifierNameSyntax name } assignment:
                    Add(values, name, assignment.IsKind(SyntaxKind.SimpleAssignmentExpression) ? assignment.Right : null);
                    break;
                case ArgumentSyntax { RefKindKeyword.RawKind: not (int)SyntaxKind.None, Expression: IdentifierNameSyntax name }:
                    Add(values, name, null);
                    break;
                case AssignmentExpressionSyntax { Left: ElementAccessExpressionSyntax { Expression: IdentifierNameSyntax name, ArgumentList.Arguments: { Count: 1 } indexer } }:
                    Add(keys, name, indexer[0].Expression);
                    break;
                case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "Add" or "TryAdd", Expression: IdentifierNameSyntax name }, ArgumentList.Arguments: { Count: 2 } added }:
                    Add(keys, name, added[0].Expression);
                    break;
            }

            if (node is InvocationExpressionSyntax call && RootOf(call) is { } root)
            {
                Add(calls, root, call);
            }
        }
    }

    /// <summary>The uses in the member that a node stands in; null outside of one.</summary>
    public static NameUses? Around(SyntaxNode node) =>
        node.Ancestors().FirstOrDefault(a => a is MemberDeclarationSyntax) is { } member ? Known.GetValue(member, m => new NameUses(m)) : null;

    /// <summary>What is assigned to a name; null stands for what no expression tells.</summary>
    public IReadOnlyList<ExpressionSyntax?> ValuesOf(string name) => values.TryGetValue(name, out var found) ? found : [];

    /// <summary>Keys that are set in, or added to, what a name stands for.</summary>
    public IReadOnlyList<ExpressionSyntax> KeysOf(string name) => keys.TryGetValue(name, out var found) ? found : [];

    /// <summary>The calls of methods of what a name stands for, each of a chain.</summary>
    public IReadOnlyList<ExpressionSyntax> CallsOn(string name) => calls.TryGetValue(name, out var found) ? found : [];

    private static IdentifierNameSyntax? RootOf(InvocationExpressionSyntax call)
    {
        ExpressionSyntax? current = call;
        while (current is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access })
        {
            current = access.Expression;
        }

        return current as IdentifierNameSyntax;
    }

    private static void Add<T>(Dictionary<string, List<T>> to, IdentifierNameSyntax name, T value)
    {
        if (!to.TryGetValue(name.Identifier.Text, out var list))
        {
            to.Add(name.Identifier.Text, list = []);
        }

        list.Add(value);
    }
}
