using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Harvester.Analyzers.Flow.Restarting;

/// <summary>What it says about a value that it matches a pattern.</summary>
internal static class Patterns
{
    public static Meaning Test(Meaning value, IPatternOperation pattern, Activation activation)
    {
        switch (pattern)
        {
            case INegatedPatternOperation negated:
                return Test(value, negated.Pattern, activation).Not();
            case IConstantPatternOperation constant:
                return Emptiness.EqualsConstant(value, activation.Read(constant.Value));
            case IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.Or } either:
                return Emptiness.Either(Test(value, either.LeftPattern, activation), Test(value, either.RightPattern, activation), exact: true);
            case IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.And } both:
                return Emptiness.Both(Test(value, both.LeftPattern, activation), Test(value, both.RightPattern, activation));
            case IDiscardPatternOperation:
            case IDeclarationPatternOperation { MatchesNull: true }:
                return Meaning.Literal(true);
            case IDeclarationPatternOperation:
            case ITypePatternOperation:
                return Emptiness.NullTest(value).Not();
            case IListPatternOperation list:
                return list.Patterns.IsEmpty ? Emptiness.NullTest(value) : OfElements(value, list);
            case IRelationalPatternOperation relational:
                return Emptiness.Ordered(value, relational.OperatorKind, activation.Read(relational.Value));
            case IRecursivePatternOperation recursive:
                var matched = recursive.PropertySubpatterns.IsEmpty && value.Kind != MeaningKind.Tuple ? Emptiness.NullTest(value).Not() : Meaning.Literal(true);
                for (var i = 0; i < recursive.DeconstructionSubpatterns.Length && i < value.Elements.Count; i++)
                {
                    matched = Emptiness.Both(matched, Test(value.Elements[i], recursive.DeconstructionSubpatterns[i], activation));
                }

                foreach (var part in recursive.PropertySubpatterns)
                {
                    var inner = part.Member is IMemberReferenceOperation member ? Members.MemberOf(value, member.Member, member, activation) : Meaning.Unknown;
                    matched = Emptiness.Both(matched, Test(inner, part.Pattern, activation));
                }

                return matched;
            default:
                return Meaning.Unknown;
        }
    }

    /// <summary>A list of something: if any elements will do, it is a test for them being there.</summary>
    private static Meaning OfElements(Meaning value, IListPatternOperation list)
    {
        var present = Emptiness.NullTest(value).Not();
        var asksForOne = list.Patterns.Count(p => p is not ISlicePatternOperation) == 1 && list.Patterns.Any(p => p is ISlicePatternOperation { Pattern: null });
        return asksForOne && list.Patterns.All(p => p is ISlicePatternOperation or IDiscardPatternOperation or IDeclarationPatternOperation { MatchesNull: true }) || value.Kind == MeaningKind.Durable
            ? present
            : Meaning.Test(present.WhenTrue, Outcome.None);
    }

    /// <summary>The variables a pattern declares, and what each of them stands for.</summary>
    public static IEnumerable<(ISymbol Symbol, Func<Activation, Meaning> Read)> Declared(IPatternOperation pattern, Func<Activation, Meaning> value)
    {
        switch (pattern)
        {
            case IDeclarationPatternOperation { DeclaredSymbol: { } symbol }:
                return [(symbol, value)];
            case INegatedPatternOperation negated:
                return Declared(negated.Pattern, value);
            case IListPatternOperation list:
                var whole = list.DeclaredSymbol is { } named ? new[] { (named, value) } : [];
                return whole.Concat(list.Patterns.SelectMany(p => Declared(p, activation => Emptiness.Derived(value(activation)))));
            case IBinaryPatternOperation binary:
                return Declared(binary.LeftPattern, value).Concat(Declared(binary.RightPattern, value));
            case IRecursivePatternOperation recursive:
                var own = recursive.DeclaredSymbol is { } declared ? new[] { (declared, value) } : [];
                return own.Concat(recursive.PropertySubpatterns.SelectMany(p => p.Member is IMemberReferenceOperation member
                    ? Declared(p.Pattern, activation => Members.MemberOf(value(activation), member.Member, member, activation))
                    : []));
            default:
                return [];
        }
    }
}
