using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Harvester.Analyzers.Flow.Restarting;

/// <summary>
/// A missing member gets a name before it is asked for: from then on that name means "missing". The name is given by an assignment, or by
/// a patch of the status that is built from an expression and a constant.
/// </summary>
internal sealed class StatusNames(Reconciliation reconciliation)
{
    public void Learn(IOperation operation, IReadOnlyList<Cause> causes, Activation activation)
    {
        if (causes.Count == 0 || Named(operation, activation) is not { } named || named.Constant is "" || Emptiness.IsZero(named.Constant))
        {
            return;
        }

        var cause = causes.LastOrDefault(c => c.Part.Kind == StatusPartKind.Status || c.Part.Name.EndsWith("." + named.Member, StringComparison.Ordinal));
        if (cause is null)
        {
            return;
        }

        if (!reconciliation.Stands.TryGetValue(named.Member, out var stands))
        {
            reconciliation.Stands[named.Member] = stands = [];
        }

        var stand = new Stand(named.Constant, IsNullTestOfAssignment(cause) ? null : cause.Condition.Syntax);
        if (!stands.Contains(stand))
        {
            stands.Add(stand);
        }
    }

    private (string Member, object Constant)? Named(IOperation operation, Activation activation)
    {
        switch (operation)
        {
            case ISimpleAssignmentOperation { Target: { } target, Value.ConstantValue: { HasValue: true, Value: { } constant } }
                when activation.Behind(target) is IPropertyReferenceOperation { Property: { } member } && IsOfStatus(member):
                return (member.Name, constant);
            case IInvocationOperation or IInvalidOperation when operation.Syntax is InvocationExpressionSyntax { ArgumentList.Arguments: { Count: 2 or 3 } arguments }:
                var selected = arguments.Select(a => Selected(a.Expression)).FirstOrDefault(name => name is not null);
                if (selected is null)
                {
                    return null;
                }

                var model = reconciliation.Symbols.ModelOf(operation.Syntax.SyntaxTree);
                var constants = arguments.Select(a => a.Expression is LambdaExpressionSyntax ? default : model.GetConstantValue(a.Expression, reconciliation.Cancellation)).Where(c => c is { HasValue: true, Value: not null }).ToList();
                return constants.Count == 1 ? (selected, constants[0].Value!) : null;
            default:
                return null;
        }
    }

    /// <summary>The member of the status that <c>x => x.Status.Phase</c> selects; by its path alone, for what <c>x</c> is may not bind.</summary>
    private string? Selected(ExpressionSyntax argument) =>
        argument is LambdaExpressionSyntax { ExpressionBody: MemberAccessExpressionSyntax { Name.Identifier.Text: { } name, Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "Status" } } }
            && reconciliation.StatusType?.GetMembers(name).Any(m => m is IPropertySymbol) == true
            ? name
            : null;

    private bool IsOfStatus(IPropertySymbol member) => SymbolEqualityComparer.Default.Equals(member.ContainingType, reconciliation.StatusType);

    /// <summary><c>u.Status ??= ...</c> tests nothing that decides about work.</summary>
    private static bool IsNullTestOfAssignment(Cause cause) =>
        cause.Condition.Syntax.FirstAncestorOrSelf<AssignmentExpressionSyntax>() is not null;
}
