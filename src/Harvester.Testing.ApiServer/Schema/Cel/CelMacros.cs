namespace Harvester.Testing.ApiServer.Schema.Cel;

/// <summary>Calls that are no functions: they become folds over their target, or tests of a member.</summary>
internal static class CelMacros
{
    /// <summary>The variable a fold collects in; it cannot be written in an expression.</summary>
    public const string Accumulator = "@result";

    /// <summary>The variable of a fold that only binds another; it cannot be written either.</summary>
    public const string Unused = "#unused";

    /// <summary>What a call means.</summary>
    /// <param name="source">Receives errors.</param>
    /// <param name="call">The call.</param>
    public static CelNode Expand(CelSource source, CelCall call)
    {
        var count = call.Arguments.Count;
        if (call.Target is null)
        {
            return call.Function == "has" && count == 1 ? Has(source, call) : call;
        }

        return (call.Function, count) switch
        {
            ("all" or "exists" or "exists_one" or "existsOne", 2 or 3) => Quantifier(source, call),
            ("map", 2 or 3) => Map(source, call),
            ("filter", 2) => Filter(source, call),
            ("transformList" or "transformMap" or "transformMapEntry", 3 or 4) => Transform(source, call),
            ("optMap" or "optFlatMap", 2) => OptionalMap(source, call),
            ("sortBy", 2) => SortBy(source, call),
            _ => call,
        };
    }

    private static CelNode Has(CelSource source, CelCall call)
    {
        if (call.Arguments[0] is CelSelect select)
        {
            return new CelSelect(call.At, select.Operand, select.Field, isTest: true);
        }

        source.Report(call.Arguments[0].At, "invalid argument to has() macro");
        return call;
    }

    private static CelNode Quantifier(CelSource source, CelCall call)
    {
        if (Variables(source, call, "argument must be a simple name", call.Arguments.Count - 1) is not { } names)
        {
            return call;
        }

        var predicate = call.Arguments[^1];
        var result = Result(call);
        return call.Function switch
        {
            "all" => Fold(
                call, names, Of(call, true), Call(call, "@not_strictly_false", result), Call(call, "_&&_", result, predicate), result),
            "exists" => Fold(
                call,
                names,
                Of(call, false),
                Call(call, "@not_strictly_false", Call(call, "!_", result)),
                Call(call, "_||_", result, predicate),
                result),
            _ => Fold(
                call,
                names,
                Of(call, 0L),
                Of(call, true),
                Call(call, "_?_:_", predicate, Call(call, "_+_", result, Of(call, 1L)), result),
                Call(call, "_==_", result, Of(call, 1L))),
        };
    }

    private static CelNode Map(CelSource source, CelCall call)
    {
        if (Variables(source, call, "argument is not an identifier", 1) is not { } names)
        {
            return call;
        }

        var result = Result(call);
        var step = Call(call, "_+_", result, ListOf(call, call.Arguments[^1]));
        return Fold(
            call,
            names,
            ListOf(call),
            Of(call, true),
            call.Arguments.Count == 3 ? Call(call, "_?_:_", call.Arguments[1], step, result) : step,
            result);
    }

    private static CelNode Filter(CelSource source, CelCall call)
    {
        if (Variables(source, call, "argument is not an identifier", 1) is not { } names)
        {
            return call;
        }

        var result = Result(call);
        var step = Call(call, "_+_", result, ListOf(call, call.Arguments[0]));
        return Fold(call, names, ListOf(call), Of(call, true), Call(call, "_?_:_", call.Arguments[1], step, result), result);
    }

    private static CelNode Transform(CelSource source, CelCall call)
    {
        if (Variables(source, call, "argument must be a simple name", 2) is not { } names)
        {
            return call;
        }

        var result = Result(call);
        var step = call.Function switch
        {
            "transformList" => Call(call, "_+_", result, ListOf(call, call.Arguments[^1])),
            "transformMap" => Call(call, "cel.@mapInsert", result, new CelIdent(call.At, names[0]), call.Arguments[^1]),
            _ => Call(call, "cel.@mapInsert", result, call.Arguments[^1]),
        };
        return Fold(
            call,
            names,
            call.Function == "transformList" ? ListOf(call) : new CelMapNode(call.At, []),
            Of(call, true),
            call.Arguments.Count == 4 ? Call(call, "_?_:_", call.Arguments[2], step, result) : step,
            result);
    }

    private static CelNode OptionalMap(CelSource source, CelCall call)
    {
        if (call.Arguments[0] is not CelIdent variable)
        {
            source.Report(call.Arguments[0].At, $"{call.Function}() variable name must be a simple identifier");
            return call;
        }

        CelNode bound = Bind(call, variable.Name, new CelCall(call.At, "value", call.Target, []), call.Arguments[1]);
        return Call(
            call,
            "_?_:_",
            new CelCall(call.At, "hasValue", call.Target, []),
            call.Function == "optMap" ? Call(call, "optional.of", bound) : bound,
            Call(call, "optional.none"));
    }

    // The list is bound, its keys are computed, and one is sorted by the other.
    private static CelNode SortBy(CelSource source, CelCall call)
    {
        const string Input = "@__sortBy_input__";
        if (call.Target is not (CelSelect or CelIdent or CelListNode or CelFold or CelCall))
        {
            source.Report(call.Target!.At, "sortBy can only be applied to a list, identifier, comprehension, call or select expression");
            return call;
        }

        var keys = Map(source, new CelCall(call.At, "map", new CelIdent(call.At, Input), call.Arguments));
        return Bind(
            call, Input, call.Target, new CelCall(call.At, "@sortByAssociatedKeys", new CelIdent(call.At, Input), [keys]));
    }

    private static CelFold Bind(CelCall call, string variable, CelNode value, CelNode result) => new(call.At)
    {
        Range = ListOf(call),
        Variable = Unused,
        Accumulator = variable,
        Initial = value,
        Condition = Of(call, false),
        Step = new CelIdent(call.At, variable),
        Result = result,
    };

    private static List<string>? Variables(CelSource source, CelCall call, string otherwise, int count)
    {
        var names = new List<string>();
        for (var i = 0; i < count; i++)
        {
            if (call.Arguments[i] is not CelIdent variable)
            {
                source.Report(call.Arguments[i].At, otherwise);
                return null;
            }

            if (variable.Name is Accumulator or "__result__")
            {
                source.Report(variable.At, "iteration variable overwrites accumulator variable");
                return null;
            }

            names.Add(variable.Name);
        }

        if (names.Count == 2 && names[0] == names[1])
        {
            source.Report(call.Arguments[1].At, "duplicate variable name: " + names[0]);
            return null;
        }

        return names;
    }

    private static CelFold Fold(CelCall call, List<string> names, CelNode initial, CelNode condition, CelNode step, CelNode result) => new(call.At)
    {
        Range = call.Target!,
        Variable = names[0],
        SecondVariable = names.Count > 1 ? names[1] : null,
        Accumulator = Accumulator,
        Initial = initial,
        Condition = condition,
        Step = step,
        Result = result,
    };

    private static CelIdent Result(CelCall call) => new(call.At, Accumulator);

    private static CelLiteral Of(CelCall call, object value) => new(call.At, value);

    private static CelListNode ListOf(CelCall call, params CelNode[] items) => new(call.At, items, new bool[items.Length]);

    private static CelCall Call(CelCall call, string function, params CelNode[] arguments) => new(call.At, function, null, arguments);
}
