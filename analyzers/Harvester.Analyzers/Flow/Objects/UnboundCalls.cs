using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
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

        return symbols.Resolve(unbound, cancellationToken) is { } call
            ? CallClient(call, frame, state, [.. call.Arguments.Select(a => values[a.Value])])
            : FlowState.Nothing;
    }
}
