using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Harvester.Analyzers.Flow.Restarting;

/// <summary>One way from a block to another.</summary>
internal sealed record Edge(int From, int To, bool Conditional, bool Exception)
{
    /// <summary>The last block of the region that an exception leaves; the first one is where the edge begins.</summary>
    public int LastOfTry { get; init; } = -1;

    /// <summary>From the end of a <c>finally</c> to where its <c>try</c> was left for: for order alone, the way there is an edge of its own.</summary>
    public bool AfterFinally { get; init; }
}

/// <summary>
/// Successors, post-dominators and control dependence of one graph. An exception leads from the first block of a <c>try</c> to its
/// handlers: one edge is enough to know what a handler depends on, and it leaves the order inside the <c>try</c> as written.
/// </summary>
internal sealed class FlowGraph
{
    private readonly int exit;
    private readonly List<Edge>[] successors;
    private readonly List<Edge>[] predecessors;
    private readonly List<Edge>[] dependences;
    private readonly int[] postDominator;
    private readonly bool[]?[] deciders;

    // The post-dominator tree walked depth first: a block stands above another if its span holds the other's.
    private readonly (int Enter, int Leave)[] spans;

    public FlowGraph(ControlFlowGraph graph)
    {
        var count = graph.Blocks.Length;
        exit = count - 1;
        successors = Lists(count);
        dependences = Lists(count);
        deciders = new bool[]?[count];
        foreach (var block in graph.Blocks)
        {
            Add(block, block.ConditionalSuccessor, conditional: true);
            Add(block, block.FallThroughSuccessor, conditional: false);
        }

        AddHandlers(graph.Root);
        LeaveFinally(graph);
        predecessors = Predecessors();
        if (LeaveEndlessLoops())
        {
            predecessors = Predecessors();
        }

        postDominator = PostDominators();
        spans = Spans();
        foreach (var edge in successors.SelectMany(s => s).Where(e => successors[e.From].Count > 1))
        {
            for (var block = edge.To; block != -1 && block != postDominator[edge.From]; block = postDominator[block])
            {
                dependences[block].Add(edge);
            }
        }
    }

    public IReadOnlyList<Edge> Successors(int block) => successors[block];

    public IReadOnlyList<Edge> Predecessors(int block) => predecessors[block];

    /// <summary>The edges that decide whether the block runs.</summary>
    public IReadOnlyList<Edge> Dependences(int block) => dependences[block];

    /// <summary>Whether every way from one block to the end passes the other.</summary>
    public bool PostDominates(int block, int from) => spans[block].Enter <= spans[from].Enter && spans[from].Leave <= spans[block].Leave;

    /// <summary>For each block, whether one of its edges decides, directly or through another decision, that this block runs.</summary>
    public bool[] Deciders(int block)
    {
        if (deciders[block] is not { } found)
        {
            deciders[block] = found = new bool[successors.Length];
            var open = new Stack<int>([block]);
            while (open.Count > 0)
            {
                foreach (var edge in dependences[open.Pop()])
                {
                    if (!found[edge.From])
                    {
                        found[edge.From] = true;
                        open.Push(edge.From);
                    }
                }
            }
        }

        return found;
    }

    /// <summary>The edges that leave those blocks, in their order.</summary>
    public IEnumerable<Edge> DecidingEdges(int block)
    {
        var found = Deciders(block);
        for (var from = 0; from < found.Length; from++)
        {
            for (var i = 0; found[from] && i < successors[from].Count; i++)
            {
                yield return successors[from][i];
            }
        }
    }

    /// <summary>Whether the block runs because the edge was taken: not so if it runs whenever the other way is taken, too.</summary>
    public bool DependsOn(int block, Edge edge)
    {
        var others = successors[edge.From].Where(e => e != edge && !e.Exception).Select(e => e.To).ToList();
        var seen = new HashSet<int>();
        var open = new Stack<int>([block]);
        while (open.Count > 0)
        {
            var current = open.Pop();
            if (!seen.Add(current) || others.Any(o => PostDominates(current, o)))
            {
                continue;
            }

            foreach (var dependence in dependences[current])
            {
                if (dependence == edge)
                {
                    return true;
                }

                if (dependence.From != edge.From)
                {
                    open.Push(dependence.From);
                }
            }
        }

        return false;
    }

    /// <summary>Whether control can come from one block to another without taking a barred edge.</summary>
    public bool CanReach(int from, int to, Func<Edge, bool> barred)
    {
        var seen = new bool[successors.Length];
        var open = new Stack<int>([from]);
        seen[from] = true;
        while (open.Count > 0 && !seen[to])
        {
            foreach (var edge in successors[open.Pop()])
            {
                if (!seen[edge.To] && !barred(edge))
                {
                    seen[edge.To] = true;
                    open.Push(edge.To);
                }
            }
        }

        return seen[to];
    }

    private static List<Edge>[] Lists(int count) => [.. Enumerable.Range(0, count).Select(_ => new List<Edge>())];

    private void Add(BasicBlock block, ControlFlowBranch? branch, bool conditional)
    {
        if (branch is not null and not { Semantics: ControlFlowBranchSemantics.StructuredExceptionHandling, Destination: null }
            && !(block.ConditionalSuccessor is not null && IsNeverTaken(block, conditional)))
        {
            successors[block.Ordinal].Add(new(block.Ordinal, branch.Destination?.Ordinal ?? exit, conditional, Exception: false));
        }
    }

