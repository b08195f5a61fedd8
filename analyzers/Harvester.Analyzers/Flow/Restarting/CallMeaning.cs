using Harvester.Analyzers.ClientModel;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Harvester.Analyzers.Flow.Restarting;

/// <summary>What a call returns: by its meaning to the API server, by the body it runs, or by what is known of the framework's methods.</summary>
internal static class CallMeaning
{
    public static readonly IReadOnlyDictionary<IParameterSymbol, Meaning> NoArguments = new Dictionary<IParameterSymbol, Meaning>(SymbolEqualityComparer.Default);

    public static Meaning Read(IInvocationOperation call, Activation activation)
    {
        var method = call.TargetMethod;
        if (Guards.IsDeclared(method) || activation.Reconciliation.Symbols.Declarations.IsGuard(method))
        {
            return Meaning.Durable(Strength.Strong);
        }

        if (activation.Reconciliation.Symbols.Resolve(call) is { } client)
        {
            return OfClient(client, activation);
        }

        var value = Undeclared(call, activation);
        return value.Kind == MeaningKind.Durable && IsBool(call) && Guards.SaysFound(method.Name) ? Meaning.IsAbsent(value with { IsLookUp = true }).Not() : value;
    }

    private static Meaning Undeclared(IInvocationOperation call, Activation activation)
    {
        var method = call.TargetMethod;
        if (Guards.IsDurableAccessor(method) is { } durable)
        {
            return Guards.OfChild(Subject(call), activation) ?? durable;
        }

        if (Guards.IsDeletionAccessor(call, activation))
        {
            return Meaning.Deletion;
        }

        if (Callee(call, activation) is { } callee)
        {
            var value = callee.Returned();
            return value.Kind != MeaningKind.Unknown ? value : Helper(call, callee, activation);
        }

        var known = Framework(call, activation);
        if (known.Kind != MeaningKind.Unknown)
        {
            return known;
        }

        return Guards.LooksUp(call, activation) ? Meaning.Durable(Strength.Strong, lookUp: true) : FromDurable(call, activation);
    }

    /// <summary>The body a call runs, for the arguments it gets.</summary>
    public static Activation? Callee(IInvocationOperation call, Activation activation)
    {
        var method = call.TargetMethod;
        if (method.MethodKind == MethodKind.DelegateInvoke)
        {
            return call.Instance is null ? null : activation.Read(call.Instance).Body;
        }

        if (method.MethodKind == MethodKind.LocalFunction)
        {
            return activation.LocalFunction(method, Arguments(call, method.OriginalDefinition, activation));
        }

        return activation.Reconciliation.BodyOf(method) is { } body
            ? activation.Reconciliation.ActivationOf(method, activation, Arguments(call, body, activation), call.Instance is null ? Meaning.Unknown : activation.Read(call.Instance))
            : null;
    }

    /// <summary>The body of a method that is handed on instead of called.</summary>
    public static Activation? Referred(IMethodReferenceOperation method, Activation activation) => method.Method.MethodKind == MethodKind.LocalFunction
        ? activation.LocalFunction(method.Method, NoArguments)
        : activation.Reconciliation.ActivationOf(method.Method, activation, NoArguments, method.Instance is null ? Meaning.Unknown : activation.Read(method.Instance));

    /// <summary>The object a call is about: its receiver, or the first argument of an extension.</summary>
    public static IOperation? Subject(IInvocationOperation call) =>
        call.Instance ?? (call.TargetMethod.IsExtensionMethod ? call.Arguments.FirstOrDefault(a => a.Parameter?.Ordinal == 0)?.Value : null);

