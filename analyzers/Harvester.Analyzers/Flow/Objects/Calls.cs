using System.Collections.Immutable;
using Harvester.Analyzers.ClientModel;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Harvester.Analyzers.Flow.Objects;

/// <content>What calls do to the facts: the client's, the compilation's own, JSON's, and all others.</content>
internal sealed partial class MethodFlow
{
    private ImmutableHashSet<Value> Invoke(IInvocationOperation invocation, Frame frame, FlowState state)
    {
        var receiver = Evaluate(invocation.Instance, frame, state);
        var overItems = receiver.Any(v => v.Part == Part.Items);
        var arguments = new ImmutableHashSet<Value>[invocation.Arguments.Length];
        var handed = FlowState.Nothing;
        var fromLambdas = FlowState.Nothing;
        var subject = FlowState.Nothing;
        var waiting = new List<IOperation>();
        bool? runsOwnBody = null;
        for (var i = 0; i < arguments.Length; i++)
        {
            var argument = invocation.Arguments[i];
            overItems |= handed.Any(v => v.Part == Part.Items);
            var origin = overItems ? Origin.ListItem : Origin.Parameter;
            var function = FunctionIn(argument.Value);
            if (function is not null && (runsOwnBody ??= RunsOwnBody(invocation, receiver, frame)))
            {
                arguments[i] = MakeFunction(function, frame, state);
                waiting.Add(function);
            }
            else
            {
                arguments[i] = EvaluateArgument(argument, frame, state, origin, receiver.Union(handed));
                if (function is not null || (argument.Parameter?.Type.TypeKind == TypeKind.Delegate && !(runsOwnBody ??= RunsOwnBody(invocation, receiver, frame))))
                {
                    fromLambdas = fromLambdas.Union(function is not null ? arguments[i] : RunAtOnce(arguments[i], state, origin, receiver.Union(handed)));
                    arguments[i] = FlowState.Nothing;
                }
            }

            handed = handed.Union(arguments[i]);
            subject = argument.Parameter?.Ordinal == 0 ? arguments[i] : subject;
        }

        if (symbols.Resolve(invocation) is { } call)
        {
            return CallClient(call, frame, state, arguments);
        }

        var method = invocation.TargetMethod;
        if (method.MethodKind == MethodKind.DelegateInvoke && receiver.Any(v => v.Part == Part.Function))
        {
            return CallFunctions(receiver, invocation, arguments, frame, state);
        }

        if (method.MethodKind == MethodKind.LocalFunction)
        {
            var locally = EnterLocalFunction(invocation, frame, state, arguments);
            RunWaiting(waiting, frame, state);
            return locally;
        }

        if (Known(invocation, receiver, handed, subject, frame, state) is { } known)
        {
            return known;
        }

        if (EnterMethod(invocation, receiver, arguments, frame, state) is { } returned)
        {
            // What overrides it may be the user's own code, and do anything.
            if (invocation.IsVirtual && method is { IsVirtual: true, ContainingType.IsAbstract: true })
            {
                Escape(handed, state);
            }

            RunWaiting(waiting, frame, state);
            return returned;
        }

        fromLambdas = fromLambdas.Union(RunWaiting(waiting, frame, state));

        // Returned by a delegate that the call was handed, as retry loops do, or a sequence of what it returned.
        var payload = CallShape.Payload(invocation.Type ?? method.ReturnType);
        if (method.Name is "Select" or "SelectMany" or "ConvertAll" && KubernetesSymbols.IsInNamespace(method.ContainingType, "System") && CallShape.ElementOfSequence(payload) is { } element && CallShape.Payload(element) is var projected && symbols.IsKubernetesObject(projected))
        {
            return Project(fromLambdas, projected, invocation, frame, state);
        }

        if (!fromLambdas.IsEmpty && (symbols.IsKubernetesObject(payload) || IsJsonType(payload)))
        {
            return fromLambdas;
        }

        if (!IsHarmless(method))
        {
            Escape(handed.Union(receiver), state);
        }

        AssignUnseenOut(invocation, frame, state);
        var picked = Pick(receiver.Union(handed).Where(v => v.Part == Part.Items).ToImmutableHashSet(), invocation, frame, state);
        return picked.IsEmpty ? UnseenResult(invocation, frame, state) : picked;
    }

