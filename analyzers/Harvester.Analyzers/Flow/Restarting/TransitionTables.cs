using System.Collections.Immutable;
using Harvester.Analyzers.ClientModel;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Harvester.Analyzers.Flow.Restarting;

/// <summary>
/// A state machine written as rows that each hold a test and an action, run by a loop that asks the test and then runs the action.
/// The test of a row decides about its action as an <c>if</c> would, and evidence asked for in a row above has been asked for by then.
/// </summary>
internal sealed class TransitionTables(Reconciliation reconciliation)
{
    /// <summary>What each row starts because of a missing status, its action, and the guard passed before the action runs.</summary>
    public IEnumerable<(Restart? Restart, Activation Action, Strength Guard)> Read(IOperation invoked, Activation activation)
    {
        if (ClientCall.Unwrap(Origin(invoked, activation)) is not IMemberReferenceOperation { Member: { } member, Instance: not null } || member.ContainingType is not { } row || IsTest(TypeOf(member)))
        {
            yield break;
        }

        var before = Strength.None;
        (ISymbol, SyntaxNode?) table = default;
        foreach (var (owner, creation) in reconciliation.CreationsOf(row))
        {
            var collection = (owner, creation.Syntax.FirstAncestorOrSelf<SyntaxNode>(n => n is Microsoft.CodeAnalysis.CSharp.Syntax.MemberDeclarationSyntax));
            if (collection != table)
            {
                table = collection;
                before = Strength.None;
            }

            var delegates = Delegates(creation, owner).ToList();
            var tests = delegates.Where(d => IsTest(d.Type)).Select(d => (d.Body, Facts: Emptiness.AsTest(d.Body.Returned()))).ToList();
            var own = tests.Select(t => t.Facts.WhenTrue.Guard).DefaultIfEmpty(Strength.None).Max();
            var empty = tests.FirstOrDefault(t => t.Facts.WhenTrue.Empty is not null);
            var guard = Restarts.Max(before, own);
            foreach (var action in delegates.Where(d => !IsTest(d.Type)).Select(d => d.Body))
            {
                var effects = empty.Body is null ? [] : Effects.Of(action);
                foreach (var effect in effects)
                {
                    yield return (new(empty.Facts.WhenTrue.Empty!, Condition(empty.Body!, creation), effect, Restarts.Max(guard, effect.Guard)), action, guard);
                }

                if (effects.Count == 0)
                {
                    yield return (null, action, guard);
                }
            }

            before = Restarts.Max(before, tests.Select(t => Restarts.Max(t.Facts.WhenTrue.Guard, t.Facts.WhenFalse.Guard)).DefaultIfEmpty(Strength.None).Max());
        }
    }

    private static SyntaxNode Condition(Activation test, IOperation creation) =>
        test.Graph.Blocks.Select(b => b.BranchValue?.Syntax).FirstOrDefault(s => s is not null && creation.Syntax.FullSpan.Contains(s.Span)) is { } syntax
            ? syntax.FirstAncestorOrSelf<Microsoft.CodeAnalysis.CSharp.Syntax.AnonymousFunctionExpressionSyntax>()?.Body ?? syntax
            : creation.Syntax;

    /// <summary>What is invoked, behind the temporaries of the graph.</summary>
    private static IOperation Origin(IOperation operation, Activation activation)
    {
        for (var i = 0; i < 4 && operation is IFlowCaptureReferenceOperation or ILocalReferenceOperation; i++)
        {
            var next = operation is IFlowCaptureReferenceOperation capture ? activation.Captures(capture.Id) : activation.Assigned(((ILocalReferenceOperation)operation).Local);
            operation = next.FirstOrDefault() ?? operation;
        }

        return operation;
    }

    private static ITypeSymbol? TypeOf(ISymbol member) => (member as IPropertySymbol)?.Type ?? (member as IFieldSymbol)?.Type;

    private static bool IsTest(ITypeSymbol? type) =>
        type is INamedTypeSymbol { DelegateInvokeMethod: { } invoke } && CallShape.Payload(invoke.ReturnType).SpecialType == SpecialType.System_Boolean;

    private IEnumerable<(ITypeSymbol? Type, Activation Body)> Delegates(IObjectCreationOperation creation, ISymbol owner)
    {
        var values = creation.Arguments.Select(a => (a.Parameter?.Type, a.Value))
            .Concat((creation.Initializer?.Initializers ?? ImmutableArray<IOperation>.Empty).OfType<ISimpleAssignmentOperation>().Select(a => (a.Target.Type, a.Value)));
        foreach (var (type, value) in values)
        {
            var target = ClientCall.Unwrap(value) is IDelegateCreationOperation created ? created.Target : null;
            var body = target switch
            {
                IMethodReferenceOperation method => reconciliation.ActivationOf(method.Method),
                IAnonymousFunctionOperation lambda => LambdaOf(lambda.Symbol, owner),
                _ => null,
            };
            if (body is not null)
            {
                yield return (type, body);
            }
        }
    }

    /// <summary>A lambda as the graph of the body around it knows it.</summary>
    public Activation? LambdaOf(IMethodSymbol lambda, ISymbol owner)
    {
        var home = owner switch
        {
            IMethodSymbol method => reconciliation.ActivationOf(method),
            _ => reconciliation.ActivationOfInitializer(owner),
        };
        return home is null ? null : Find(home, lambda, 0);
    }

    private static Activation? Find(Activation activation, IMethodSymbol symbol, int depth)
    {
        foreach (var inner in activation.Graph.Blocks.SelectMany(Activation.Operations).OfType<IFlowAnonymousFunctionOperation>())
        {
            if (SymbolEqualityComparer.Default.Equals(inner.Symbol, symbol))
            {
                return activation.Lambda(inner);
            }

            if (depth < Reconciliation.Depth && activation.Lambda(inner) is { } nested && Find(nested, symbol, depth + 1) is { } found)
            {
                return found;
            }
        }

        return null;
    }
}
