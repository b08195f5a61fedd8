using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Harvester.Analyzers.Flow.Objects;

/// <content>
/// Calls with an error in them. Code is seen while it is typed, and without all that it needs: the rest of a call still tells what it
/// reads or sends.
/// </content>
internal sealed partial class MethodFlow
{
    private ImmutableHashSet<Value> InvokeUnbound(IInvalidOperation unbound, Frame frame, FlowState state)
    {
        var values = new Dictionary<IOperation, ImmutableHashSet<Value>>();
        foreach (var child in unbound.ChildOperations)
        {
            values[child] = Evaluate(child, frame, state);
        }

        if (symbols.Resolve(unbound, cancellationToken) is { } call)
        {
            return CallClient(call, frame, state, [.. call.Arguments.Select(a => values[a.Value])]);
        }

        var handed = values.Values.Aggregate(FlowState.Nothing, (all, some) => all.Union(some));
        if (IsNamedAsCopy(SimpleNameOf((InvocationExpressionSyntax)unbound.Syntax)))
        {
            return CopyOf(handed, unbound, null, frame, state);
        }

        // Labels that go to a call are most often changed there.
        Escape(handed.Where(v => v.IsPart).ToImmutableHashSet(), state);
        return FlowState.Nothing;
    }

    private static string SimpleNameOf(InvocationExpressionSyntax call) => call.Expression switch
    {
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        SimpleNameSyntax name => name.Identifier.ValueText,
        _ => "",
    };
}
