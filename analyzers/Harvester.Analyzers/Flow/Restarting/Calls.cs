using Harvester.Analyzers.ClientModel;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Harvester.Analyzers.Flow.Restarting;

/// <summary>What a call returns: by its meaning to the API server, by the body it runs, or by what is known of the framework's methods.</summary>
internal static class Calls
{
    public static Value Read(IInvocationOperation call, Frame frame)
    {
        var method = call.TargetMethod;
        if (Guards.IsDeclared(method) || frame.Reconciliation.Symbols.Declarations.IsGuard(method))
        {
            return Value.Durable(Strength.Strong);
        }

        if (frame.Reconciliation.Symbols.Resolve(call) is { } client)
        {
            return OfClient(client, frame);
        }

        if (Guards.IsDurableAccessor(method) is { } durable)
        {
            return durable;
        }

        if (Callee(call, frame) is { } callee)
        {
            var value = callee.Returned();
            return value.Kind != ValueKind.Unknown ? value : Helper(call, callee, frame);
        }

        var known = Framework(call, frame);
        if (known.Kind != ValueKind.Unknown)
        {
            return known;
        }

        return Guards.LooksUp(call, frame) ? Value.Durable(Strength.Strong, lookUp: true) : FromDurable(call, frame);
    }

    /// <summary>The body a call runs, for the arguments it gets.</summary>
    public static Frame? Callee(IInvocationOperation call, Frame frame)
    {
        var method = call.TargetMethod;
        if (method.MethodKind == MethodKind.DelegateInvoke)
        {
            return null;
        }

        if (method.MethodKind == MethodKind.LocalFunction)
        {
            return frame.LocalFunction(method, Arguments(call, method.OriginalDefinition, frame));
        }

        return frame.Reconciliation.Bodies.Target(method) is { } body
            ? frame.Reconciliation.FrameOf(method, frame, Arguments(call, body, frame), call.Instance is null ? Value.Unknown : frame.Read(call.Instance))
            : null;
    }

    /// <summary>The object a call is about: its receiver, or the first argument of an extension.</summary>
    public static IOperation? Subject(IInvocationOperation call) =>
        call.Instance ?? (call.TargetMethod.IsExtensionMethod ? call.Arguments.FirstOrDefault(a => a.Parameter?.Ordinal == 0)?.Value : null);

