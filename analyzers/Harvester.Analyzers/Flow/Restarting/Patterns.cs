using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Harvester.Analyzers.Flow.Restarting;

/// <summary>What it says about a value that it matches a pattern.</summary>
internal static class Patterns
{
    public static Value Test(Value value, IPatternOperation pattern, Frame frame)
    {
        switch (pattern)
        {
            case INegatedPatternOperation negated:
                return Test(value, negated.Pattern, frame).Not();
            case IConstantPatternOperation constant:
                return Emptiness.EqualsConstant(value, frame.Read(constant.Value));
            case IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.Or } either:
                return Emptiness.Either(Test(value, either.LeftPattern, frame), Test(value, either.RightPattern, frame), exact: true);
            case IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.And } both:
                return Emptiness.Both(Test(value, both.LeftPattern, frame), Test(value, both.RightPattern, frame));
            case IDiscardPatternOperation:
            case IDeclarationPatternOperation { MatchesNull: true }:
                return Value.Literal(true);
            case IDeclarationPatternOperation:
            case ITypePatternOperation:
                return Emptiness.NullTest(value).Not();
            case IListPatternOperation list:
                return list.Patterns.IsEmpty ? Emptiness.NullTest(value) : Value.Unknown;
            case IRelationalPatternOperation relational:
                return Emptiness.Ordered(value, relational.OperatorKind, frame.Read(relational.Value));
            case IRecursivePatternOperation recursive:
                var matched = recursive.PropertySubpatterns.IsEmpty ? Emptiness.NullTest(value).Not() : Value.Literal(true);
                foreach (var part in recursive.PropertySubpatterns)
                {
                    var inner = part.Member is IMemberReferenceOperation member ? Emptiness.MemberOf(value, member.Member, member, frame) : Value.Unknown;
                    matched = Emptiness.Both(matched, Test(inner, part.Pattern, frame));
                }

                return matched;
            default:
                return Value.Unknown;
        }
    }

    /// <summary>The variables a pattern declares, and what each of them stands for.</summary>
    public static IEnumerable<(ISymbol Symbol, Func<Frame, Value> Read)> Declared(IPatternOperation pattern, Func<Frame, Value> value)
    {
        switch (pattern)
        {
            case IDeclarationPatternOperation { DeclaredSymbol: { } symbol }:
                return [(symbol, value)];
            case INegatedPatternOperation negated:
                return Declared(negated.Pattern, value);
            case IBinaryPatternOperation binary:
                return Declared(binary.LeftPattern, value).Concat(Declared(binary.RightPattern, value));
            case IRecursivePatternOperation recursive:
                var own = recursive.DeclaredSymbol is { } declared ? new[] { (declared, value) } : [];
                return own.Concat(recursive.PropertySubpatterns.SelectMany(p => p.Member is IMemberReferenceOperation member
                    ? Declared(p.Pattern, frame => Emptiness.MemberOf(value(frame), member.Member, member, frame))
                    : []));
            default:
                return [];
        }
    }
}
