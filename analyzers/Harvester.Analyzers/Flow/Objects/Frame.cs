using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Harvester.Analyzers.Flow.Objects;

/// <summary>One body under analysis: the method itself, a lambda or local function in it, or a method it calls.</summary>
internal sealed class Frame
{
    private readonly Dictionary<CaptureId, ImmutableArray<IOperation>> captured = [];
    private readonly TypeArguments? types;

    public Frame(ControlFlowGraph graph, IMethodSymbol? method, Frame? parent, IInvocationOperation? enteredBy, TypeArguments? types = null)
    {
        this.types = types;
        Graph = graph;
        Method = method;
        Parent = parent;
        Entry = enteredBy ?? parent?.Entry;
        Calls = (parent?.Calls ?? 0) + (enteredBy is null ? 0 : 1);
        IsStatusWriter = parent is { IsStatusWriter: true } || HasAttribute(method, "StatusWriter");
        foreach (var block in graph.Blocks)
        {
            foreach (var operation in block.Operations)
            {
                Collect(operation);
            }
        }
    }

    public ControlFlowGraph Graph { get; }

    public IMethodSymbol? Method { get; }

    public Frame? Parent { get; }

    /// <summary>The call in the method under analysis through which this body is reached; null inside the method itself.</summary>
    public IInvocationOperation? Entry { get; }

    /// <summary>How many calls deep.</summary>
    public int Calls { get; }

    /// <summary>Objects that a write of the main resource in this body may take.</summary>
    public HashSet<int> Written { get; } = [];

    /// <summary>The method, or what encloses it, chooses the endpoint for status itself.</summary>
    public bool IsStatusWriter { get; }

    /// <summary>
    /// The places a capture stands for: in <c>d.Status = cond ? a : b</c> the graph captures <c>d.Status</c> first and assigns to the
    /// capture later.
    /// </summary>
    public ImmutableArray<IOperation> PlacesOf(CaptureId id) => captured.TryGetValue(id, out var places) ? places : ImmutableArray<IOperation>.Empty;

    /// <summary>A type as this body names it, with what a type parameter stands for where that is known.</summary>
    public ITypeSymbol? TypeIn(ITypeSymbol? type)
    {
        for (var frame = this; type is ITypeParameterSymbol parameter && frame is not null; frame = frame.Parent)
        {
            type = frame.types?.Of(parameter) ?? type;
        }

        return type;
    }

    /// <summary>All values that are put into a capture.</summary>
    public IEnumerable<IOperation> ValuesOf(CaptureId id) => Graph.Blocks.SelectMany(b => b.Operations).OfType<IFlowCaptureOperation>().Where(c => c.Id.Equals(id)).Select(c => c.Value);

    public bool IsRunning(IMethodSymbol method)
    {
        for (var frame = this; frame is not null; frame = frame.Parent)
        {
            if (SymbolEqualityComparer.Default.Equals(frame.Method?.OriginalDefinition, method.OriginalDefinition))
            {
                return true;
            }
        }

        return false;
    }

    public static bool HasAttribute(ISymbol? symbol, string simpleName)
    {
        for (; symbol is not null and not INamespaceSymbol; symbol = symbol.ContainingSymbol)
        {
            foreach (var attribute in symbol.GetAttributes())
            {
                if (attribute.AttributeClass?.Name is { } name && (name == simpleName || name == simpleName + "Attribute"))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private void Collect(IOperation operation)
    {
        foreach (var part in operation.DescendantsAndSelf())
        {
            if (part is IFlowCaptureOperation { Value: IPropertyReferenceOperation or ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation } capture)
            {
                captured[capture.Id] = PlacesOf(capture.Id).Add(capture.Value);
            }
        }
    }
}

/// <summary>The storage of a flow capture: capture ids are only unique within one graph.</summary>
internal sealed record CaptureKey(Frame Frame, CaptureId Id);

/// <summary>The storage of <c>this</c> in a body.</summary>
internal sealed record ThisKey(Frame Frame);
