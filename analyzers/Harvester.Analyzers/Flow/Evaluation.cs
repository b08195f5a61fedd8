using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Harvester.Analyzers.ClientModel;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Harvester.Analyzers.Flow;

/// <content>What each operation does to the facts, and which objects its value may be.</content>
internal sealed partial class MethodFlow
{
    private ImmutableHashSet<Value> Evaluate(IOperation? operation, Frame frame, FlowState state)
    {
        switch (operation)
        {
            case null:
                return FlowState.Nothing;
            case IExpressionStatementOperation statement:
                return Evaluate(statement.Operation, frame, state);
            case IReturnOperation statement:
                return Evaluate(statement.ReturnedValue, frame, state);
            case ISimpleAssignmentOperation assignment:
                var assigned = Evaluate(assignment.Value, frame, state);
                Assign(assignment.Target, assigned, assignment.Value, frame, state);
                return assigned;
            case ICompoundAssignmentOperation assignment:
                Evaluate(assignment.Value, frame, state);
                Assign(assignment.Target, FlowState.Nothing, assignment.Value, frame, state);
                return FlowState.Nothing;
            case IIncrementOrDecrementOperation increment:
                Assign(increment.Target, FlowState.Nothing, increment.Target, frame, state);
                return FlowState.Nothing;
            case IDeconstructionAssignmentOperation deconstruction:
                return Deconstruct(deconstruction, frame, state);
            case IFlowCaptureOperation capture:
                var value = Evaluate(capture.Value, frame, state);
                state.Store(new CaptureKey(frame, capture.Id), value);
                return value;
            case IFlowCaptureReferenceOperation reference:
                return state.Load(new CaptureKey(frame, reference.Id));
            case ILocalReferenceOperation local:
                return state.Load(local.Local);
            case IParameterReferenceOperation parameter:
                return state.Load(parameter.Parameter);
            case IFieldReferenceOperation field:
                Evaluate(field.Instance, frame, state);
                return Or(field.Instance is null or IInstanceReferenceOperation ? state.Load(field.Field) : FlowState.Nothing, field, frame, state);
            case IPropertyReferenceOperation property:
                return Or(ReadProperty(property, frame, state), property, frame, state);
            case IArrayElementReferenceOperation element:
                return Pick(Evaluate(element.ArrayReference, frame, state), element, frame, state);
            case IInstanceReferenceOperation:
                return state.Load(new ThisKey(frame));
            case IConversionOperation conversion:
                return Or(Evaluate(conversion.Operand, frame, state), conversion, frame, state);
            case IAwaitOperation wait:
                return Evaluate(wait.Operation, frame, state);
            case IObjectCreationOperation creation:
                return Create(creation, frame, state);
            case IInvocationOperation invocation:
                return Invoke(invocation, frame, state);
            case IWithOperation with:
                return CopyWith(Evaluate(with.Operand, frame, state), with, frame, state);
            case IDelegateCreationOperation creation:
                return RunNested(creation.Target, frame, state, Origin.Parameter, sharesCaptured: false);
            case IFlowAnonymousFunctionOperation lambda:
                return RunNested(lambda, frame, state, Origin.Parameter, sharesCaptured: false);
            case IDeclarationExpressionOperation declaration:
                return Evaluate(declaration.Expression, frame, state);
            case IIsPatternOperation match:
                var tested = Evaluate(match.Value, frame, state);
                Bind(match.Pattern, tested, frame, state);
                return FlowState.Nothing;
            default:
                RuntimeHelpers.EnsureSufficientExecutionStack();
                foreach (var child in operation.ChildOperations)
                {
                    Evaluate(child, frame, state);
                }

                return FlowState.Nothing;
        }
    }

    private ImmutableHashSet<Value> Or(ImmutableHashSet<Value> known, IOperation operation, Frame frame, FlowState state) =>
        known.IsEmpty ? Unseen(operation, frame, state) : known;

