using System.Collections.Immutable;
using Harvester.Analyzers.ClientModel;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Harvester.Analyzers.Flow.Objects;

/// <content>Members of objects and of what they hold: which part of an object a member is, and what reading and setting it does.</content>
internal sealed partial class MethodFlow
{
    private void AssignProperty(IPropertyReferenceOperation property, ImmutableHashSet<Value> values, IOperation assigned, Frame frame, FlowState state)
    {
        var instances = Evaluate(property.Instance, frame, state);
        var key = MemberKey(property);
        if (instances.IsEmpty)
        {
            if (property.Instance is IInstanceReferenceOperation)
            {
                state.Store(property.Property, values);
            }
            else if (property.Instance is not null)
            {
                Escape(values, state);
            }
        }

        if (IsMemoryDefault(assigned.Syntax))
        {
            return;
        }

        if (EnterAccessor(property, property.Property.SetMethod, instances, values, frame, state) is not null)
        {
            return;
        }

        foreach (var (id, part) in instances.Where(v => !v.IsCopy))
        {
            if (part == Part.Whole)
            {
                SetMember(id, key, values, assigned, strong: instances.Count == 1, frame, state);
            }
            else if (part == Part.Metadata && IsServerOwned(key))
            {
                SetServerOwned(id, key, values, assigned, state);
            }
            else if (part is not (Part.Items or Part.Version))
            {
                state.Touch(id, BitOf(part), deep: true);
            }
        }
    }

