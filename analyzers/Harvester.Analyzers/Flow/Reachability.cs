using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace Harvester.Analyzers.Flow;

/// <summary>Which blocks of a graph control can come to from which others, finally blocks on the way included; found once for each block asked about.</summary>
internal sealed class Reachability
{
    private static readonly ConditionalWeakTable<ControlFlowGraph, Reachability> Known = new();

    private readonly ControlFlowGraph graph;
    private readonly bool[]?[] reached;

    private Reachability(ControlFlowGraph graph)
    {
        this.graph = graph;
        reached = new bool[]?[graph.Blocks.Length];
    }

    public static Reachability Of(ControlFlowGraph graph) => Known.GetValue(graph, g => new Reachability(g));

    /// <summary>Whether control can come from the end of one block to the start of the other.</summary>
    public bool Reaches(int from, int to) => (reached[from] ??= From(from, []))[to];

    /// <summary>Whether control can come from the end of a block to the exit around others.</summary>
    public static bool LeavesWithout(ControlFlowGraph graph, int from, IEnumerable<int> others) =>
        new Reachability(graph).From(from, others)[graph.Blocks.Length - 1];

    private bool[] From(int start, IEnumerable<int> closed)
    {
        var seen = new bool[graph.Blocks.Length];
        var around = new HashSet<int>(closed);
        var open = new Stack<int>([start]);
        while (open.Count > 0)
        {
            var block = graph.Blocks[open.Pop()];
            Follow(block.FallThroughSuccessor);
            Follow(block.ConditionalSuccessor);
        }

        return seen;

        void Follow(ControlFlowBranch? branch)
        {
            if (branch is null)
            {
                return;
            }

            foreach (var region in branch.FinallyRegions)
            {
                Visit(region.FirstBlockOrdinal);
            }

            if (branch.Destination is { } destination)
            {
                Visit(destination.Ordinal);
            }
        }

        void Visit(int ordinal)
        {
            if (!seen[ordinal] && !around.Contains(ordinal))
            {
                seen[ordinal] = true;
                open.Push(ordinal);
            }
        }
    }
}
