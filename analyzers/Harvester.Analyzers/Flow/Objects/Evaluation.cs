using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Harvester.Analyzers.ClientModel;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Harvester.Analyzers.Flow.Objects;

/// <content>What each operation does to the facts, and which objects its value may be.</content>
internal sealed partial class MethodFlow
{
    /// <summary>Kinds that later compilers than the one the rules are built with have names for.</summary>
    private const OperationKind CollectionExpression = (OperationKind)0x7F;
    private const OperationKind Spread = (OperationKind)0x80;

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
                // What an extension block extends is the receiver of its members.
                return Or(parameter.Parameter.ContainingSymbol is INamedTypeSymbol ? state.Load(new ThisKey(frame)) : state.Load(parameter.Parameter), parameter, frame, state);
            case ITupleOperation tuple:
                return EvaluateElements(tuple, frame, state);
            case IFieldReferenceOperation { Instance: { } instance } element when TupleKeyOf(instance, element.Field) is { } key:
                return state.Load(key);
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
            case IInvalidOperation { Syntax: InvocationExpressionSyntax } unbound:
                return InvokeUnbound(unbound, frame, state);
            case IWithOperation with:
                return CopyWith(Evaluate(with.Operand, frame, state), with, frame, state);
            case { Kind: CollectionExpression or Spread }:
                return operation.ChildOperations.Aggregate(FlowState.Nothing, (all, e) => all.Union(Evaluate(e, frame, state)));
            case ITranslatedQueryOperation query:
                return Evaluate(query.Operation, frame, state);
            case IArrayCreationOperation { Initializer: { } elements }:
                return elements.ElementValues.Aggregate(FlowState.Nothing, (all, e) => all.Union(Evaluate(e, frame, state)));
            case IDelegateCreationOperation creation:
                return MakeFunction(creation.Target, frame, state);
            case IFlowAnonymousFunctionOperation lambda:
                return MakeFunction(lambda, frame, state);
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
                StoreElements(local.Local, local.Type, values, assigned, frame, state);
                ForgetItemsAt(local.Local, state);
                break;
            case IParameterReferenceOperation parameter:
                state.Store(parameter.Parameter, values);
                StoreElements(parameter.Parameter, parameter.Type, values, assigned, frame, state);
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

        if (creation.Type is { IsReferenceType: true } status && status.Name.EndsWith("Status", StringComparison.Ordinal))
        {
            return New(frame, creation, state, new Facts(Origin.Fresh, status), Part.Status);
        }

        if (SymbolEqualityComparer.Default.Equals(creation.Type, symbols.Patch))
        {
            return handed;
        }

        if (creation.Type is { Name: "Task" or "ValueTask" })
        {
            return handed;
        }

        if (IsJsonType(creation.Type))
        {
            return New(frame, creation, state, new Facts(Origin.Fresh, null) { IsJson = true });
        }

        var collects = creation.Type is { } made && KubernetesSymbols.IsInNamespace(made, "System");
        if (creation.Type is { } type && !KubernetesSymbols.IsInNamespace(type, "k8s"))
        {
            Escape(collects ? handed.Where(v => !v.IsPart).ToImmutableHashSet() : handed, state);
        }

        return collects ? CopiesOf(handed) : FlowState.Nothing;
    }

    /// <summary>A collection of its own with the same elements.</summary>
    private static ImmutableHashSet<Value> CopiesOf(ImmutableHashSet<Value> values) =>
        values.Where(v => v.IsPart).Select(v => v with { IsCopy = true }).ToImmutableHashSet();

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
                // A copy of a part holds the same lists and maps as the part, and has its other members for itself.
                result = result.Add(new Value(id, part) { IsCopy = true });
            }
            else if (state.FactsOf(id) is { } facts)
            {
                result = result.Union(New(frame, site, state, facts with { Origin = facts.Origin | Origin.Copy, SharesPartsWith = id }));
            }
        }

        return result;
    }

    private void Bind(IPatternOperation pattern, ImmutableHashSet<Value> values, Frame frame, FlowState state)
    {
        switch (pattern)
        {
            case IDeclarationPatternOperation { DeclaredSymbol: { } declared } declaration:
                state.Store(declared, Matched(pattern, declaration.MatchedType, values, frame, state));
                break;
            case IListPatternOperation list:
                foreach (var sub in list.Patterns)
                {
                    Bind(sub, Pick(values, sub.InputType, sub, frame, state), frame, state);
                }

                break;
            case INegatedPatternOperation negated:
                Bind(negated.Pattern, values, frame, state);
                break;
            case IBinaryPatternOperation binary:
                Bind(binary.LeftPattern, values, frame, state);
                Bind(binary.RightPattern, values, frame, state);
                break;
            case IRecursivePatternOperation recursive:
                values = Matched(pattern, recursive.MatchedType, values, frame, state);
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

    /// <summary>What is of unknown type until the pattern matches is an object handed in.</summary>
    private ImmutableHashSet<Value> Matched(IPatternOperation pattern, ITypeSymbol? type, ImmutableHashSet<Value> values, Frame frame, FlowState state) =>
        values.IsEmpty && pattern.InputType.SpecialType == SpecialType.System_Object && type is not null && symbols.IsKubernetesObject(type)
            ? HandedIn(pattern, type, Origin.Parameter, frame, state)
            : values;

    private static void TouchParts(ImmutableHashSet<Value> values, FlowState state)
    {
        foreach (var value in values)
        {
            if (value is { IsPart: true, IsCopy: false })
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
                state.Touch(id, part == Part.Whole ? Touched.Escaped | Touched.HandedOut : Touched.Escaped, deep: true);
            }
        }
    }

    private static bool IsNull(IOperation operation)
    {
        var value = ClientCall.Unwrap(operation);
        return value.ConstantValue is { HasValue: true, Value: null } || value is IDefaultValueOperation { Type.IsReferenceType: true };
    }
}
