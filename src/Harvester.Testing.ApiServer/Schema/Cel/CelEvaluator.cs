namespace Harvester.Testing.ApiServer.Schema.Cel;

/// <summary>Evaluates CEL expressions.</summary>
internal static class CelEvaluator
{
    /// <summary>Evaluates an expression.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="variables">The variables it may mention.</param>
    /// <exception cref="CelEvaluationException">It fails.</exception>
    public static object? Evaluate(CelExpression expression, IReadOnlyDictionary<string, object?> variables)
    {
        switch (expression)
        {
            case CelExpression.Literal literal:
                return literal.Value;
            case CelExpression.Name name:
                return variables.TryGetValue(name.Text, out var value)
                    ? value
                    : throw new CelEvaluationException($"undeclared reference to '{name.Text}' (in container '')");
            case CelExpression.Select select:
                return Evaluate(select.Target, variables) is CelMap members
                    ? members.Entries.TryGetValue(select.Member, out var member)
                        ? member
                        : throw new CelEvaluationException("no such key: " + select.Member)
                    : throw new CelEvaluationException($"no such overload: '{select.Member}'");
            case CelExpression.Has has:
                return Evaluate(has.Target, variables) is CelMap map
                    ? map.Entries.ContainsKey(has.Member)
                    : throw new CelEvaluationException("no such overload");
            case CelExpression.Index index:
                return Item(Evaluate(index.Target, variables), Evaluate(index.At, variables));
            case CelExpression.Call { Target: null } call:
                return CelFunctions.Call(call.Function, Arguments(call, variables));
            case CelExpression.Call call:
                return CelFunctions.Call(Evaluate(call.Target!, variables), call.Function, Arguments(call, variables));
            case CelExpression.Operator { Symbol: "&&" or "||" } op:
                return Logic(op, variables);
            case CelExpression.Operator op:
                return CelOperators.Apply(
                    op.Symbol, Evaluate(op.Left, variables), op.Right is null ? null : Evaluate(op.Right, variables), op.Right is null);
            case CelExpression.Choice choice:
                return Evaluate(Boolean(choice.Condition, variables) ? choice.Then : choice.Otherwise, variables);
            case CelExpression.ListOf list:
                return list.Items.Select(item => Evaluate(item, variables)).ToList();
            case CelExpression.MapOf entries:
                return new CelMap(entries.Entries.ToDictionary(
                    e => Evaluate(e.Key, variables) ?? throw new CelEvaluationException("unsupported key type"),
                    e => Evaluate(e.Value, variables)));
            case CelExpression.Over over:
                return Iterate(over, variables);
            default:
                throw new CelEvaluationException("no such overload");
        }
    }

    private static object?[] Arguments(CelExpression.Call call, IReadOnlyDictionary<string, object?> variables) =>
        [.. call.Arguments.Select(a => Evaluate(a, variables))];

    private static bool Boolean(CelExpression expression, IReadOnlyDictionary<string, object?> variables) =>
        Evaluate(expression, variables) is bool value ? value : throw new CelEvaluationException("no such overload");

    // A side that fails does not matter when the other decides.
    private static bool Logic(CelExpression.Operator op, IReadOnlyDictionary<string, object?> variables)
    {
        var decisive = op.Symbol == "||";
        try
        {
            if (Boolean(op.Left, variables) == decisive)
            {
                return decisive;
            }
        }
        catch (CelEvaluationException)
        {
            if (Boolean(op.Right!, variables) == decisive)
            {
                return decisive;
            }

            throw;
        }

        return Boolean(op.Right!, variables);
    }

    private static object? Item(object? target, object? at) => (target, at) switch
    {
        (List<object?> list, long index) => index >= 0 && index < list.Count
            ? list[(int)index]
            : throw new CelEvaluationException($"index out of bounds: {index}"),
        (CelMap map, not null) => map.Entries.TryGetValue(at, out var value)
            ? value
            : throw new CelEvaluationException($"no such key: {at}"),
        _ => throw new CelEvaluationException("no such overload"),
    };

    private static object Iterate(CelExpression.Over over, IReadOnlyDictionary<string, object?> variables)
    {
        var range = Evaluate(over.Target, variables) switch
        {
            List<object?> list => list,
            CelMap map => [.. map.Entries.Keys],
            _ => throw new CelEvaluationException("no such overload"),
        };
        var inner = new Dictionary<string, object?>(variables);
        var results = new List<object?>();
        var matching = 0L;
        CelEvaluationException? failure = null;
        foreach (var item in range)
        {
            inner[over.Variable] = item;
            if (over.Macro == "map")
            {
                if (over.Filter is null || Boolean(over.Filter, inner))
                {
                    results.Add(Evaluate(over.Body, inner));
                }

                continue;
            }

            try
            {
                var holds = Boolean(over.Body, inner);
                if (over.Macro is "all" or "exists" && holds == (over.Macro == "exists"))
                {
                    return holds;
                }

                matching += holds ? 1 : 0;
                if (holds)
                {
                    results.Add(item);
                }
            }
            catch (CelEvaluationException failed) when (over.Macro is "all" or "exists")
            {
                failure ??= failed;
            }
        }

        if (failure is not null)
        {
            throw failure;
        }

        return over.Macro switch
        {
            "all" => true,
            "exists" => false,
            "exists_one" or "existsOne" => matching == 1,
            _ => results,
        };
    }
}