    /// <summary>The sequence of the objects that a delegate makes of others.</summary>
    private ImmutableHashSet<Value> Project(ImmutableHashSet<Value> made, ITypeSymbol type, IOperation site, Frame frame, FlowState state)
    {
        var facts = made.Where(v => v.Part == Part.Whole).Select(v => state.FactsOf(v.Object)).Where(f => f is not null).Select(f => f!).ToList();
        return facts.Count == 0
            ? made.Where(v => v.Part == Part.Items).ToImmutableHashSet()
            : New(frame, site, state, facts.Aggregate(Facts.Join) with { Type = type, SharesPartsWith = -1 }, Part.Items);
    }

    private ImmutableHashSet<Value> EvaluateArgument(IArgumentOperation argument, Frame frame, FlowState state, Origin parametersAre, ImmutableHashSet<Value>? over = null)
    {
        if (FunctionIn(argument.Value) is { } function)
        {
            ran.Add(function);
            return RunNested(function, frame, state, parametersAre, sharesCaptured: true, over);
        }

        // An expression tree describes a call, it does not make one.
        return argument.Value is IConversionOperation { Type: { Name: "Expression", ContainingNamespace.Name: "Expressions" } }
            ? FlowState.Nothing
            : Evaluate(argument.Value, frame, state);
    }

    private ImmutableHashSet<Value> CallClient(ClientCall call, Frame frame, FlowState state, ImmutableHashSet<Value>[] arguments)
    {
        var body = call.BodyArgument is { } argument ? arguments[call.Arguments.IndexOf(argument)] : FlowState.Nothing;
        if (call.IsWrite)
        {
            Record(call, body, frame, state);
        }

        MarkSent(call, body, frame, state);

        switch (call.Kind)
        {
            case CallKind.List or CallKind.Watch:
                return New(frame, call.Operation, state, new Facts(call.Kind == CallKind.List ? Origin.ListItem : Origin.WatchItem, call.ObjectType), Part.Items);
            case CallKind.Create:
                return New(frame, call.Operation, state, new Facts(Origin.Created, call.ObjectType) { IsJson = call.ObjectType is null });
            case var _ when call.ResultIsStoredObject:
                return New(frame, call.Operation, state, new Facts(Origin.ApiRead, call.ObjectType) { IsJson = call.ObjectType is null });
            default:
                return FlowState.Nothing;
        }
    }

    /// <summary>What a write takes is no longer waiting to be sent. Which object a patch was made for is not known, only its kind.</summary>
    private static void MarkSent(ClientCall call, ImmutableHashSet<Value> body, Frame frame, FlowState state)
    {
        var taken = call.Kind is CallKind.ReplaceMain or CallKind.PatchMain ? Facts.MainParts : Touched.Status;
        if (call.Kind is CallKind.PatchMain or CallKind.PatchStatus)
        {
            state.MarkSent(f => f.Type is null || call.ObjectType is null || SymbolEqualityComparer.Default.Equals(f.Type.OriginalDefinition, call.ObjectType.OriginalDefinition) || call.ObjectType is ITypeParameterSymbol, taken);
        }
        else if (call.Kind is CallKind.ReplaceMain or CallKind.ReplaceStatus)
        {
            foreach (var (id, _) in body.Where(v => v.Part == Part.Whole))
            {
                state.Touch(id, Touched.Stale, deep: false);
                if (taken == Facts.MainParts)
                {
                    frame.Written.Add(id);
                }

                if (body.Count == 1)
                {
                    state.MarkSent(id, taken);
                }
            }
        }
    }

    private void Record(ClientCall call, ImmutableHashSet<Value> body, Frame frame, FlowState state)
    {
        if (!recording || frame.IsStatusWriter)
        {
            return;
        }

        var site = frame.Entry ?? call.Operation;
        var entry = EntryStateOf(frame);
        var sent = ImmutableArray.CreateBuilder<SentObject>();
        foreach (var (id, part) in body)
        {
            if (part == Part.Whole && state.FactsOf(id) is { } facts)
            {
                sent.Add(new SentObject(id, facts, entry?.FactsOf(id)) { VersionSource = state.FactsOf(facts.VersionOf) });
            }
            else if (part == Part.Items && call.IsMainPut && state.FactsOf(id) is { } items)
            {
                sent.Add(new SentObject(id, items.Changed(items.ItemsChanged), entry?.FactsOf(id)));
            }
        }

        writes.Add(new Write(call, site, sent.ToImmutable()) { Path = path.ToImmutableArray(), Order = writes.Count });
    }

