using System.Collections.Immutable;
using Harvester.Analyzers.ClientModel;
using Microsoft.CodeAnalysis;
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

        foreach (var (id, part) in instances)
        {
            if (part == Part.Whole)
            {
                SetMember(id, key, values, assigned, strong: instances.Count == 1, state);
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

    private static void SetMember(int id, string? member, ImmutableHashSet<Value> values, IOperation assigned, bool strong, FlowState state)
    {
        switch (PartNamed(member))
        {
            case null:
                break;
            case Part.Status when IsNull(assigned):
                state.Touch(id, Touched.StatusNulled, deep: false);
                break;
            case Part.Status:
                state.Update(id, f => f with { May = (strong ? f.May & ~Touched.StatusNulled : f.May) | Touched.Status });
                break;
            case { } part:
                state.Touch(id, BitOf(part), deep: false);
                if (part == Part.Metadata)
                {
                    AdoptMetadata(id, values, state);
                }

                break;
        }
    }

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

        var type = property.Type;
        var result = FlowState.Nothing;
        foreach (var (id, part) in instances)
        {
            MarkConsulted(id, part, MemberKey(property), state);
            if (part == Part.Items)
            {
                result = result.Union(ItemsThrough(id, type, property, frame, state));
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
    private ImmutableHashSet<Value> ItemsThrough(int id, ITypeSymbol? type, IOperation site, Frame frame, FlowState state)
    {
        if (type is null || state.FactsOf(id) is not { } facts)
        {
            return FlowState.Nothing;
        }

        var payload = CallShape.Payload(type);
        if (symbols.IsKubernetesObject(payload))
        {
            return New(frame, site, state, new Facts(facts.Origin, payload));
        }

        return ElementOf(payload) is not null || payload.Name.EndsWith("Enumerator", StringComparison.Ordinal)
            ? ImmutableHashSet.Create(new Value(id, Part.Items))
            : FlowState.Nothing;
    }

    private ImmutableHashSet<Value> Pick(ImmutableHashSet<Value> from, IOperation site, Frame frame, FlowState state)
    {
        var result = FlowState.Nothing;
        foreach (var (id, part) in from)
        {
            result = part == Part.Items ? result.Union(ItemsThrough(id, site.Type, site, frame, state)) : result.Add(new Value(id, part));
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
}
