using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Harvester.Analyzers.CodeFixes;

/// <summary>Where a method names a variable, and whether that leaves the object in it as it is.</summary>
internal sealed class ObjectUses(FixSite site)
{
    private static readonly HashSet<string> Questions = new(StringComparer.Ordinal)
    {
        "Contains", "ContainsKey", "TryGetValue", "GetValueOrDefault", "Any", "All", "Count", "SequenceEqual",
    };

    private static readonly HashSet<string> Copies = new(StringComparer.Ordinal)
    {
        "Where", "Except", "Select", "First", "FirstOrDefault", "Last", "LastOrDefault", "ToList", "ToArray",
    };

    private static readonly HashSet<string> Extensions = new(StringComparer.Ordinal)
    {
        "Name", "Namespace", "GetLabel", "GetAnnotation", "Uid", "ResourceVersion", "Generation", "HasFinalizer", "CreationTimestamp",
        "DeletionTimestamp", "IsOwnedBy",
    };

    /// <summary>The uses outside the call that is fixed.</summary>
    public IEnumerable<IdentifierNameSyntax> Of(ISymbol variable, string name) => site.Member.DescendantNodes()
        .OfType<IdentifierNameSyntax>()
        .Where(use => use.Identifier.ValueText == name && !use.Span.IntersectsWith(site.Syntax.Span)
            && SymbolEqualityComparer.Default.Equals(site.Model.GetSymbolInfo(use, site.CancellationToken).Symbol, variable));

    /// <summary>
    /// The uses of the object that a call sends: since the variable was surely given it last, and those of the variable that it was
    /// copied from, whose members it shares.
    /// </summary>
    public IEnumerable<IdentifierNameSyntax> OfObject(ISymbol variable, string name, CallOrder order, List<SyntaxNode> strips)
    {
        var all = Of(variable, name).ToList();
        var given = all.Where(use => IsAssigned(use) && order.Of(use.FirstAncestorOrSelf<StatementSyntax>() ?? (SyntaxNode)use) == Happens.Before)
            .Select(use => use.SpanStart)
            .DefaultIfEmpty(-1)
            .Last();
        if (given >= 0)
        {
            return all.Where(use => use.SpanStart > given);
        }

        if (variable.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(site.CancellationToken) is VariableDeclaratorSyntax { Initializer.Value: WithExpressionSyntax copy }
            && FixSite.Copied(copy) is { } original
            && site.Model.GetSymbolInfo(original, site.CancellationToken).Symbol is { Kind: SymbolKind.Local or SymbolKind.Parameter } source)
        {
            if (copy.Initializer.Expressions.Count > 0)
            {
                strips.Add(copy);
            }

            // Once the original is another object, what happens to it does not happen to the copy: then its use here is none that is understood.
            var isKept = !Of(source, original.Identifier.ValueText).Any(use => IsAssigned(use) && use.SpanStart > copy.SpanStart);
            all.AddRange(OfObject(source, original.Identifier.ValueText, order, strips).Where(use => !isKept || use != original));
        }

        return all;
    }

    /// <summary>The variable gets another value.</summary>
    public static bool IsAssigned(IdentifierNameSyntax use) =>
        use.Parent is AssignmentExpressionSyntax assignment && assignment.Left == use;

    /// <summary>The variable may get another value: by <c>ref</c>, by an increment, as a part of a tuple.</summary>
    public static bool IsWritten(IdentifierNameSyntax use) => use.Parent
        is ArgumentSyntax { RefKindKeyword.RawKind: (int)SyntaxKind.RefKeyword or (int)SyntaxKind.OutKeyword }
        or ArgumentSyntax { Parent: TupleExpressionSyntax { Parent: AssignmentExpressionSyntax } }
        or PostfixUnaryExpressionSyntax { RawKind: not (int)SyntaxKind.SuppressNullableWarningExpression }
        or PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression or (int)SyntaxKind.AddressOfExpression }
        or RefExpressionSyntax;

    /// <summary>A use that does not change the object: a name, a test, a value that is read, a call of the client.</summary>
    public bool IsReadOnly(IdentifierNameSyntax use)
    {
        switch (use.Parent)
        {
            case IsPatternExpressionSyntax test:
                return NamesNothing(test);
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression or (int)SyntaxKind.NotEqualsExpression }:
            case ReturnStatementSyntax:
                return true;
            case ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call, RefKindKeyword.RawKind: 0 }:
                return site.Model.GetOperation(call, site.CancellationToken) is IInvocationOperation invocation && site.Symbols.Resolve(invocation) is not null;
            case MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax } access when access.Expression == use && Extensions.Contains(access.Name.Identifier.Text):
                return site.Model.GetSymbolInfo(access, site.CancellationToken).Symbol?.ContainingNamespace is { Name: "k8s" or "Models" };
        }

        ExpressionSyntax value = use;
        while (true)
        {
            switch (value.Parent)
            {
                case MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax } access when access.Expression == value:
                    return value != use && (IsValue(value) || Asks(access.Name.Identifier.Text, value));
                case MemberAccessExpressionSyntax access when access.Expression == value:
                    value = access;
                    continue;
                case ElementAccessExpressionSyntax element when element.Expression == value:
                    value = element;
                    continue;
                case PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } suppressed:
                    value = suppressed;
                    continue;
                case ConditionalAccessExpressionSyntax maybe when maybe.Expression == value:
                    return maybe.WhenNotNull.DescendantNodesAndSelf().All(n => n is not (InvocationExpressionSyntax or AssignmentExpressionSyntax)
                            || (n is InvocationExpressionSyntax asked && asked.Expression is MemberBindingExpressionSyntax binding && Asks(binding.Name.Identifier.Text, value)))
                        && IsValue(maybe);
                case AssignmentExpressionSyntax assignment when assignment.Left == value:
                case ArgumentSyntax { Parent: TupleExpressionSyntax { Parent: AssignmentExpressionSyntax } } or RefExpressionSyntax:
                case PostfixUnaryExpressionSyntax or PrefixUnaryExpressionSyntax { RawKind: not (int)SyntaxKind.LogicalNotExpression }:
                case ArgumentSyntax { RefKindKeyword.RawKind: not 0 }:
                    return false;
                case IsPatternExpressionSyntax test:
                    return IsValue(value) || NamesNothing(test);
                case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression or (int)SyntaxKind.NotEqualsExpression }:
                    return true;
                default:
                    return value != use && IsValue(value);
            }
        }
    }

    private static bool NamesNothing(IsPatternExpressionSyntax test) => !test.Pattern.DescendantNodesAndSelf().OfType<SingleVariableDesignationSyntax>().Any();

    /// <summary>A question about a collection, or a copy of one whose elements cannot be changed.</summary>
    private bool Asks(string method, ExpressionSyntax collection) =>
        Questions.Contains(method)
        || (Copies.Contains(method)
            && site.Model.GetTypeInfo(collection, site.CancellationToken).Type is INamedTypeSymbol type
            && type.AllInterfaces.Add(type).Any(i => i is { OriginalDefinition.SpecialType: SpecialType.System_Collections_Generic_IEnumerable_T } && i.TypeArguments[0].SpecialType == SpecialType.System_String));

    private bool IsValue(ExpressionSyntax value) =>
        site.Model.GetTypeInfo(value, site.CancellationToken).Type is { } type && (type.IsValueType || type.SpecialType == SpecialType.System_String);
}