    /// <summary><c>w.Metadata.Labels ??= []</c> only makes room for what may come: nothing is changed by it alone.</summary>
    private static bool IsMemoryDefault(SyntaxNode assigned) =>
        assigned.Parent is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceAssignmentExpression } coalesce && coalesce.Right == assigned
        && assigned is BaseObjectCreationExpressionSyntax { ArgumentList: null or { Arguments.Count: 0 }, Initializer: null or { Expressions.Count: 0 } } or CollectionExpressionSyntax { Elements.Count: 0 };

    private void SetMember(int id, string? member, ImmutableHashSet<Value> values, IOperation assigned, bool strong, Frame frame, FlowState state)
    {
        switch (PartNamed(member))
        {
            case null:
                break;
            case Part.Status:
                SetStatus(id, values, assigned, strong, frame, state);
                break;
            case { } part:
                state.Touch(id, BitOf(part), deep: false);
                state.Update(id, f => strong ? f with { Own = f.Own | BitOf(part) } : f);
                if (part == Part.Metadata)
                {
                    AdoptMetadata(id, values, state);
                }

                break;
        }
    }

    /// <summary>
    /// The status is taken away, replaced, or put back. What still holds the former one holds a status of its own from here on, until that
    /// is put back.
    /// </summary>
    private void SetStatus(int id, ImmutableHashSet<Value> values, IOperation assigned, bool strong, Frame frame, FlowState state)
    {
        if (state.FactsOf(id) is not { } facts)
        {
            return;
        }

        var held = new Value(id, Part.Status);
        var putBack = values.Count > 0 && ClientCall.Unwrap(assigned) is not IFlowCaptureReferenceOperation && values.All(v => v is { Part: Part.Status, IsCopy: false } && IsStoredStatus(v, id, facts, state));
        var bits = putBack ? values.Select(v => state.FactsOf(v.Object)!.May & Touched.Status).Aggregate((a, b) => a | b) : Touched.Status;
        if (strong)
        {
            if (!values.Contains(held))
            {
                state.Rename(held, New(frame, ("former", assigned), state, new Facts(facts.Origin, facts.Type) { May = facts.May & Touched.Status, FormerStatusOf = id }, Part.Status).First());
            }

            state.Update(id, f => f with { May = f.May & ~(Touched.Status | Touched.StatusNulled), Unsent = f.Unsent & ~Touched.Status, Own = f.Own | Touched.Status });
            foreach (var former in values.Where(v => state.FactsOf(v.Object)?.FormerStatusOf == id))
            {
                state.Rename(former, held);
            }
        }

        state.Touch(id, IsNull(assigned) ? Touched.StatusNulled : MayBeNull(assigned, frame) ? bits | Touched.StatusNulled : bits, deep: false);
    }

    /// <summary><c>w.Status = keep ? w.Status : null</c>: the graph puts one of several values into a capture.</summary>
    private static bool MayBeNull(IOperation assigned, Frame frame) =>
        ClientCall.Unwrap(assigned) is IFlowCaptureReferenceOperation reference && frame.ValuesOf(reference.Id).Any(v => !ClientCall.Unwrap(v).IsImplicit && IsNull(v));

    /// <summary>The object's own status, or what the server has stored, given to an object that was not read.</summary>
    private static bool IsStoredStatus(Value value, int id, Facts of, FlowState state) =>
        state.FactsOf(value.Object) is { } facts
        && (value.Object == id || facts.FormerStatusOf == id || (!of.Is(Origin.ApiRead) && (facts.Origin & ~(Origin.ApiRead | Origin.ListItem | Origin.WatchItem | Origin.Created)) == 0));

    private ImmutableHashSet<Value> ReadProperty(IPropertyReferenceOperation property, Frame frame, FlowState state)
    {
        var instances = Evaluate(property.Instance, frame, state);
        foreach (var argument in property.Arguments)
        {
            Evaluate(argument.Value, frame, state);
        }

        if (instances.IsEmpty)
        {
            return property.Instance is IInstanceReferenceOperation ? state.Load(property.Property) : FlowState.Nothing;
        }

        // What wraps a value has the value inside.
        if (property.Property is { Name: "Result" or "Body" or "Value" } && property.Property.ContainingType.Name is "Task" or "ValueTask" or "HttpOperationResponse" or "Nullable")
        {
            return instances;
        }

        if (EnterAccessor(property, property.Property.GetMethod, instances, FlowState.Nothing, frame, state) is { } computed)
        {
            return computed;
        }

        var type = property.Type;
        var result = FlowState.Nothing;
        foreach (var (id, part) in instances)
        {
            MarkConsulted(id, part, MemberKey(property), state);
            if (part == Part.Items)
            {
                result = result.Union(ItemAt(id, property, frame, state));
            }
            else if (part == Part.Metadata && property.Property.Name == "ResourceVersion")
            {
                result = result.Add(new Value(id, Part.Version));
            }
            else if (type is { IsReferenceType: true, SpecialType: not SpecialType.System_String } or { TypeKind: TypeKind.TypeParameter })
            {
                if (part != Part.Whole)
                {
                    result = result.Add(new Value(id, part));
                }
                else if (PartNamed(MemberKey(property)) is { } named)
                {
                    result = result.Add(new Value(id, named));
                }
            }
        }

        return result;
    }

    /// <summary>What a member or a call makes of a collection: one of its items, or a collection still.</summary>
    private ImmutableHashSet<Value> ItemsThrough(int id, ITypeSymbol? type, object site, Frame frame, FlowState state)
    {
        if (type is null || state.FactsOf(id) is not { } facts)
        {
            return FlowState.Nothing;
        }

        var payload = CallShape.Payload(type);
        if (symbols.IsKubernetesObject(payload))
        {
            return New(frame, site, state, Item(id, facts, payload));
        }

        // Who goes through a collection anew meets what was changed of its items before.
        return payload.Name.EndsWith("Enumerator", StringComparison.Ordinal)
            ? New(frame, site, state, Item(id, facts, facts.Type).Changed(facts.ItemsChanged), Part.Items)
            : ElementOf(payload) is not null || payload.IsTupleType || (CallShape.ElementOfSequence(payload) is { } group && ElementOf(group) is not null)
                ? ImmutableHashSet.Create(new Value(id, Part.Items))
                : FlowState.Nothing;
    }

    private static Facts Item(int id, Facts collection, ITypeSymbol? type) =>
        collection with { Type = type, ItemOf = collection.ItemOf >= 0 ? collection.ItemOf : id, ItemsChanged = Touched.None };

    /// <summary>The same index of the same collection is the same item, until the index changes.</summary>
    private ImmutableHashSet<Value> ItemAt(int id, IPropertyReferenceOperation property, Frame frame, FlowState state)
    {
        object? index = property.Arguments.Length != 1 ? null : property.Arguments[0].Value switch
        {
            { ConstantValue: { HasValue: true, Value: { } constant } } => constant,
            ILocalReferenceOperation { Local: var local } => local,
            _ => null,
        };
        if (index is null || !symbols.IsKubernetesObject(property.Type))
        {
            return ItemsThrough(id, property.Type, property, frame, state);
        }

        var key = new ItemKey(id, index);
        if (ids.TryGetValue((frame, key, Part.Whole.ToString()), out var known) && state.FactsOf(known) is not null)
        {
            return ImmutableHashSet.Create(new Value(known, Part.Whole));
        }

        var item = ItemsThrough(id, property.Type, key, frame, state);
        indexed.AddRange(index is ILocalSymbol ? item.Select(v => (index, v.Object)) : []);
        return item;
    }

    /// <summary>An index that changes says nothing of the item it said before.</summary>
    private void ForgetItemsAt(ILocalSymbol index, FlowState state)
    {
        foreach (var (local, item) in indexed)
        {
            if (SymbolEqualityComparer.Default.Equals(local as ILocalSymbol, index))
            {
                state.Forget(item);
            }
        }
    }

    private ImmutableHashSet<Value> Pick(ImmutableHashSet<Value> from, IOperation site, Frame frame, FlowState state) => Pick(from, site.Type, site, frame, state);

    private ImmutableHashSet<Value> Pick(ImmutableHashSet<Value> from, ITypeSymbol? type, IOperation site, Frame frame, FlowState state)
    {
        var result = FlowState.Nothing;
        foreach (var (id, part) in from)
        {
            result = part == Part.Items ? result.Union(ItemsThrough(id, type, site, frame, state)) : result.Add(new Value(id, part));
        }

        return result;
    }

    private static ImmutableHashSet<Value> PartsOf(ImmutableHashSet<Value> values, IPropertyReferenceOperation member, FlowState state)
    {
        var result = FlowState.Nothing;
        foreach (var (id, part) in values)
        {
            MarkConsulted(id, part, member.Property.Name, state);
            if (part == Part.Metadata && member.Property.Name == "ResourceVersion")
            {
                result = result.Add(new Value(id, Part.Version));
            }
            else if (part is not (Part.Whole or Part.Items))
            {
                result = result.Add(new Value(id, part));
            }
            else if (part == Part.Whole && PartNamed(member.Property.Name) is { } named && member.Type is { IsReferenceType: true, SpecialType: not SpecialType.System_String })
            {
                result = result.Add(new Value(id, named));
            }
        }

        return result;
    }

    /// <summary>The name of the member a reference is to: a property's own, or the constant key of a JSON object.</summary>
    private static string? MemberKey(IPropertyReferenceOperation property) =>
        property.Arguments.IsEmpty
            ? property.Property.Name
            : property.Arguments[0].Value.ConstantValue is { HasValue: true, Value: string key } ? key : "?";

    /// <summary>The part a top-level member is; null for the members that only say what kind of object it is.</summary>
    private static Part? PartNamed(string? member) => member switch
    {
        "Metadata" or "metadata" => Part.Metadata,
        "Spec" or "spec" => Part.Spec,
        "Status" or "status" => Part.Status,
        "ApiVersion" or "apiVersion" or "Kind" or "kind" => null,
        _ => Part.Other,
    };

    /// <summary>Metadata the server fills in: setting it is not the change a caller wants to make.</summary>
    private static bool IsServerOwned(string? member) =>
        member?.ToLowerInvariant() is "managedfields" or "uid" or "selflink" or "creationtimestamp" or "generation" or "resourceversion";

    private static Touched BitOf(Part part) => part switch
    {
        Part.Metadata => Touched.Metadata,
        Part.Spec => Touched.Spec,
        Part.Status => Touched.Status,
        _ => Touched.Other,
    };

    /// <summary>An item of a collection by its index.</summary>
    private sealed record ItemKey(int Items, object Index);
}