    /// <summary>The arm for everything else takes everything else: the graph has a way past it all the same.</summary>
    private static bool IsNeverTaken(BasicBlock block, bool conditional) =>
        block.BranchValue is IIsPatternOperation { Pattern: IDiscardPatternOperation or IDeclarationPatternOperation { MatchesNull: true } }
        && conditional != (block.ConditionKind == ControlFlowConditionKind.WhenTrue);

    private void AddHandlers(ControlFlowRegion region)
    {
        if (region.Kind is ControlFlowRegionKind.TryAndCatch or ControlFlowRegionKind.TryAndFinally)
        {
            foreach (var handler in region.NestedRegions.Skip(1))
            {
                successors[region.FirstBlockOrdinal].Add(new(region.FirstBlockOrdinal, handler.FirstBlockOrdinal, Conditional: false, Exception: true) { LastOfTry = region.NestedRegions[0].LastBlockOrdinal });
            }
        }

        foreach (var nested in region.NestedRegions)
        {
            AddHandlers(nested);
        }
    }

    /// <summary>After a <c>finally</c> it goes on where the <c>try</c> was left for: that an exception may pass it, too, decides nothing.</summary>
    private void LeaveFinally(ControlFlowGraph graph)
    {
        foreach (var branch in graph.Blocks.SelectMany(b => new[] { b.ConditionalSuccessor, b.FallThroughSuccessor }))
        {
            foreach (var last in branch?.FinallyRegions.Select(r => r.LastBlockOrdinal) ?? [])
            {
                var to = branch!.Destination?.Ordinal ?? exit;
                if (!successors[last].Any(e => e.To == to))
                {
                    successors[last].Add(new(last, to, Conditional: false, Exception: false) { AfterFinally = true });
                }
            }
        }
    }

    /// <summary>A loop without an end still needs a way out, or nothing in it would depend on anything.</summary>
    private bool LeaveEndlessLoops()
    {
        var ends = new HashSet<int> { exit };
        var open = new Stack<int>([exit]);
        while (open.Count > 0)
        {
            foreach (var edge in predecessors[open.Pop()])
            {
                if (ends.Add(edge.From))
                {
                    open.Push(edge.From);
                }
            }
        }

        var left = false;
        for (var block = 0; block < successors.Length; block++)
        {
            if (!ends.Contains(block) && (successors[block].Count == 0 || successors[block].Any(e => e.To <= block)))
            {
                successors[block].Add(new(block, exit, Conditional: false, Exception: true));
                left = true;
            }
        }

        return left;
    }

    private List<Edge>[] Predecessors()
    {
        var found = Lists(successors.Length);
        foreach (var edge in successors.SelectMany(s => s))
        {
            found[edge.To].Add(edge);
        }

        return found;
    }

    private (int, int)[] Spans()
    {
        var children = new List<int>?[successors.Length];
        var roots = new Stack<(int Block, bool Leaving)>();
        for (var block = 0; block < successors.Length; block++)
        {
            if (postDominator[block] is >= 0 and var parent)
            {
                (children[parent] ??= []).Add(block);
            }
            else
            {
                roots.Push((block, false));
            }
        }

        var found = new (int Enter, int Leave)[successors.Length];
        for (var clock = 0; roots.Count > 0; clock++)
        {
            var (block, leaving) = roots.Pop();
            if (leaving)
            {
                found[block].Leave = clock;
                continue;
            }

            found[block].Enter = clock;
            roots.Push((block, true));
            foreach (var child in children[block] ?? [])
            {
                roots.Push((child, false));
            }
        }

        return found;
    }

    /// <summary>Immediate post-dominators, by the iteration of Cooper, Harvey and Kennedy on the reversed graph; -1 where there is none.</summary>
    private int[] PostDominators()
    {
        var order = new int[successors.Length];
        var backwards = new List<int>();
        var seen = new HashSet<int> { exit };
        var open = new Stack<(int Block, int Next)>([(exit, 0)]);
        while (open.Count > 0)
        {
            var (block, next) = open.Pop();
            if (next < predecessors[block].Count)
            {
                open.Push((block, next + 1));
                if (seen.Add(predecessors[block][next].From))
                {
                    open.Push((predecessors[block][next].From, 0));
                }
            }
            else
            {
                order[block] = backwards.Count;
                backwards.Add(block);
            }
        }

        backwards.Reverse();
        int[] found = [.. Enumerable.Repeat(-1, successors.Length)];
        found[exit] = exit;
        for (var changed = true; changed;)
        {
            changed = false;
            foreach (var block in backwards.Skip(1))
            {
                var candidate = -1;
                foreach (var edge in successors[block])
                {
                    if (found[edge.To] != -1)
                    {
                        candidate = candidate == -1 ? edge.To : Meet(candidate, edge.To);
                    }
                }

                if (found[block] != candidate)
                {
                    found[block] = candidate;
                    changed = true;
                }
            }
        }

        found[exit] = -1;
        return found;

        int Meet(int left, int right)
        {
            while (left != right)
            {
                while (order[left] < order[right])
                {
                    left = found[left];
                }

                while (order[right] < order[left])
                {
                    right = found[right];
                }
            }

            return left;
        }
    }
}
