using System.Collections.Immutable;
using Harvester.Analyzers.ClientModel;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Harvester.Analyzers.Flow.Objects;

/// <content>Tuples: each element is a storage of its own.</content>
internal sealed partial class MethodFlow
{
    private ImmutableHashSet<Value> EvaluateElements(ITupleOperation tuple, Frame frame, FlowState state)
    {
        for (var i = 0; i < tuple.Elements.Length; i++)
        {
            state.Store(new TupleKey(tuple, i), Evaluate(tuple.Elements[i], frame, state));
        }

        return FlowState.Nothing;
    }

    /// <summary>The storage of an element of a local or a parameter; null for any other member.</summary>
    private static TupleKey? TupleKeyOf(IOperation instance, IFieldSymbol field)
    {
        var name = (field.CorrespondingTupleField ?? field).Name;
        return field.ContainingType.IsTupleType && StorageOf(instance) is { } storage && name.StartsWith("Item", StringComparison.Ordinal) && int.TryParse(name.Substring(4), out var number)
            ? new TupleKey(storage, number - 1)
            : null;
    }

    private static object? StorageOf(IOperation tuple) => ClientCall.Unwrap(tuple) switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        ITupleOperation literal => literal,
        _ => null,
    };

    /// <summary>What a tuple is assigned is assigned to its elements.</summary>
    private void StoreElements(ISymbol storage, ITypeSymbol? type, ImmutableHashSet<Value> values, IOperation assigned, Frame frame, FlowState state)
    {
        if (type is not INamedTypeSymbol { IsTupleType: true, TupleElements: var elements })
        {
            return;
        }

        for (var i = 0; i < elements.Length; i++)
        {
            state.Store(new TupleKey(storage, i), ElementAt(i, elements[i].Type, values, assigned, frame, state));
        }
    }

    private ImmutableHashSet<Value> ElementAt(int index, ITypeSymbol type, ImmutableHashSet<Value> values, IOperation assigned, Frame frame, FlowState state) =>
        StorageOf(assigned) is { } source
            ? state.Load(new TupleKey(source, index))
            : symbols.IsKubernetesObject(type)
                ? values.Where(v => v.Part == Part.Items).Aggregate(FlowState.Nothing, (all, v) => all.Union(ItemsThrough(v.Object, type, new TupleKey(assigned, index), frame, state)))
                : FlowState.Nothing;

    private ImmutableHashSet<Value> Deconstruct(IDeconstructionAssignmentOperation deconstruction, Frame frame, FlowState state)
    {
        var values = Evaluate(deconstruction.Value, frame, state);
        var value = ClientCall.Unwrap(deconstruction.Value);
        var target = deconstruction.Target is IDeclarationExpressionOperation declaration ? declaration.Expression : deconstruction.Target;
        var elements = (target as ITupleOperation)?.Elements ?? ImmutableArray<IOperation>.Empty;
        for (var i = 0; i < elements.Length; i++)
        {
            var element = elements[i] is IDeclarationExpressionOperation declared ? declared.Expression : elements[i];
            var assigned = value is ITupleOperation literal && i < literal.Elements.Length ? literal.Elements[i] : value;
            var known = element.Type is { } type ? ElementAt(i, type, values, value, frame, state) : FlowState.Nothing;
            if (known.IsEmpty && StorageOf(value) is null && symbols.IsKubernetesObject(element.Type) && !IsCalledForBuilding(deconstruction.Syntax))
            {
                known = HandedIn(element, element.Type!, Origin.Parameter, frame, state);
            }

            Assign(element, known, assigned, frame, state);
        }

        return FlowState.Nothing;
    }

    /// <summary>The storage of an element of a tuple.</summary>
    private sealed record TupleKey(object Tuple, int Index)
    {
        public bool Equals(TupleKey? other) =>
            other is not null && Index == other.Index && (Tuple is ISymbol symbol ? SymbolEqualityComparer.Default.Equals(symbol, other.Tuple as ISymbol) : ReferenceEquals(Tuple, other.Tuple));

        public override int GetHashCode() => ((Tuple is ISymbol symbol ? SymbolEqualityComparer.Default.GetHashCode(symbol) : Tuple.GetHashCode()) * 31) + Index;
    }
}
