using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Harvester.Analyzers.Flow.Restarting;

/// <summary>Switches over a member of the status: arms for a missing value, and the arm that takes what no other arm does.</summary>
internal sealed class SwitchArms
{
    /// <summary>Whether a test is an arm of a switch that names the missing value itself, not a name it was given.</summary>
    public BranchKind KindOf(Cause cause)
    {
        if (cause.Part.IsNamed)
        {
            return BranchKind.Test;
        }

        if (cause.Condition.Syntax.FirstAncestorOrSelf<WhenClauseSyntax>() is { Parent: CasePatternSwitchLabelSyntax { Parent.Parent: SwitchStatementSyntax asked } })
        {
            return cause.Part.Name.StartsWith(asked.Expression.ToString().Replace("?", ""), StringComparison.Ordinal) ? BranchKind.EmptyArm : BranchKind.Test;
        }

        var pattern = cause.Condition.Syntax switch
        {
            SwitchExpressionArmSyntax { WhenClause: null } arm => arm.Pattern as SyntaxNode,
            CaseSwitchLabelSyntax label => label.Value,
            { Parent: CaseSwitchLabelSyntax label } => label.Value,
            { Parent: SwitchExpressionArmSyntax arm } syntax when arm.Pattern == syntax => syntax,
            PatternSyntax syntax when syntax.FirstAncestorOrSelf<CasePatternSwitchLabelSyntax>() is not null => syntax,
            _ => null,
        };
        return pattern is not null && pattern.DescendantNodesAndSelf().Any(NamesNothing) ? BranchKind.EmptyArm : BranchKind.Test;
    }

    /// <summary>Effects in the default arm of a switch none of whose arms takes the missing value.</summary>
    public IEnumerable<Restart> Defaults(Activation activation, IReadOnlyList<Effect> effects)
    {
        if (effects.Count == 0)
        {
            yield break;
        }

        foreach (var operation in activation.Graph.OriginalOperation.DescendantsAndSelf())
        {
            var (value, arm, others) = operation switch
            {
                ISwitchOperation statement => (statement.Value, DefaultOf(statement), Patterns(statement)),
                ISwitchExpressionOperation expression => (expression.Value, DefaultOf(expression), Patterns(expression)),
                _ => (null, null, []),
            };
            if (value is null || arm is null || activation.Read(value) is not { Kind: MeaningKind.Part, Part: { Kind: StatusPartKind.Member or StatusPartKind.Condition } part } read)
            {
                continue;
            }

            // An arm of its own for the missing value: then the default arm is for others.
            if (others.Any(o => Matches(o, read, activation) is { Kind: MeaningKind.Test, WhenTrue.Empty: not null } or { Kind: MeaningKind.Constant, Constant: true }))
            {
                continue;
            }

            foreach (var effect in effects.Where(e => RunsIn(arm, e, activation)))
            {
                yield return new Restart(part, LabelOf(arm), effect, effect.Guard) { Branch = BranchKind.DefaultArm };
            }
        }
    }

    private static bool NamesNothing(SyntaxNode node) => node is LiteralExpressionSyntax literal && (literal.Token.Value is null or "" || Emptiness.IsZero(literal.Token.Value) || literal.IsKind(SyntaxKind.FalseLiteralExpression))
        || node is DefaultExpressionSyntax
        || node is MemberAccessExpressionSyntax { Name.Identifier.Text: "Empty" }
        || node is MemberAccessExpressionSyntax or IdentifierNameSyntax && node.Parent is not MemberAccessExpressionSyntax;

    private static bool RunsIn(SyntaxNode arm, Effect effect, Activation activation) => Activation.Operations(activation.Graph.Blocks[effect.Block])
        .Any(o => o is IInvocationOperation or IInvalidOperation && o.Syntax.SyntaxTree == arm.SyntaxTree && arm.Span.Contains(o.Syntax.Span));

    private static SyntaxNode? DefaultOf(ISwitchOperation statement) =>
        statement.Cases.FirstOrDefault(c => c.Clauses.Any(clause => clause is IDefaultCaseClauseOperation or IPatternCaseClauseOperation { Pattern: IDiscardPatternOperation, Guard: null }))?.Syntax;

    private static SyntaxNode? DefaultOf(ISwitchExpressionOperation expression) =>
        expression.Arms.FirstOrDefault(a => a is { Pattern: IDiscardPatternOperation or IDeclarationPatternOperation { MatchesNull: true }, Guard: null })?.Syntax;

    /// <summary>The patterns and constants of the other arms.</summary>
    private static IEnumerable<IOperation> Patterns(ISwitchOperation statement)
    {
        foreach (var clause in statement.Cases.SelectMany(c => c.Clauses))
        {
            switch (clause)
            {
                case IPatternCaseClauseOperation { Guard: null, Pattern: not IDiscardPatternOperation } pattern:
                    yield return pattern.Pattern;
                    break;
                case ISingleValueCaseClauseOperation single:
                    yield return single.Value;
                    break;
            }
        }
    }

    private static IEnumerable<IOperation> Patterns(ISwitchExpressionOperation expression) =>
        expression.Arms.Where(a => a is { Guard: null, Pattern: not (IDiscardPatternOperation or IDeclarationPatternOperation { MatchesNull: true }) }).Select(a => a.Pattern);

    private static Meaning Matches(IOperation arm, Meaning value, Activation activation) => arm is IPatternOperation pattern
        ? Restarting.Patterns.Test(value, pattern, activation)
        : Emptiness.EqualsConstant(value, activation.Read(arm));

    private static SyntaxNode LabelOf(SyntaxNode arm) => arm switch
    {
        SwitchSectionSyntax section => section.Labels.FirstOrDefault(l => l is DefaultSwitchLabelSyntax) ?? section.Labels[0],
        SwitchExpressionArmSyntax expression => expression.Pattern,
        _ => arm,
    };
}