    private FlowState? EntryStateOf(Frame frame)
    {
        FlowState? entry = null;
        for (var current = frame; current is not null; current = current.Parent)
        {
            entry = entryStates.TryGetValue(current, out var state) ? state : entry;
        }

        return entry;
    }

    /// <summary>Runs a lambda, or a local function used as a delegate, where it is handed over: what receives it may run it at once.</summary>
    private ImmutableHashSet<Value> RunNested(IOperation function, Frame frame, FlowState state, Origin parametersAre, bool sharesCaptured, ImmutableHashSet<Value>? over = null)
    {
        if (function is not IFlowAnonymousFunctionOperation and not IMethodReferenceOperation { Method.MethodKind: MethodKind.LocalFunction } || BodyOf(function, frame) is not var (graph, method))
        {
            Evaluate((function as IMethodReferenceOperation)?.Instance, frame, state);
            return FlowState.Nothing;
        }

        var nested = FrameFor(function, frame, () => new Frame(graph, method, frame, enteredBy: null));
        var entry = sharesCaptured ? state.Clone() : new FlowState(slots);
        BindAsHandedIn(method, nested, entry, parametersAre);
        BindElements(method, over ?? FlowState.Nothing, nested, entry);
        var (exit, returned) = Run(nested, entry);
        if (!sharesCaptured)
        {
            return FlowState.Nothing;
        }

        state.JoinWith(exit);
        return returned;
    }

    /// <summary>What a lambda over a collection is called with: its items, or the elements of a list in a part.</summary>
    private void BindElements(IMethodSymbol lambda, ImmutableHashSet<Value> over, Frame nested, FlowState state)
    {
        foreach (var parameter in lambda.Parameters)
        {
            var type = CallShape.Payload(parameter.Type);
            var items = over.Where(v => v.Part == Part.Items && symbols.IsKubernetesObject(type) && state.FactsOf(v.Object) is not null).ToList();
            if (items.Count > 0)
            {
                var facts = items.Select(v => Item(v.Object, state.FactsOf(v.Object)!, type).Changed(state.FactsOf(v.Object)!.ItemsChanged)).Aggregate(Facts.Join);
                state.Store(parameter, New(nested, parameter, state, facts));
            }
            else if (type is { IsReferenceType: true, SpecialType: SpecialType.None } && !symbols.IsKubernetesObject(type) && over.Any(v => v.IsPart))
            {
                state.Store(parameter, over.Where(v => v.IsPart).Select(v => v with { IsCopy = false }).ToImmutableHashSet());
            }
        }
    }

    private ImmutableHashSet<Value> EnterLocalFunction(IInvocationOperation invocation, Frame frame, FlowState state, ImmutableHashSet<Value>[] arguments)
    {
        var method = invocation.TargetMethod;
        if (frame.IsRunning(method) || LocalGraph(method, frame) is not { } graph)
        {
            return FlowState.Nothing;
        }

        var nested = FrameFor(invocation, frame, () => new Frame(graph, method, frame, enteredBy: null));
        return RunCallee(nested, method.OriginalDefinition, invocation, arguments, frame, state);
    }

    private ControlFlowGraph? LocalGraph(IMethodSymbol method, Frame frame)
    {
        for (var scope = frame; scope is not null; scope = scope.Parent)
        {
            if (scope.Graph.LocalFunctions.Contains(method.OriginalDefinition, SymbolEqualityComparer.Default))
            {
                return scope.Graph.GetLocalFunctionControlFlowGraph(method.OriginalDefinition, cancellationToken);
            }
        }

        return null;
    }