    private static Dictionary<IParameterSymbol, Value> Arguments(IInvocationOperation call, IMethodSymbol body, Frame frame)
    {
        var arguments = new Dictionary<IParameterSymbol, Value>(SymbolEqualityComparer.Default);
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter is { } parameter && parameter.Ordinal < body.Parameters.Length && frame.Read(argument.Value) is { Kind: not ValueKind.Unknown and not ValueKind.Constant } value)
            {
                arguments[body.Parameters[parameter.Ordinal].OriginalDefinition] = value;
            }
        }

        return arguments;
    }

    private static Value OfClient(ClientCall client, Frame frame)
    {
        if (!client.IsRead)
        {
            return Value.Unknown;
        }

        var type = client.ObjectType is null ? null : frame.Substitute(client.ObjectType);
        if (frame.Reconciliation.IsReconciled(type))
        {
            return client.Kind == CallKind.Read ? Value.Reconciled : Value.Unknown;
        }

        var own = frame.Reconciliation.IsReconciledPlural(client.Invocation.Arguments.FirstOrDefault(a => a.Parameter?.Name == "plural")?.Value);
        return type is null && own == true ? Value.Unknown : Value.Durable(Strength.Strong, lookUp: true);
    }

    /// <summary>A helper that reads and starts nothing hands on what it found, whatever shape it gives it.</summary>
    private static Value Helper(IInvocationOperation call, Frame callee, Frame frame)
    {
        // An object that is built here is no evidence, whatever went into it: only one that was read is.
        var builds = frame.Reconciliation.Symbols.IsKubernetesObject(frame.Substitute(CallShape.Payload(call.TargetMethod.ReturnType)));
        var durable = builds ? Value.Unknown : FromDurable(call, frame);
        if (durable.Kind != ValueKind.Unknown || call.TargetMethod.ReturnsVoid)
        {
            return durable;
        }

        return Effects.Of(callee).Count == 0 && Evidence(callee, 0) ? Value.Durable(Strength.Strong, lookUp: true) : Value.Unknown;
    }

    private static bool Evidence(Frame frame, int depth) => depth <= Reconciliation.Depth && frame.Graph.Blocks
        .SelectMany(Frame.Operations)
        .OfType<IInvocationOperation>()
        .Any(i => (frame.Reconciliation.Symbols.Resolve(i) is { } client && OfClient(client, frame).Kind == ValueKind.Durable)
            || (Callee(i, frame) is { } callee && callee != frame ? Evidence(callee, depth + 1) : Guards.LooksUp(i, frame)));

    private static Value FromDurable(IInvocationOperation call, Frame frame)
    {
        if (call.TargetMethod.Name is "MoveNext" or "MoveNextAsync")
        {
            return Value.Unknown;
        }

        var used = (call.Instance is null ? [] : new[] { call.Instance }).Concat(call.Arguments.Select(a => a.Value));
        foreach (var operand in used)
        {
            if (frame.Read(operand) is { Kind: ValueKind.Durable } durable)
            {
                return IsBool(call) ? Value.GuardTest(durable.Strength) : operand == Subject(call) ? durable : Emptiness.Derived(durable);
            }
        }

        return Value.Unknown;
    }

    private static bool IsBool(IInvocationOperation call) => CallShape.Payload(call.TargetMethod.ReturnType).SpecialType == SpecialType.System_Boolean;

    private static Value Framework(IInvocationOperation call, Frame frame)
    {
        var method = call.TargetMethod;
        var root = Guards.Root(method.ContainingType);
        if (root != "System")
        {
            return Value.Unknown;
        }

        switch (method.Name)
        {
            case "IsNullOrEmpty" or "IsNullOrWhiteSpace" when method.ContainingType.SpecialType == SpecialType.System_String:
                return Emptiness.NullTest(frame.Read(call.Arguments[0].Value));
            case "Equals" when call.Instance is not null && call.Arguments.Length > 0:
                return Emptiness.Compare(call.Instance, call.Arguments[0].Value, frame);
            case "Equals" or "ReferenceEquals" when call.Arguments.Length > 1:
                return Emptiness.Compare(call.Arguments[0].Value, call.Arguments[1].Value, frame);
        }

        if (Subject(call) is not { } subject)
        {
            return Value.Unknown;
        }

        var value = frame.Read(subject);
        return value.Kind switch
        {
            ValueKind.Part => OfPart(call, value, frame),
            ValueKind.Durable when method.Name is "Any" or "Exists" && value.IsLookUp => Value.IsAbsent(value).Not(),
            _ when method.Name is "ConfigureAwait" or "GetAwaiter" or "GetResult" or "AsTask" => value,
            _ => Value.Unknown,
        };
    }

    /// <summary>Questions to a collection or string of the status.</summary>
    private static Value OfPart(IInvocationOperation call, Value value, Frame frame)
    {
        var method = call.TargetMethod;
        var part = value.Part!;
        var rest = call.Arguments.Where(a => a.Parameter?.Ordinal >= (method.IsExtensionMethod ? 1 : 0)).Select(a => a.Value).ToList();
        var lambda = rest.Select(ClientCall.Unwrap).Select(o => o is IDelegateCreationOperation d ? d.Target : o).OfType<IFlowAnonymousFunctionOperation>().FirstOrDefault();
        if (part.Kind == PartKind.Conditions && rest.Count > 0)
        {
            var condition = Value.Of(new(PartKind.Condition, Emptiness.Describe(call)));
            var picked = lambda is null || method.Name is "ContainsKey" or "TryGetValue" ? Picks.ByKey : Pick(lambda, frame);
            return (method.Name, picked) switch
            {
                ("Any" or "Exists", Picks.OneType) or ("ContainsKey" or "TryGetValue", Picks.ByKey) => Value.IsEmpty(condition.Part!).Not(),
                ("All" or "TrueForAll", Picks.AllButOneType) => Value.IsEmpty(condition.Part!),
                ("FirstOrDefault" or "LastOrDefault" or "SingleOrDefault" or "Find" or "FindLast" or "Where", Picks.OneType) => condition,
                ("Count", Picks.OneType) => condition with { ZeroIsEmpty = true },
                ("GetValueOrDefault", Picks.ByKey) => condition,
                _ => Value.Unknown,
            };
        }

        return method.Name switch
        {
            "Any" when rest.Count == 0 => Value.IsEmpty(part).Not(),
            "ContainsKey" or "TryGetValue" or "Contains" when part.Kind == PartKind.Member && method.ContainingType.SpecialType != SpecialType.System_String => Value.IsEmpty(part).Not(),
            "Count" or "LongCount" when rest.Count == 0 => value with { ZeroIsEmpty = true },
            "FirstOrDefault" or "LastOrDefault" or "SingleOrDefault" when rest.Count == 0 => value,
            "Select" or "OrderBy" or "OrderByDescending" when part.Kind == PartKind.Condition => value,
            "ToList" or "ToArray" or "AsEnumerable" or "GetEnumerator" or "GetValueOrDefault" or "ToString" or "Trim" or "ToLower" or "ToUpper" or "ToLowerInvariant" or "ToUpperInvariant" => value,
            _ => Value.Unknown,
        };
    }

    private enum Picks
    {
        Unclear,
        ByKey,
        OneType,
        AllButOneType,
    }

    /// <summary>Whether a predicate asks for a condition of one type, and nothing else: what it says besides is not absence.</summary>
    private static Picks Pick(IFlowAnonymousFunctionOperation lambda, Frame frame)
    {
        if (frame.Lambda(lambda) is not { } body || body.Graph.Blocks.Count(b => b.BranchValue is not null) != 1)
        {
            return Picks.Unclear;
        }

        var test = body.Graph.Blocks.Select(b => b.BranchValue).First(v => v is not null)!;
        var members = test.DescendantsAndSelf().OfType<IPropertyReferenceOperation>().Where(p => p.Instance is IParameterReferenceOperation { Parameter: { } q } && q.ContainingSymbol.Equals(lambda.Symbol, SymbolEqualityComparer.Default)).ToList();
        if (members.Count == 0 || members.Any(m => m.Property.Name is not ("Type" or "Key" or "Name")))
        {
            return Picks.Unclear;
        }

        return ClientCall.Unwrap(test) switch
        {
            IBinaryOperation { OperatorKind: BinaryOperatorKind.NotEquals } or IUnaryOperation => Picks.AllButOneType,
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals } or IInvocationOperation { TargetMethod.Name: "Equals" } or IIsPatternOperation => Picks.OneType,
            _ => Picks.Unclear,
        };
    }
}
