using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Harvester.Analyzers.Flow.Objects;

/// <content>
/// Delegates. A lambda, a local function or a method of the compilation is a value, and runs where the compilation's own code calls it;
/// what other code is handed may run at once.
/// </content>
internal sealed partial class MethodFlow
{
    private readonly Dictionary<int, MadeFunction> functions = [];
    private readonly List<int> functionsAsMade = [];
    private readonly HashSet<IOperation> ran = [];
    private readonly HashSet<IOperation> running = [];

    /// <summary>The function a delegate is made of where it is made; null for any other value, and for an expression tree, which describes a call.</summary>
    private static IOperation? FunctionIn(IOperation value)
    {
        while (value is IConversionOperation conversion)
        {
            if (conversion.Type is { Name: "Expression", ContainingNamespace.Name: "Expressions" })
            {
                return null;
            }

            value = conversion.Operand;
        }

        return value switch
        {
            IDelegateCreationOperation creation => creation.Target,
            IFlowAnonymousFunctionOperation => value,
            _ => null,
        };
    }

    private ImmutableHashSet<Value> MakeFunction(IOperation function, Frame frame, FlowState state)
    {
        Evaluate((function as IMethodReferenceOperation)?.Instance, frame, state);
        var key = (frame, (object)function, nameof(Part.Function));
        if (!ids.TryGetValue(key, out var id))
        {
            id = ids.Count;
            ids.Add(key, id);
            functionsAsMade.Add(id);
        }

        functions[id] = new MadeFunction(function, frame, recording ? path.ToImmutableArray() : ImmutableArray<PathStep>.Empty);
        return ImmutableHashSet.Create(new Value(id, Part.Function));
    }

    /// <summary>The body of a function, and the frame its own is nested in.</summary>
    private (ControlFlowGraph Graph, IMethodSymbol Method)? BodyOf(IOperation function, Frame madeIn)
    {
        switch (function)
        {
            case IFlowAnonymousFunctionOperation lambda:
                return (madeIn.Graph.GetAnonymousFunctionControlFlowGraphInScope(lambda, cancellationToken), lambda.Symbol);
            case IMethodReferenceOperation { Method: { MethodKind: MethodKind.LocalFunction } local }:
                return !madeIn.IsRunning(local) && LocalGraph(local, madeIn) is { } found ? (found, local.OriginalDefinition) : null;
            case IMethodReferenceOperation { Method: { } method }:
                return !madeIn.IsRunning(method) && bodies.GraphOf(method, cancellationToken) is { } graph ? (graph, bodies.TargetOf(method)) : null;
            default:
                return null;
        }
    }

    /// <summary>Whether a call runs a body of the compilation, which will call what it is handed itself.</summary>
    private bool RunsOwnBody(IInvocationOperation call, ImmutableHashSet<Value> receiver, Frame frame) => call.TargetMethod.MethodKind switch
    {
        MethodKind.DelegateInvoke => receiver.Any(v => v.Part == Part.Function),
        MethodKind.LocalFunction => !frame.IsRunning(call.TargetMethod),
        _ => frame.Calls < MaxCalls && !frame.IsRunning(bodies.TargetOf(call.TargetMethod)) && bodies.GraphOf(call.TargetMethod, cancellationToken) is not null,
    };

    /// <summary>A delegate is called: each function it may be runs with the arguments.</summary>
    private ImmutableHashSet<Value> CallFunctions(ImmutableHashSet<Value> called, IInvocationOperation call, ImmutableHashSet<Value>[] arguments, Frame frame, FlowState state)
    {
        var result = FlowState.Nothing;
        var entry = state.Clone();
        foreach (var made in called.Where(v => v.Part == Part.Function).Select(v => functions[v.Object]))
        {
            if (running.Contains(made.Function) || BodyOf(made.Function, made.Frame) is not var (graph, method))
            {
                continue;
            }

            var isMethod = made.Function is IMethodReferenceOperation { Method.MethodKind: not MethodKind.LocalFunction };
            var nested = FrameFor((call, made.Function), frame, () => new Frame(graph, method, made.Frame, isMethod ? frame.Entry ?? call : null));
            if (isMethod)
            {
                entryStates[nested] = entry.Clone();
            }

            var (exit, returned) = RunWith(made, nested, method, call, arguments, entry.Clone());
            result = result.Union(returned);
            MarkChangedByCaller(made, arguments, entry, exit, frame);
            if (called.Count == 1)
            {
                state.TakeFrom(exit);
            }
            else
            {
                state.JoinWith(exit);
            }
        }

        return result;
    }

    private (FlowState Exit, ImmutableHashSet<Value> Returned) RunWith(MadeFunction made, Frame nested, IMethodSymbol method, IInvocationOperation call, ImmutableHashSet<Value>[] arguments, FlowState entry)
    {
        for (var i = 0; i < arguments.Length; i++)
        {
            if (call.Arguments[i].Parameter is { } parameter && parameter.Ordinal < method.Parameters.Length)
            {
                entry.Store(method.Parameters[parameter.Ordinal], arguments[i]);
            }
        }

        running.Add(made.Function);
        ran.Add(made.Function);
        var outcome = Run(nested, entry);
        running.Remove(made.Function);
        return outcome;
    }

    /// <summary>What a wrapper read itself, and the lambda of who called the wrapper changed.</summary>
    private static void MarkChangedByCaller(MadeFunction made, ImmutableHashSet<Value>[] arguments, FlowState before, FlowState after, Frame frame)
    {
        if (frame.Entry is null || made.Frame.Entry is not null)
        {
            return;
        }

        foreach (var (id, part) in arguments.SelectMany(a => a))
        {
            if (part != Part.Function && after.FactsOf(id) is { } facts && !facts.Equals(before.FactsOf(id)))
            {
                after.Touch(id, Touched.ByCaller, deep: false);
            }
        }
    }

    /// <summary>A delegate that is a value already is handed to code that may run it at once.</summary>
    private ImmutableHashSet<Value> RunAtOnce(ImmutableHashSet<Value> values, FlowState state, Origin parametersAre, ImmutableHashSet<Value> over)
    {
        var result = values.Where(v => v.Part != Part.Function).ToImmutableHashSet();
        foreach (var made in values.Where(v => v.Part == Part.Function).Select(v => functions[v.Object]))
        {
            if (running.Add(made.Function))
            {
                ran.Add(made.Function);
                result = result.Union(RunNested(made.Function, made.Frame, state, parametersAre, sharesCaptured: true, over));
                running.Remove(made.Function);
            }
        }

        return result;
    }

    /// <summary>What a body was handed and did not call itself it may have handed on.</summary>
    private ImmutableHashSet<Value> RunWaiting(List<IOperation> waiting, Frame frame, FlowState state) => waiting
        .Where(function => !ran.Contains(function))
        .Aggregate(FlowState.Nothing, (all, function) => all.Union(RunNested(function, frame, state, Origin.Parameter, sharesCaptured: true)));

    /// <summary>What nobody here calls is called by others, with objects of theirs, at a time of theirs.</summary>
    private void RunUncalled()
    {
        // One that runs may make more.
        for (var i = 0; i < functionsAsMade.Count; i++)
        {
            var made = functions[functionsAsMade[i]];
            if (made.Frame.Entry is null && ran.Add(made.Function))
            {
                path.AddRange(made.Path);
                RunNested(made.Function, made.Frame, new FlowState(slots), Origin.Parameter, sharesCaptured: false);
                path.Clear();
            }
        }
    }

    /// <summary>A function as a value.</summary>
    private sealed record MadeFunction(IOperation Function, Frame Frame, ImmutableArray<PathStep> Path);
}