    private static Dictionary<IParameterSymbol, Meaning> Arguments(IInvocationOperation call, IMethodSymbol body, Activation activation)
    {
        var arguments = new Dictionary<IParameterSymbol, Meaning>(SymbolEqualityComparer.Default);
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter is { } parameter && parameter.Ordinal < body.Parameters.Length && activation.Read(argument.Value) is { Kind: not MeaningKind.Unknown and not MeaningKind.Constant } value)
            {
                arguments[body.Parameters[parameter.Ordinal].OriginalDefinition] = value;
            }
        }

        return arguments;
    }

    private static Meaning OfClient(ClientCall client, Activation activation)
    {
        if (!client.IsRead)
        {
            return Meaning.Unknown;
        }

        var type = client.ObjectType is null ? null : activation.Substitute(client.ObjectType);
        if (activation.Reconciliation.IsReconciled(type))
        {
            return client.Kind == CallKind.Read ? Meaning.Reconciled : Meaning.Unknown;
        }

        var own = activation.Reconciliation.IsReconciledPlural(client.Arguments.FirstOrDefault(a => a.Parameter?.Name == "plural")?.Value);
        return type is null && own == true ? Meaning.Unknown : Meaning.Durable(Strength.Strong, lookUp: true);
    }

    /// <summary>A helper that reads and starts nothing hands on what it found, whatever shape it gives it.</summary>
    private static Meaning Helper(IInvocationOperation call, Activation callee, Activation activation)
    {
        // An object that is built here is no evidence, whatever went into it: only one that was read is.
        var builds = activation.Reconciliation.Symbols.IsKubernetesObject(activation.Substitute(CallShape.Payload(call.TargetMethod.ReturnType)));
        var durable = builds ? Meaning.Unknown : FromDurable(call, activation);
        if (durable.Kind != MeaningKind.Unknown || call.TargetMethod.ReturnsVoid)
        {
            return durable;
        }

        return Effects.Of(callee).Count == 0 && Evidence(callee, 0) ? Meaning.Durable(Strength.Strong, lookUp: true) : Meaning.Unknown;
    }

    private static bool Evidence(Activation activation, int depth) => depth <= Reconciliation.Depth && activation.Graph.Blocks
        .SelectMany(Activation.Operations)
        .OfType<IInvocationOperation>()
        .Any(i => (activation.Reconciliation.Symbols.Resolve(i) is { } client && OfClient(client, activation).Kind == MeaningKind.Durable)
            || (Callee(i, activation) is { } callee && callee != activation ? Evidence(callee, depth + 1) : Guards.LooksUp(i, activation)));

    private static Meaning FromDurable(IInvocationOperation call, Activation activation)
    {
        // What a watch brings is the object itself, whatever list it began with.
        if (call.TargetMethod.Name is "MoveNext" or "MoveNextAsync" or "WatchAsync")
        {
            return Meaning.Unknown;
        }

        var used = (call.Instance is null ? [] : new[] { call.Instance }).Concat(call.Arguments.Select(a => a.Value));
        foreach (var operand in used)
        {
            if (activation.Read(operand) is { Kind: MeaningKind.Durable } durable)
            {
                return IsBool(call)
                    ? Guards.SaysFound(call.TargetMethod.Name) ? Meaning.IsAbsent(durable).Not() : Meaning.GuardTest(durable.Strength)
                    : operand == Subject(call) ? durable : Emptiness.Derived(durable);
            }
        }

        return Meaning.Unknown;
    }

    private static bool IsBool(IInvocationOperation call) => CallShape.Payload(call.TargetMethod.ReturnType).SpecialType == SpecialType.System_Boolean;

    private static Meaning Framework(IInvocationOperation call, Activation activation)
    {
        var method = call.TargetMethod;
        var root = KubernetesSymbols.RootNamespace(method.ContainingType);
        if (root != "System")
        {
            return Meaning.Unknown;
        }

        switch (method.Name)
        {
            case "IsNullOrEmpty" or "IsNullOrWhiteSpace" when method.ContainingType.SpecialType == SpecialType.System_String:
                return Emptiness.NullTest(activation.Read(call.Arguments[0].Value));
            case "Equals" when call.Instance is not null && call.Arguments.Length > 0:
                return Emptiness.Compare(call.Instance, call.Arguments[0].Value, activation);
            case "Equals" or "ReferenceEquals" when call.Arguments.Length > 1:
                return Emptiness.Compare(call.Arguments[0].Value, call.Arguments[1].Value, activation);
        }

        if (Subject(call) is not { } subject)
        {
            return Meaning.Unknown;
        }

        var value = activation.Read(subject);
        return value.Kind switch
        {
            MeaningKind.Part => OfPart(call, value, activation),
            MeaningKind.Durable when method.Name is "Any" or "Exists" && value.IsLookUp => Meaning.IsAbsent(value).Not(),
            _ when method.Name is "ConfigureAwait" or "GetAwaiter" or "GetResult" or "AsTask" or "GetValueOrDefault" => value,
            _ => Meaning.Unknown,
        };
    }

    /// <summary>Questions to a collection or string of the status.</summary>
    private static Meaning OfPart(IInvocationOperation call, Meaning value, Activation activation)
    {
        var method = call.TargetMethod;
        var part = value.Part!;
        var rest = call.Arguments.Where(a => a.Parameter?.Ordinal >= (method.IsExtensionMethod ? 1 : 0)).Select(a => a.Value).ToList();
        var lambda = rest.Select(ClientCall.Unwrap).Select(o => o is IDelegateCreationOperation d ? d.Target : o).OfType<IFlowAnonymousFunctionOperation>().FirstOrDefault();
        if (part.Kind == StatusPartKind.Conditions && rest.Count > 0 || lambda is not null && part.Kind == StatusPartKind.Member)
        {
            var condition = Meaning.Of(new(part.Kind == StatusPartKind.Conditions ? StatusPartKind.Condition : part.Kind, part.Kind == StatusPartKind.Conditions ? Emptiness.Describe(call) : part.Name));
            var picked = lambda is null || method.Name is "ContainsKey" or "TryGetValue" ? Picks.ByKey : Pick(lambda, activation);
            return (method.Name, picked) switch
            {
                ("Any" or "Exists", Picks.OneType) or ("ContainsKey" or "TryGetValue", Picks.ByKey) => Meaning.IsEmpty(condition.Part!).Not(),
                ("All" or "TrueForAll", Picks.AllButOneType) => Meaning.IsEmpty(condition.Part!),
                ("FirstOrDefault" or "LastOrDefault" or "SingleOrDefault" or "Find" or "FindLast" or "Where", Picks.OneType) => condition,
                ("Count", Picks.OneType) => condition with { ZeroIsEmpty = true },
                ("FindIndex" or "FindLastIndex", Picks.OneType) => condition with { Stands = [new(-1, null)] },
                ("GetValueOrDefault", Picks.ByKey) => condition,
                ("Contains", Picks.ByKey) => Meaning.IsEmpty(condition.Part!).Not(),
                ("Select" or "ToDictionary" or "ToLookup", Picks.Type) => value,
                _ => Meaning.Unknown,
            };
        }

        return method.Name switch
        {
            "Any" when rest.Count == 0 => Meaning.IsEmpty(part).Not(),
            "ContainsKey" or "TryGetValue" or "Contains" when part.Kind == StatusPartKind.Member && method.ContainingType.SpecialType != SpecialType.System_String => Meaning.IsEmpty(part).Not(),
            "Count" or "LongCount" when rest.Count == 0 => value with { ZeroIsEmpty = true },
            "FirstOrDefault" or "LastOrDefault" or "SingleOrDefault" when rest.Count == 0 => value,
            "Select" or "OrderBy" or "OrderByDescending" when part.Kind == StatusPartKind.Condition => value,
            "GetValueOrDefault" when rest.Count == 0 => value with { ZeroIsEmpty = true },
            "ToList" or "ToArray" or "AsEnumerable" or "GetEnumerator" or "GetValueOrDefault" or "ToString" or "Trim" or "ToLower" or "ToUpper" or "ToLowerInvariant" or "ToUpperInvariant" => value,
            _ => Meaning.Unknown,
        };
    }

    private enum Picks
    {
        Unclear,
        ByKey,
        Type,
        OneType,
        AllButOneType,
    }

    /// <summary>Whether a predicate asks for a condition of one type, and nothing else: what it says besides is not absence.</summary>
    private static Picks Pick(IFlowAnonymousFunctionOperation lambda, Activation activation)
    {
        if (activation.Lambda(lambda) is not { } body || body.Graph.Blocks.Count(b => b.BranchValue is not null) != 1)
        {
            return Picks.Unclear;
        }

        var test = body.Graph.Blocks.Select(b => b.BranchValue).First(v => v is not null)!;
        var members = test.DescendantsAndSelf().OfType<IPropertyReferenceOperation>().Where(p => p.Instance is IParameterReferenceOperation { Parameter: { } q } && q.ContainingSymbol.Equals(lambda.Symbol, SymbolEqualityComparer.Default)).ToList();
        if (members.Count == 0 || !members.All(m => IsKey(m.Property.Name)))
        {
            return Picks.Unclear;
        }

        return ClientCall.Unwrap(test) switch
        {
            IBinaryOperation { OperatorKind: BinaryOperatorKind.NotEquals } or IUnaryOperation => Picks.AllButOneType,
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals } or IInvocationOperation { TargetMethod.Name: "Equals" } or IIsPatternOperation => Picks.OneType,
            IPropertyReferenceOperation => Picks.Type,
            _ => Picks.Unclear,
        };

        static bool IsKey(string name) => name is "Type" or "Key" or "Uid" || name.EndsWith("Name", StringComparison.Ordinal) || name.EndsWith("Id", StringComparison.Ordinal);
    }
}
