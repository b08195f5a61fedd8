using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Harvester.Analyzers.Flow.Restarting;

/// <summary>A loop over what a look-up found, left early where one of them tells that work was started: that it came to its end tells that none did.</summary>
internal static class GuardedLoops
{
    /// <summary>What it says that such a loop goes on or ends; null if the block does not ask that.</summary>
    public static Meaning? Test(BasicBlock block, Activation activation)
    {
        if (ClientModel.ClientCall.Unwrap(block.BranchValue!) is not { } condition
            || (condition is IAwaitOperation await ? ClientModel.ClientCall.Unwrap(await.Operation) : condition) is not IInvocationOperation { TargetMethod.Name: "MoveNext" or "MoveNextAsync", Instance: { } enumerator }
            || activation.Read(enumerator).Kind != MeaningKind.Durable)
        {
            return null;
        }

        var flow = activation.Flow;
        var guard = Strength.None;
        foreach (var inside in Loop())
        {
            foreach (var exit in flow.Successors(inside).Where(e => !e.Exception && !flow.CanReach(e.To, block.Ordinal, _ => false)))
            {
                // That one of them is there leaves the loop, that it is not goes on: either says that it was asked for.
                guard = flow.Successors(exit.From).Where(e => !e.Exception).Aggregate(guard, (best, e) => Restarts.Max(best, activation.EdgeFacts(e).Guard));
            }
        }

        return Meaning.Test(Outcome.None, new(null, null, guard));

        // The blocks that lead back here, and to which this one leads.
        IEnumerable<int> Loop()
        {
            var seen = new HashSet<int>();
            var open = new Stack<int>([block.Ordinal]);
            while (open.Count > 0)
            {
                foreach (var edge in flow.Predecessors(open.Pop()))
                {
                    if (edge.From != block.Ordinal && flow.CanReach(block.Ordinal, edge.From, _ => false) && seen.Add(edge.From))
                    {
                        open.Push(edge.From);
                    }
                }
            }

            return seen;
        }
    }
}
