using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Harvester.Analyzers.ClientModel;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Harvester.Analyzers.Flow.Objects;

/// <summary>
/// Runs one method: a forward pass over its control flow graph until the facts no longer grow, then one more that records the writes.
/// Methods of the compilation that are handed tracked objects are entered, four deep.
/// </summary>
internal sealed partial class MethodFlow
{
    private const int MaxVisitsOfBlock = 8;
    private const int MaxBlocks = 6000;
    private const int MaxCalls = 4;

    private static readonly ConditionalWeakTable<MethodBodies, ConcurrentDictionary<ControlFlowGraph, IReadOnlyList<Write>?>> AllFound = new();

    private readonly MethodBodies bodies;
    private readonly KubernetesSymbols symbols;
    private readonly CancellationToken cancellationToken;
    private readonly Dictionary<(Frame, object, string), int> ids = [];
    private readonly Dictionary<(Frame, object), Frame> frames = [];
    private readonly Dictionary<Frame, FlowState> entryStates = [];
    private readonly Dictionary<Frame, Solution> solved = [];
    private readonly List<Write> writes = [];
    private readonly List<PathStep> path = [];
    private readonly Slots slots = new();
    private readonly List<(object Index, int Item)> indexed = [];
    private bool recording;
    private int blocksRun;

    private MethodFlow(MethodBodies bodies, CancellationToken cancellationToken)
    {
        this.bodies = bodies;
        symbols = bodies.Symbols;
        this.cancellationToken = cancellationToken;
    }

    /// <summary>The writes of a method; null when a bound was hit and nothing is claimed. Whoever asks again gets what was found.</summary>
    public static IReadOnlyList<Write>? WritesOf(ControlFlowGraph graph, IMethodSymbol? method, MethodBodies bodies, CancellationToken cancellationToken) =>
        AllFound.GetOrCreateValue(bodies).GetOrAdd(graph, _ => Find(graph, method, bodies, cancellationToken));

    private static IReadOnlyList<Write>? Find(ControlFlowGraph graph, IMethodSymbol? method, MethodBodies bodies, CancellationToken cancellationToken)
    {
        var flow = new MethodFlow(bodies, cancellationToken);
        var frame = new Frame(graph, method, parent: null, enteredBy: null);
        var state = new FlowState(flow.slots);
        if (method is not null)
        {
            flow.BindAsHandedIn(method, frame, state, Origin.Parameter);
        }

        flow.recording = true;
        try
        {
            flow.Run(frame, state);
            flow.RunUncalled();
        }
        catch (InsufficientExecutionStackException)
        {
            // An expression nested thousands deep: one more bound.
            return null;
        }

        return flow.blocksRun > MaxBlocks ? null : flow.writes;
    }

    /// <summary>Runs a body from the state given; returns the state at its end and the values it returns.</summary>
    private (FlowState Exit, ImmutableHashSet<Value> Returned) Run(Frame frame, FlowState entry)
    {
        if (!solved.TryGetValue(frame, out var solution) || !solution.Entry.IsSameAs(entry))
        {
            var record = recording;
            recording = false;
            solution = Solve(frame, entry);
            solved[frame] = solution;
            recording = record;
        }

        if (recording)
        {
            foreach (var block in frame.Graph.Blocks)
            {
                if (solution.States[block.Ordinal] is { } arriving && blocksRun <= MaxBlocks)
                {
                    var state = arriving.Clone();
                    path.Add(new PathStep(frame, block.Ordinal));
                    foreach (var operation in block.Operations)
                    {
                        Evaluate(operation, frame, state);
                    }

                    Evaluate(block.BranchValue, frame, state);
                    path.RemoveAt(path.Count - 1);
                }
            }
        }

        return (solution.Exit, solution.Returned);
    }

