namespace Harvester.Testing.ApiServer.Schema.Cel;

/// <summary>Evaluates a checked expression, and counts what that costs; beyond a limit it stops.</summary>
internal sealed class CelProgram
{
    private readonly object _self;
    private readonly object? _oldSelf;
    private readonly long _limit;
    private readonly List<(string Name, object Value)> _locals = [];

    private CelProgram(object self, object? oldSelf, long limit)
    {
        _self = self;
        _oldSelf = oldSelf;
        _limit = limit;
    }

    private long Cost { get; set; }

    /// <summary>Evaluates an expression.</summary>
    /// <param name="node">The expression.</param>
    /// <param name="self">What <c>self</c> is.</param>
    /// <param name="oldSelf">What <c>oldSelf</c> is, or null.</param>
    /// <param name="limit">What it may cost.</param>
    /// <param name="cost">What it did cost.</param>
    /// <returns>The value, or a <see cref="CelFault"/>.</returns>
    public static object Run(CelNode node, object self, object? oldSelf, long limit, out long cost)
    {
        var program = new CelProgram(self, oldSelf, limit);
        try
        {
            var result = program.Evaluate(node);
            cost = program.Cost;
            return result;
        }
        catch (CelLimitException)
        {
            cost = program.Cost;
            return new CelFault("operation cancelled: actual cost limit exceeded");
        }
    }

    private void Spend(long cost)
    {
        Cost += cost;
        if (Cost > _limit)
        {
            throw new CelLimitException();
        }
    }

    private object Evaluate(CelNode node)
    {
        switch (node)
        {
            case CelLiteral literal:
                return literal.Value;
            case CelIdent ident:
                Spend(1);
                return ident.Named ?? Variable(ident.Name);
            case CelSelect select:
                return Select(select);
            case CelCall call:
                return Call(call);
            case CelListNode list:
                return List(list);
            case CelMapNode map:
                return Map(map);
            case CelFold fold:
                return fold.IsBinding ? Bind(fold) : Fold(fold);
            default:
                return new CelFault("unknown expression");
        }
    }

    private object Variable(string name)
    {
        for (var i = _locals.Count - 1; i >= 0; i--)
        {
            if (_locals[i].Name == name)
            {
                return _locals[i].Value;
            }
        }

        return name switch
        {
            "self" => _self,
            "oldSelf" when _oldSelf is not null => _oldSelf,
            _ => new CelFault("no such attribute(s): " + name),
        };
    }

    private object Select(CelSelect select)
    {
        if (select.Named is not null)
        {
            return select.Named;
        }

        var operand = Evaluate(select.Operand);
        if (!select.IsTest)
        {
            Spend(1);
        }

        var isOption = operand is CelOption;
        if (operand is CelOption option)
        {
            if (option.Value is null)
            {
                return select.IsTest ? false : CelOption.None;
            }

            operand = option.Value;
        }

        switch (operand)
        {
            case CelFault:
                return operand;
            case CelMap map when map.TryGet(select.Field, out var value):
                return select.IsTest ? true : isOption && value is not CelFault ? new CelOption(value) : value;
            case CelMap:
                return select.IsTest ? false : isOption ? CelOption.None : new CelFault("no such key: " + select.Field);
            default:
                return select.IsTest ? CelFault.NoSuchOverload : new CelFault("no such overload");
        }
    }

    private object Call(CelCall call)
    {
        switch (call.Function)
        {
            case "_&&_":
                return Logical(call, decisive: false);
            case "_||_":
                return Logical(call, decisive: true);
            case "_?_:_":
                return Evaluate(call.Arguments[0]) switch
                {
                    true => Evaluate(call.Arguments[1]),
                    false => Evaluate(call.Arguments[2]),
                    CelFault fault => fault,
                    _ => CelFault.NoSuchOverload,
                };
            case "@not_strictly_false":
                var condition = Evaluate(call.Arguments[0]);
                Spend(1);
                return condition is not false;
            case "or" or "orValue" when call.Target is not null:
                return OrElse(call);
        }

        var offset = call.Target is null ? 0 : 1;
        var arguments = new object[call.Arguments.Count + offset];
        if (call.Target is not null)
        {
            arguments[0] = Evaluate(call.Target);
        }

        for (var i = 0; i < call.Arguments.Count; i++)
        {
            arguments[i + offset] = Evaluate(call.Arguments[i]);
        }

        foreach (var argument in arguments)
        {
            if (argument is CelFault)
            {
                return argument;
            }
        }

        // Functions that search or build take time with the size of what they get: they are paid for before they run.
        Spend(CelRuntimeCosts.Of(call.Function, arguments));
        var result = CelFunctions.Call(call.Function, arguments, call.Target is not null);
        if (call.Function == "join" && result is string joined)
        {
            Spend(CelRuntimeCosts.OfJoin(joined));
        }

        return result;
    }

    // One side can decide, whatever the other one is.
    private object Logical(CelCall call, bool decisive)
    {
        var left = Evaluate(call.Arguments[0]);
        if (left is bool first && first == decisive)
        {
            return decisive;
        }

        var right = Evaluate(call.Arguments[1]);
        return (left, right) switch
        {
            (_, bool second) when second == decisive => decisive,
            (bool, bool) => !decisive,
            (CelFault, _) => left,
            (_, CelFault) => right,
            _ => CelFault.NoSuchOverload,
        };
    }

    private object OrElse(CelCall call)
    {
        var target = Evaluate(call.Target!);
        Spend(1);
        return target switch
        {
            CelFault => target,
            CelOption { Value: { } value } option => call.Function == "or" ? option : value,
            CelOption => Evaluate(call.Arguments[0]),
            _ => CelFault.NoSuchOverload,
        };
    }

