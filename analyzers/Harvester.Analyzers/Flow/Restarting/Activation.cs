using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Harvester.Analyzers.Flow.Restarting;

/// <summary>An emptiness test that decides whether a block runs, and the best guard on the way.</summary>
internal sealed record Cause(StatusPart Part, IOperation Condition, Strength Guard)
{
    /// <summary>The way taken when the part is missing.</summary>
    public Edge? Way { get; init; }
}

/// <summary>One method, lambda or local function as it runs for certain arguments: where its variables get values, and what its blocks depend on.</summary>
internal sealed partial class Activation
{
    /// <summary>A value that leads through more values than this is not worth the stack it takes.</summary>
    private const int MaxNesting = 120;

    private readonly Dictionary<ISymbol, List<Source>> locals;
    private readonly Dictionary<CaptureId, List<Source>> captures = [];
    private readonly Dictionary<IOperation, Meaning> values = [];
    private readonly Dictionary<Edge, Outcome> edges = [];
    private readonly Dictionary<int, IReadOnlyList<Cause>> causes = [];
    private readonly Dictionary<int, Strength> guards = [];
    private readonly Dictionary<ISymbol, Activation?> nested = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, ILookup<int, Source>> ownSources = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<CaptureId, List<ISimpleAssignmentOperation>> initialized = [];
    private HashSet<ISymbol>? invoked;
    private readonly Lazy<FlowGraph> flow;

    /// <summary>Where the user's own guards are called, by block.</summary>
    private readonly Dictionary<int, List<int>> declared = [];
    private Dictionary<IOperation, int>? blocks;
    private Meaning? returned;

    public Activation(Reconciliation reconciliation, IMethodSymbol method, ControlFlowGraph graph, Activation? parent, int depth)
    {
        Reconciliation = reconciliation;
        Method = method;
        Graph = graph;
        Parent = parent;
        Depth = depth;
        flow = new(() => new FlowGraph(graph));
        locals = parent?.locals ?? new(SymbolEqualityComparer.Default);
        foreach (var block in graph.Blocks.Where(b => b.IsReachable || b.EnclosingRegion.Kind != ControlFlowRegionKind.Root))
        {
            foreach (var operation in Operations(block))
            {
                Collect(block, operation);
            }
        }
    }

    public Reconciliation Reconciliation { get; }

    public IMethodSymbol Method { get; }

    public ControlFlowGraph Graph { get; }

    public Activation? Parent { get; }

    public int Depth { get; }

    public string Key { get; init; } = "";

    public IReadOnlyDictionary<IParameterSymbol, Meaning> Arguments { get; init; } = new Dictionary<IParameterSymbol, Meaning>(SymbolEqualityComparer.Default);

    public IReadOnlyDictionary<ITypeParameterSymbol, ITypeSymbol> Types { get; init; } = new Dictionary<ITypeParameterSymbol, ITypeSymbol>(SymbolEqualityComparer.Default);

    public Meaning Self { get; init; } = Meaning.Unknown;

    public FlowGraph Flow => flow.Value;

    /// <summary>Effects the method may have, found once by <see cref="Effects"/>.</summary>
    public IReadOnlyList<Effect>? KnownEffects { get; set; }

    public static IEnumerable<IOperation> Operations(BasicBlock block)
    {
        foreach (var operation in block.Operations)
        {
            foreach (var inner in operation.DescendantsAndSelf())
            {
                yield return inner;
            }
        }

        if (block.BranchValue is { } branch)
        {
            foreach (var inner in branch.DescendantsAndSelf())
            {
                yield return inner;
            }
        }
    }

    public ITypeSymbol Substitute(ITypeSymbol type)
    {
        if (type is not ITypeParameterSymbol parameter)
        {
            return type;
        }

        return Types.TryGetValue(parameter, out var known) ? known : Parent?.Substitute(type) ?? type;
    }

    public Meaning Read(IOperation operation)
    {
        if (values.TryGetValue(operation, out var value))
        {
            return value;
        }

        if (Reconciliation.Nesting >= MaxNesting)
        {
            return Meaning.Unknown;
        }

        Reconciliation.Nesting++;
        values[operation] = Meaning.Unknown; // what depends on itself is not known
        values[operation] = value = Emptiness.Read(operation, this);
        Reconciliation.Nesting--;
        return value;
    }

    private int? BlockOf(IOperation operation)
    {
        if (blocks is null)
        {
            blocks = [];
            foreach (var block in Graph.Blocks)
            {
                foreach (var inner in Operations(block))
                {
                    blocks[inner] = block.Ordinal;
                }
            }
        }

        return blocks.TryGetValue(operation, out var ordinal) ? ordinal : null;
    }

    public Meaning Parameter(IParameterSymbol parameter)
    {
        for (var activation = this; activation is not null; activation = activation.Parent)
        {
            if (activation.Arguments.TryGetValue(parameter.OriginalDefinition, out var value))
            {
                return value;
            }
        }

        return Meaning.Unknown;
    }

    /// <summary>What the method returns; for a task, what is in it.</summary>
    public Meaning Returned()
    {
        if (returned is null)
        {
            returned = Meaning.Unknown;
            returned = Source.Join([.. Graph.Blocks
                .Where(b => b.BranchValue is not null && b.FallThroughSuccessor?.Semantics == ControlFlowBranchSemantics.Return)
                .Select(b => new Source(this, b, b.BranchValue!, activation => activation.Read(b.BranchValue!)))]);
        }

        return returned;
    }