    /// <summary>Visits blocks until no state grows any more.</summary>
    private Solution Solve(Frame frame, FlowState entry)
    {
        var blocks = frame.Graph.Blocks;
        var states = new FlowState?[blocks.Length];
        var visits = new int[blocks.Length];
        var returned = FlowState.Nothing;
        states[0] = entry.Clone();
        var pending = new SortedSet<int> { 0 };
        while (pending.Count > 0 && blocksRun <= MaxBlocks)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var next = pending.Min;
            pending.Remove(next);
            if (visits[next]++ < MaxVisitsOfBlock)
            {
                returned = returned.Union(RunBlock(frame, blocks[next], states, pending));
            }
        }

        return new Solution(entry.Clone(), states, states[blocks.Length - 1] ?? entry, returned);
    }

    /// <summary>Runs one block and hands its state on; returns what it returns to the caller of the method.</summary>
    private ImmutableHashSet<Value> RunBlock(Frame frame, BasicBlock block, FlowState?[] states, SortedSet<int> pending)
    {
        blocksRun++;
        var state = states[block.Ordinal]!.Clone();
        var thrown = IsInTry(block.EnclosingRegion) ? state.Clone() : null;
        foreach (var operation in block.Operations)
        {
            Evaluate(operation, frame, state);
            thrown?.JoinWith(state);
        }

        var returned = FlowState.Nothing;
        if (block.BranchValue is { } value)
        {
            returned = Evaluate(value, frame, state);
            thrown?.JoinWith(state);
        }

        Follow(block.FallThroughSuccessor);
        Follow(block.ConditionalSuccessor);
        if (thrown is not null)
        {
            // What was changed in a try is written in it, too, or is given up with it: it does not wait for the writes behind the catch.
            thrown.MarkSent(_ => true, Touched.Spec | Touched.Metadata);
            foreach (var handler in HandlersOf(block.EnclosingRegion))
            {
                Enter(handler, thrown);
            }
        }

        return block.FallThroughSuccessor?.Semantics == ControlFlowBranchSemantics.Return ? returned : FlowState.Nothing;

        void Follow(ControlFlowBranch? branch)
        {
            if (branch is null)
            {
                return;
            }

            var arriving = state;
            foreach (var region in branch.FinallyRegions)
            {
                Enter(region.FirstBlockOrdinal, arriving);
                arriving = Through(region, arriving, frame);
            }

            if (branch.Destination is { } destination)
            {
                Enter(destination.Ordinal, arriving);
            }
        }

        void Enter(int ordinal, FlowState arriving)
        {
            if (states[ordinal] is not { } known)
            {
                states[ordinal] = arriving.Clone();
                pending.Add(ordinal);
            }
            else if (known.JoinWith(arriving))
            {
                pending.Add(ordinal);
            }
        }
    }

    /// <summary>The state behind a finally that is left as it was entered: by no exception.</summary>
    private FlowState Through(ControlFlowRegion region, FlowState entry, Frame frame)
    {
        var states = new SortedDictionary<int, FlowState> { [region.FirstBlockOrdinal] = entry.Clone() };
        var pending = new SortedSet<int> { region.FirstBlockOrdinal };
        FlowState? exit = null;
        for (var left = MaxVisitsOfBlock * (region.LastBlockOrdinal - region.FirstBlockOrdinal + 1); pending.Count > 0 && left > 0 && blocksRun++ <= MaxBlocks; left--)
        {
            var ordinal = pending.Min;
            pending.Remove(ordinal);
            var block = frame.Graph.Blocks[ordinal];
            var state = states[ordinal].Clone();
            foreach (var operation in block.Operations)
            {
                Evaluate(operation, frame, state);
            }

            Evaluate(block.BranchValue, frame, state);
            foreach (var branch in new[] { block.FallThroughSuccessor, block.ConditionalSuccessor })
            {
                if (branch is { Semantics: ControlFlowBranchSemantics.StructuredExceptionHandling })
                {
                    exit = Joined(exit, state);
                }
                else if (branch?.Destination is { } destination && destination.Ordinal >= region.FirstBlockOrdinal && destination.Ordinal <= region.LastBlockOrdinal)
                {
                    var known = states.TryGetValue(destination.Ordinal, out var before) ? before : null;
                    if (known is null || known.JoinWith(state))
                    {
                        states[destination.Ordinal] = known ?? state.Clone();
                        pending.Add(destination.Ordinal);
                    }
                }
            }
        }

        return exit ?? entry;

        static FlowState Joined(FlowState? known, FlowState also)
        {
            if (known is null)
            {
                return also.Clone();
            }

            known.JoinWith(also);
            return known;
        }
    }

    private static bool IsInTry(ControlFlowRegion? region)
    {
        for (; region is { Kind: not ControlFlowRegionKind.Root }; region = region.EnclosingRegion)
        {
            if (region.Kind == ControlFlowRegionKind.Try)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Where an exception in a region may go: every catch, filter and finally around it. The regions of a lambda hang in those of its
    /// method, whose blocks are not its own: the root is the end.
    /// </summary>
    private static IEnumerable<int> HandlersOf(ControlFlowRegion? region)
    {
        for (; region is { Kind: not ControlFlowRegionKind.Root }; region = region.EnclosingRegion)
        {
            if (region.Kind == ControlFlowRegionKind.Try && region.EnclosingRegion is { } both)
            {
                foreach (var handler in both.NestedRegions)
                {
                    if (!ReferenceEquals(handler, region))
                    {
                        yield return handler.FirstBlockOrdinal;
                    }
                }
            }
        }
    }

    /// <summary>The parameters of a body that nobody the analysis sees calls.</summary>
    private void BindAsHandedIn(IMethodSymbol method, Frame frame, FlowState state, Origin origin)
    {
        foreach (var parameter in method.Parameters)
        {
            if (parameter.RefKind != RefKind.Out)
            {
                state.Store(parameter, HandedIn(parameter, CallShape.Payload(parameter.Type), frame, state, origin));
            }
        }

        if (!method.IsStatic && symbols.IsKubernetesObject(method.ContainingType))
        {
            state.Store(new ThisKey(frame), New(frame, method, state, new Facts(Origin.Parameter, method.ContainingType)));
        }
    }

    private ImmutableHashSet<Value> HandedIn(object site, ITypeSymbol type, Frame frame, FlowState state, Origin origin)
    {
        if (symbols.IsKubernetesObject(type))
        {
            return New(frame, site, state, new Facts(origin, type));
        }

        if (IsJsonType(type))
        {
            return New(frame, site, state, new Facts(origin, null) { IsJson = true });
        }

        return ElementOf(type) is { } element
            ? New(frame, site, state, new Facts(Origin.ListItem, element), Part.Items)
            : FlowState.Nothing;
    }

    private ImmutableHashSet<Value> New(Frame frame, object site, FlowState state, Facts facts, Part part = Part.Whole)
    {
        var key = (frame, site, part.ToString());
        if (!ids.TryGetValue(key, out var id))
        {
            id = ids.Count;
            ids.Add(key, id);
        }

        state.Define(id, facts.Type is ITypeParameterSymbol ? facts with { Type = frame.TypeIn(facts.Type) } : facts);
        return ImmutableHashSet.Create(new Value(id, part));
    }

    private bool IsJsonType(ITypeSymbol? type) =>
        type is not null
        && (SymbolEqualityComparer.Default.Equals(type, symbols.JsonNode) || SymbolEqualityComparer.Default.Equals(type, symbols.JsonObject));

    /// <summary>The type of the objects in a list kind or a sequence of objects.</summary>
    private ITypeSymbol? ElementOf(ITypeSymbol type)
    {
        var element = KubernetesSymbols.ElementOfList(type) ?? CallShape.ElementOfSequence(type);
        return symbols.IsKubernetesObject(element) ? element : null;
    }

    /// <summary>A body run to its end from one entry state.</summary>
    private sealed record Solution(FlowState Entry, FlowState?[] States, FlowState Exit, ImmutableHashSet<Value> Returned);
}