    /// <summary>Null when the method cannot be entered, or nothing tracked goes in or comes out.</summary>
    private ImmutableHashSet<Value>? EnterMethod(IInvocationOperation invocation, ImmutableHashSet<Value> receiver, ImmutableHashSet<Value>[] arguments, Frame frame, FlowState state)
    {
        var method = invocation.TargetMethod;
        var payload = CallShape.Payload(method.ReturnType);
        var concerns = !receiver.IsEmpty || arguments.Any(a => !a.IsEmpty) || method.Parameters.Any(p => p.RefKind is RefKind.Out or RefKind.Ref && symbols.IsKubernetesObject(p.Type)) || symbols.IsKubernetesObject(payload) || IsJsonType(payload) || IsMetadataType(payload) || MayBeVersion(method, payload) || ElementOf(payload) is not null;
        if (!concerns || frame.Calls >= MaxCalls || frame.IsRunning(bodies.TargetOf(method)) || bodies.GraphOf(method, cancellationToken) is not { } graph)
        {
            return null;
        }

        var definition = bodies.TargetOf(method);
        var nested = FrameFor(invocation, frame, () => new Frame(graph, definition, frame, frame.Entry ?? invocation, new TypeArguments(method, definition, frame)));
        entryStates[nested] = state.Clone();
        if (!receiver.IsEmpty)
        {
            state.Store(new ThisKey(nested), receiver);
        }
        else if (invocation.Instance is IInstanceReferenceOperation)
        {
            state.Store(new ThisKey(nested), state.Load(new ThisKey(frame)));
        }

        var returned = RunCallee(nested, definition, invocation, arguments, frame, state);
        foreach (var id in nested.Written)
        {
            // A method that writes an object was called to write it: on how many attempts, and which of them, is its own affair.
            state.MarkSent(id, Facts.MainParts);
            frame.Written.Add(id);
        }

        return returned;
    }

    /// <summary>A property of an object whose accessor is the user's own code; null where it only stores, or cannot be entered.</summary>
    private ImmutableHashSet<Value>? EnterAccessor(IPropertyReferenceOperation property, IMethodSymbol? accessor, ImmutableHashSet<Value> receiver, ImmutableHashSet<Value> value, Frame frame, FlowState state)
    {
        if (accessor is null || accessor.IsStatic || !receiver.Any(v => v.Part == Part.Whole || v.IsPart)
            || frame.Calls >= MaxCalls || frame.IsRunning(bodies.TargetOf(accessor)) || bodies.GraphOf(accessor, cancellationToken) is not { } graph)
        {
            return null;
        }

        var definition = bodies.TargetOf(accessor);
        var nested = FrameFor((property, accessor.MethodKind), frame, () => new Frame(graph, definition, frame, enteredBy: null, new TypeArguments(accessor, definition, frame)));
        state.Store(new ThisKey(nested), receiver);
        if (definition.MethodKind == MethodKind.PropertySet && definition.Parameters.Length > 0)
        {
            state.Store(definition.Parameters[definition.Parameters.Length - 1], value);
        }

        var (exit, returned) = Run(nested, state);
        state.TakeFrom(exit);
        return returned;
    }

    private ImmutableHashSet<Value> RunCallee(Frame nested, IMethodSymbol definition, IInvocationOperation invocation, ImmutableHashSet<Value>[] arguments, Frame frame, FlowState state)
    {
        foreach (var parameter in definition.Parameters)
        {
            state.Store(parameter, FlowState.Nothing);
        }

        for (var i = 0; i < arguments.Length; i++)
        {
            if (invocation.Arguments[i].Parameter is { } parameter && parameter.Ordinal < definition.Parameters.Length)
            {
                state.Store(definition.Parameters[parameter.Ordinal], arguments[i]);
            }
        }

        var (exit, returned) = Run(nested, state);
        state.TakeFrom(exit);
        for (var i = 0; i < arguments.Length; i++)
        {
            if (invocation.Arguments[i].Parameter is { RefKind: RefKind.Out or RefKind.Ref } parameter && parameter.Ordinal < definition.Parameters.Length)
            {
                Assign(invocation.Arguments[i].Value, state.Load(definition.Parameters[parameter.Ordinal]), invocation.Arguments[i].Value, frame, state);
            }
        }

        return returned;
    }

    private Frame FrameFor(object site, Frame frame, Func<Frame> create)
    {
        if (!frames.TryGetValue((frame, site), out var known))
        {
            known = create();
            frames.Add((frame, site), known);
        }

        return known;
    }
}