    /// <summary>The activation of a lambda or local function of this one.</summary>
    public Activation? Nested(ISymbol symbol, Func<ControlFlowGraph> graph, IMethodSymbol method, IReadOnlyDictionary<IParameterSymbol, Meaning>? arguments = null)
    {
        if (!nested.TryGetValue(symbol, out var activation))
        {
            nested[symbol] = activation = new Activation(Reconciliation, method, graph(), this, Depth)
            {
                Key = Key + ">" + nested.Count,
                Arguments = arguments ?? new Dictionary<IParameterSymbol, Meaning>(SymbolEqualityComparer.Default),
                Self = Self,
            };
        }

        return activation;
    }

    public Activation? Lambda(IFlowAnonymousFunctionOperation lambda) =>
        Nested(lambda.Symbol, () => Graph.GetAnonymousFunctionControlFlowGraph(lambda, Reconciliation.Cancellation), lambda.Symbol);

    public Activation? LocalFunction(IMethodSymbol function, IReadOnlyDictionary<IParameterSymbol, Meaning> arguments)
    {
        for (var activation = this; activation is not null; activation = activation.Parent)
        {
            if (activation.Graph.LocalFunctions.Contains(function.OriginalDefinition))
            {
                var owner = activation;
                return owner.Nested(function.OriginalDefinition, () => owner.Graph.GetLocalFunctionControlFlowGraph(function.OriginalDefinition, Reconciliation.Cancellation), function.OriginalDefinition, arguments);
            }
        }

        return null;
    }

    /// <summary>What is known once an edge is taken.</summary>
    public Outcome EdgeFacts(Edge edge)
    {
        if (!edges.TryGetValue(edge, out var facts))
        {
            edges[edge] = Outcome.None;
            edges[edge] = facts = Judge(edge);
        }

        return facts;
    }

    /// <summary>The emptiness tests a block runs because of.</summary>
    public IReadOnlyList<Cause> Causes(int block)
    {
        if (!causes.TryGetValue(block, out var found))
        {
            causes[block] = [];

            // Only what can decide about the block is read: a flag set here may be tested further down, and would then depend on itself.
            var deciding = Flow.DecidingEdges(block).ToList();
            causes[block] = found = [.. deciding
                .Where(e => EdgeFacts(e).Empty is { } part && Flow.DependsOn(block, e) && !deciding.Any(s => part.Equals(EdgeFacts(s).Met) && Flow.DependsOn(block, s)))
                .Select(e => new Cause(EdgeFacts(e).Empty!, Graph.Blocks[e.From].BranchValue!, GuardOn(block, e)) { Way = e })];
        }

        return found;
    }

    /// <summary>The best guard that every way to a block passes.</summary>
    public Strength Guard(int block)
    {
        if (!guards.TryGetValue(block, out var guard))
        {
            guards[block] = Strength.None;
            guards[block] = guard = GuardOn(block, via: null);
        }

        return guard;
    }

    /// <summary>The best guard that every way to an operation passes.</summary>
    public Strength Guard(IOperation operation, int block) =>
        declared.TryGetValue(block, out var calls) && calls.Any(c => c < operation.Syntax.SpanStart) ? Strength.Strong : Guard(block);

    private Strength GuardOn(int block, Edge? via)
    {
        var deciders = Flow.Deciders(block);
        var best = Flow.DecidingEdges(block).Select(e => EdgeFacts(e).Guard).DefaultIfEmpty(Strength.None).Max();
        if (best == Strength.None && declared.Count == 0)
        {
            return Graph.Blocks[via?.From ?? block].IsReachable ? Strength.None : Strength.Strong;
        }

        return Passes(Strength.Accepted) ? Strength.None : Passes(Strength.Strong) ? Strength.Accepted : Strength.Strong;

        bool Passes(Strength level)
        {
            bool Barred(Edge edge) => edge.AfterFinally || (deciders[edge.From] && EdgeFacts(edge).Guard >= level) || declared.ContainsKey(edge.From);
            return via is null ? Flow.CanReach(0, block, Barred) : Flow.CanReach(0, via.From, Barred) && !Barred(via) && Flow.CanReach(via.To, block, Barred);
        }
    }

    private Outcome Judge(Edge edge)
    {
        var block = Graph.Blocks[edge.From];
        if (edge.Exception)
        {
            // A look-up that fails says that there is nothing, as "not found" does.
            return LooksUp(block.EnclosingRegion, edge.To) ? new(null, null, Strength.Strong) : Outcome.None;
        }

        if (block.ConditionalSuccessor is null || block.BranchValue is not { } condition)
        {
            return Outcome.None;
        }

        var test = Emptiness.AsTest(GuardedLoops.Test(block, this) ?? Read(condition));
        return edge.Conditional == (block.ConditionKind == ControlFlowConditionKind.WhenTrue) ? test.WhenTrue : test.WhenFalse;
    }

    private bool LooksUp(ControlFlowRegion? region, int handler)
    {
        while (region is not null && (region.Kind != ControlFlowRegionKind.Try || region.EnclosingRegion!.LastBlockOrdinal < handler))
        {
            region = region.EnclosingRegion;
        }

        return region is not null && Graph.Blocks
            .Where(b => b.Ordinal >= region.FirstBlockOrdinal && b.Ordinal <= region.LastBlockOrdinal)
            .SelectMany(Operations)
            .OfType<IInvocationOperation>()
            .Any(i => Read(i) is { Kind: MeaningKind.Durable, IsLookUp: true });
    }
}