    private void Assign(IOperation target, ImmutableHashSet<Value> values, IOperation assigned, Frame frame, FlowState state)
    {
        switch (target)
        {
            case ILocalReferenceOperation local:
                state.Store(local.Local, values);
                break;
            case IParameterReferenceOperation parameter:
                state.Store(parameter.Parameter, values);
                break;
            case IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation } field:
                state.Store(field.Field, values);
                break;
            case IDeclarationExpressionOperation declaration:
                Assign(declaration.Expression, values, assigned, frame, state);
                break;
            case IFlowCaptureReferenceOperation reference:
                var places = frame.PlacesOf(reference.Id);
                if (places.IsEmpty)
                {
                    state.Store(new CaptureKey(frame, reference.Id), values);
                }

                foreach (var place in places)
                {
                    Assign(place, values, assigned, frame, state);
                }

                break;
            case IPropertyReferenceOperation property:
                AssignProperty(property, values, assigned, frame, state);
                break;
            case IArrayElementReferenceOperation element:
                TouchParts(Evaluate(element.ArrayReference, frame, state), state);
                break;
        }
    }

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

    private ImmutableHashSet<Value> Create(IObjectCreationOperation creation, Frame frame, FlowState state)
    {
        var handed = FlowState.Nothing;
        foreach (var argument in creation.Arguments)
        {
            handed = handed.Union(EvaluateArgument(argument, frame, state, Origin.Parameter));
        }

        Evaluate(creation.Initializer, frame, state);
        if (symbols.IsKubernetesObject(creation.Type))
        {
            // What a constructor does with another object is not looked into: it may well take its resource version.
            return New(frame, creation, state, new Facts(Origin.Fresh, creation.Type) { May = handed.IsEmpty ? Touched.None : Touched.VersionIfKnown });
        }

        if (IsMetadataType(creation.Type))
        {
            return New(frame, creation, state, new Facts(Origin.Fresh, creation.Type), Part.Metadata);
        }

        if (SymbolEqualityComparer.Default.Equals(creation.Type, symbols.Patch))
        {
            return handed;
        }

        if (IsJsonType(creation.Type))
        {
            return New(frame, creation, state, new Facts(Origin.Fresh, null) { IsJson = true });
        }

        if (creation.Type is { } type && !KubernetesSymbols.IsInNamespace(type, "k8s"))
        {
            Escape(handed, state);
        }

        return FlowState.Nothing;
    }

    /// <summary>
    /// A <c>with</c> copy is shallow: it shares metadata, spec and status with what it was made of. The graph has a call of the record's
    /// clone method for it, and the members of the initializer as assignments after that.
    /// </summary>
    private ImmutableHashSet<Value> CopyWith(ImmutableHashSet<Value> operand, IOperation site, Frame frame, FlowState state)
    {
        var result = FlowState.Nothing;
        foreach (var (id, part) in operand)
        {
            if (part != Part.Whole)
            {
                // A copy of a part holds the same lists and maps as the part.
                result = result.Add(new Value(id, part));
            }
            else if (state.FactsOf(id) is { } facts)
            {
                result = result.Union(New(frame, site, state, facts with { Origin = facts.Origin | Origin.Copy, SharesPartsWith = id }));
            }
        }

        return result;
    }

    private ImmutableHashSet<Value> Deconstruct(IDeconstructionAssignmentOperation deconstruction, Frame frame, FlowState state)
    {
        var values = Evaluate(deconstruction.Value, frame, state);
        var items = values.FirstOrDefault(v => v.Part == Part.Items);
        foreach (var target in deconstruction.Target.DescendantsAndSelf())
        {
            if (target is ILocalReferenceOperation local)
            {
                var known = values.Any(v => v.Part == Part.Items) && symbols.IsKubernetesObject(local.Type);
                state.Store(local.Local, known
                    ? ItemsThrough(items.Object, local.Type, target, frame, state)
                    : symbols.IsKubernetesObject(local.Type) && !IsCalledForBuilding(deconstruction.Syntax) ? HandedIn(target, local.Type!, Origin.Parameter, frame, state) : FlowState.Nothing);
            }
        }

        return FlowState.Nothing;
    }

    private void Bind(IPatternOperation pattern, ImmutableHashSet<Value> values, Frame frame, FlowState state)
    {
        switch (pattern)
        {
            case IDeclarationPatternOperation { DeclaredSymbol: { } declared } declaration:
                state.Store(declared, values.IsEmpty && pattern.InputType.SpecialType == SpecialType.System_Object && declaration.MatchedType is { } matched && symbols.IsKubernetesObject(matched)
                    ? HandedIn(pattern, matched, Origin.Parameter, frame, state)
                    : values);
                break;
            case INegatedPatternOperation negated:
                Bind(negated.Pattern, values, frame, state);
                break;
            case IBinaryPatternOperation binary:
                Bind(binary.LeftPattern, values, frame, state);
                Bind(binary.RightPattern, values, frame, state);
                break;
            case IRecursivePatternOperation recursive:
                if (recursive.DeclaredSymbol is { } symbol)
                {
                    state.Store(symbol, values);
                }

                foreach (var sub in recursive.PropertySubpatterns)
                {
                    if (sub.Member is IPropertyReferenceOperation member)
                    {
                        Bind(sub.Pattern, PartsOf(values, member, state), frame, state);
                    }
                }

                break;
        }
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

    private static void TouchParts(ImmutableHashSet<Value> values, FlowState state)
    {
        foreach (var value in values)
        {
            if (value.IsPart)
            {
                state.Touch(value.Object, BitOf(value.Part), deep: true);
            }
        }
    }

    private static void Escape(ImmutableHashSet<Value> values, FlowState state)
    {
        foreach (var (id, part) in values)
        {
            if (part is not (Part.Items or Part.Version))
            {
                state.Touch(id, Touched.Escaped, deep: true);
            }
        }
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

    private static bool IsNull(IOperation operation)
    {
        var value = ClientCall.Unwrap(operation);
        return value.ConstantValue is { HasValue: true, Value: null } || value is IDefaultValueOperation { Type.IsReferenceType: true };
    }
}