    private object List(CelListNode list)
    {
        var items = new List<object>(list.Items.Count);
        for (var i = 0; i < list.Items.Count; i++)
        {
            var item = Evaluate(list.Items[i]);
            switch (item)
            {
                case CelFault:
                    return item;
                case CelOption option when list.Optional[i]:
                    if (option.Value is { } value)
                    {
                        items.Add(value);
                    }

                    break;
                default:
                    if (list.Optional[i])
                    {
                        return new CelFault($"cannot initialize optional list element from non-optional value {CelText.Shown(item)}");
                    }

                    items.Add(item);
                    break;
            }
        }

        Spend(10);
        return new CelItems(items);
    }

    private object Map(CelMapNode map)
    {
        var entries = new Dictionary<object, object>(CelKeys.Instance);
        foreach (var entry in map.Entries)
        {
            var key = Evaluate(entry.Key);
            var value = Evaluate(entry.Value);
            if (key is CelFault || value is CelFault)
            {
                return key is CelFault ? key : value;
            }

            if (entry.Optional)
            {
                if (value is not CelOption option)
                {
                    return new CelFault($"cannot initialize optional entry '{CelText.Shown(key)}' from non-optional value {CelText.Shown(value)}");
                }

                if (option.Value is null)
                {
                    continue;
                }

                value = option.Value;
            }

            if (!entries.TryAdd(key, value))
            {
                return new CelFault($"Failed with repeated key {CelText.Shown(key)}");
            }
        }

        Spend(30);
        return new CelEntries(entries);
    }

    private object Bind(CelFold fold)
    {
        var value = Evaluate(fold.Initial);
        Spend(10);
        if (value is CelFault)
        {
            return value;
        }

        _locals.Add((fold.Accumulator, value));
        var result = Evaluate(fold.Result);
        _locals.RemoveAt(_locals.Count - 1);
        return result;
    }

    private object Fold(CelFold fold)
    {
        var range = Evaluate(fold.Range);
        if (range is CelFault)
        {
            return range;
        }

        if (range is not (CelList or CelMap))
        {
            return CelFault.NoSuchOverload;
        }

        var accumulated = Evaluate(fold.Initial);

        // A list or a map that is built item by item is built in place.
        object? built = fold.Initial switch
        {
            CelListNode { Items.Count: 0 } => new CelItems([]),
            CelMapNode { Entries.Count: 0 } => new CelEntries(new Dictionary<object, object>(CelKeys.Instance)),
            _ => null,
        };
        accumulated = built ?? accumulated;
        var place = _locals.Count;
        foreach (var (first, second) in Entries(range, fold.SecondVariable is not null))
        {
            _locals.Add((fold.Variable, first));
            if (fold.SecondVariable is { } name)
            {
                _locals.Add((name, second));
            }

            _locals.Add((fold.Accumulator, accumulated));
            var goOn = Evaluate(fold.Condition);
            if (goOn is true)
            {
                accumulated = built is null ? Evaluate(fold.Step) : Append(fold.Step, built);
            }

            _locals.RemoveRange(place, _locals.Count - place);
            if (goOn is not true || (built is not null && accumulated is CelFault))
            {
                break;
            }
        }

        _locals.Add((fold.Accumulator, accumulated));
        var result = Evaluate(fold.Result);
        _locals.RemoveAt(place);
        return result;
    }

    // The step of map, filter and transform: what is built plus one item, or as it is.
    private object Append(CelNode step, object built)
    {
        switch (step)
        {
            case CelCall { Function: "_?_:_" } conditional:
                switch (Evaluate(conditional.Arguments[0]))
                {
                    case true:
                        return Append(conditional.Arguments[1], built);
                    case false:
                        Spend(1);
                        return built;
                    case CelFault fault:
                        return fault;
                    default:
                        return CelFault.NoSuchOverload;
                }

            case CelCall { Function: "_+_" } plus when built is CelItems items && plus.Arguments[1] is CelListNode { Items: [var only] }:
                var item = Evaluate(only);
                Spend(12);
                if (item is CelFault)
                {
                    return item;
                }

                items.Add(item);
                return built;
            case CelCall { Function: "cel.@mapInsert" } insert when built is CelEntries entries:
                return Insert(insert, entries);
            default:
                return Evaluate(step);
        }
    }

    private object Insert(CelCall insert, CelEntries entries)
    {
        object[] arguments = [.. insert.Arguments.Skip(1).Select(Evaluate)];
        Spend(2);
        if (arguments.OfType<CelFault>().FirstOrDefault() is { } fault)
        {
            return fault;
        }

        if (arguments.Length == 2)
        {
            return entries.Add(arguments[0], arguments[1]) ?? (object)entries;
        }

        if (arguments[0] is not CelMap more)
        {
            return CelFault.NoSuchOverload;
        }

        foreach (var key in more.Keys)
        {
            if (more.TryGet(key, out var value) && entries.Add(key, value) is { } twice)
            {
                return twice;
            }
        }

        return entries;
    }

    private static IEnumerable<(object First, object Second)> Entries(object range, bool pairs)
    {
        if (range is CelList list)
        {
            for (var i = 0; i < list.Count; i++)
            {
                yield return pairs ? ((long)i, list[i]) : (list[i], CelNull.Instance);
            }

            yield break;
        }

        var map = (CelMap)range;
        foreach (var key in map.Keys)
        {
            yield return (key, pairs && map.TryGet(key, out var value) ? value : CelNull.Instance);
        }
    }

    /// <summary>The expression costs more than it may.</summary>
    private sealed class CelLimitException : Exception;
}
