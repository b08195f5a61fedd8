namespace Harvester.Testing.ApiServer.Schema.Cel;

/// <summary>Gives every part of an expression its type, and reports what has none, in the words of cel-go's checker.</summary>
internal sealed class CelChecker
{
    private readonly CelSource _source;
    private readonly CelUnifier _types = new();
    private readonly List<(string Name, CelType Type)> _scope = [];
    private readonly List<CelNode> _seen = [];

    private CelChecker(CelSource source, IReadOnlyDictionary<string, CelType> variables)
    {
        _source = source;
        _scope.AddRange(variables.Select(variable => (variable.Key, variable.Value)));
    }

    /// <summary>Checks an expression.</summary>
    /// <param name="source">Its text, which receives errors.</param>
    /// <param name="node">The expression.</param>
    /// <param name="variables">The variables and their types.</param>
    public static CelNode Check(CelSource source, CelNode node, IReadOnlyDictionary<string, CelType> variables)
    {
        var checker = new CelChecker(source, variables);
        node = checker.Check(node);
        foreach (var seen in checker._seen)
        {
            seen.Type = checker._types.Substitute(seen.Type, freeIsDyn: true);
        }

        return node;
    }

    private CelNode Check(CelNode node)
    {
        node.Type = TypeOf(node);
        _seen.Add(node);
        return node;
    }

    private CelType TypeOf(CelNode node)
    {
        switch (node)
        {
            case CelLiteral literal:
                return CelValues.TypeOf(literal.Value);
            case CelIdent ident:
                return OfIdent(ident);
            case CelSelect select:
                return OfSelect(select);
            case CelCall call:
                return OfCall(call);
            case CelListNode list:
                return OfList(list);
            case CelMapNode map:
                return OfMap(map);
            case CelStructNode structure:
                _source.Report(structure.At, $"undeclared reference to '{structure.Name}' (in container '')");
                return CelType.Error;
            default:
                return OfFold((CelFold)node);
        }
    }

    private CelType OfIdent(CelIdent ident)
    {
        var at = _scope.FindLastIndex(variable => variable.Name == ident.Name);
        if (at >= 0)
        {
            return _scope[at].Type;
        }

        if (CelLibrary.FindType(ident.Name) is { } type)
        {
            ident.Named = type;
            return CelType.TypeOf(type);
        }

        _source.Report(ident.At, $"undeclared reference to '{ident.Name}' (in container '')");
        return CelType.Error;
    }

    private CelType OfSelect(CelSelect select)
    {
        // A dotted name may be that of a type, such as google.protobuf.Duration.
        if (!select.IsTest && QualifiedName(select) is { } name && CelLibrary.FindType(name) is { } named && !IsVariable(name.Split('.')[0]))
        {
            select.Named = named;
            return CelType.TypeOf(named);
        }

        var type = FieldType(select.Operand, select.Field, select.At, isOptional: false);
        return select.IsTest ? CelType.Bool : _types.Substitute(type);
    }

    private bool IsVariable(string name) => _scope.Exists(variable => variable.Name == name);

    private CelType FieldType(CelNode operand, string field, int at, bool isOptional)
    {
        Check(operand);
        var target = _types.Substitute(operand.Type);
        isOptional |= target.IsOptional;
        if (target.IsOptional)
        {
            target = target.Parameters[0];
        }

        CelType result;
        switch (target.Kind)
        {
            case CelKind.Map:
                result = target.Parameters[1];
                break;
            case CelKind.Object:
                if (target.Declaration?.Fields.GetValueOrDefault(field) is { } declared)
                {
                    result = declared.Type;
                }
                else
                {
                    _source.Report(at, $"undefined field '{field}'");
                    result = CelType.Error;
                }

                break;
            case CelKind.Parameter:
                _types.Fits(CelType.Dyn, target);
                result = CelType.Dyn;
                break;
            default:
                if (!target.IsDynOrError)
                {
                    _source.Report(at, $"type '{target}' does not support field selection");
                }

                result = CelType.Dyn;
                break;
        }

        return isOptional ? CelType.Optional(result) : result;
    }

    private CelType OfCall(CelCall call)
    {
        if (call.Function == "_?._")
        {
            call.Overloads = CelLibrary.Find(call.Function)!;
            return _types.Substitute(FieldType(
                call.Arguments[0], (string)((CelLiteral)call.Arguments[1]).Value, call.At, isOptional: true));
        }

        foreach (var argument in call.Arguments)
        {
            Check(argument);
        }

        if (call.Target is { } target && QualifiedName(target) is { } prefix && CelLibrary.Find($"{prefix}.{call.Function}") is { } qualified)
        {
            call.Function = $"{prefix}.{call.Function}";
            call.Target = null;
            return Resolve(call, qualified);
        }

        if (call.Target is not null)
        {
            Check(call.Target);
        }

        if (CelLibrary.Find(call.Function) is { } overloads)
        {
            return Resolve(call, overloads);
        }

        _source.Report(call.At, $"undeclared reference to '{call.Function}' (in container '')");
        return CelType.Error;
    }

    private CelType Resolve(CelCall call, IReadOnlyList<CelOverload> overloads)
    {
        var given = call.Arguments.Select(argument => argument.Type).ToList();
        if (call.Target is not null)
        {
            given.Insert(0, call.Target.Type);
        }

        if (call.Function is "_&&_" or "_||_")
        {
            call.Overloads = overloads;
            return CheckLogical(call, given) ? CelType.Bool : CelType.Error;
        }

        CelType? result = null;
        var fitting = new List<CelOverload>();
        foreach (var overload in overloads)
        {
            if (overload.IsMember != call.Target is not null)
            {
                continue;
            }

            var fresh = overload.TypeParameters.ToDictionary(parameter => parameter.Name, _ => _types.Fresh());
            var wanted = overload.Arguments.Select(type => CelUnifier.Substitute(type, fresh, freeIsDyn: false)).ToList();
            if (!_types.FitAll(given, wanted))
            {
                continue;
            }

            fitting.Add(overload);
            var type = _types.Substitute(CelUnifier.Substitute(overload.Result, fresh, freeIsDyn: false));
            if (result is null)
            {
                result = type;
            }
            else if (result.Kind != CelKind.Dyn && !type.Equals(result))
            {
                result = CelType.Dyn;
            }
        }

        call.Overloads = fitting;
        if (result is not null)
        {
            return result;
        }

        var shown = given.Select(type => _types.Substitute(type, freeIsDyn: true).ToString()).ToList();
        var signature = call.Target is null
            ? $"({string.Join(", ", shown)})"
            : $"{shown[0]}.({string.Join(", ", shown.Skip(1))})";
        _source.Report(call.At, $"found no matching overload for '{call.Function}' applied to '{signature}'");
        return CelType.Error;
    }

    private bool CheckLogical(CelCall call, List<CelType> given)
    {
        var fit = true;
        for (var i = 0; i < given.Count; i++)
        {
            if (!_types.Fits(given[i], CelType.Bool))
            {
                Mismatch(call.Arguments[i], CelType.Bool, given[i]);
                fit = false;
            }
        }

        return fit;
    }

    private CelType OfList(CelListNode list)
    {
        CelType? item = null;
        for (var i = 0; i < list.Items.Count; i++)
        {
            Check(list.Items[i]);
            item = Join(list.Items[i], item, Unwrapped(list.Items[i], list.Optional[i]));
        }

        return CelType.List(item ?? _types.Fresh());
    }

    private CelType OfMap(CelMapNode map)
    {
        CelType? key = null;
        CelType? value = null;
        foreach (var entry in map.Entries)
        {
            Check(entry.Key);
            key = Join(entry.Key, key, entry.Key.Type);
            Check(entry.Value);
            value = Join(entry.Value, value, Unwrapped(entry.Value, entry.Optional));
        }

        return CelType.Map(key ?? _types.Fresh(), value ?? _types.Fresh());
    }

    private CelType Unwrapped(CelNode node, bool optional)
    {
        var type = _types.Substitute(node.Type);
        if (!optional || type.Kind == CelKind.Dyn)
        {
            return type;
        }

        if (type.IsOptional)
        {
            return type.Parameters[0];
        }

        Mismatch(node, CelType.Optional(type), type);
        return type;
    }

    private CelType Join(CelNode node, CelType? previous, CelType current)
    {
        if (previous is null)
        {
            return current;
        }

        if (_types.Fits(previous, current))
        {
            return CelUnifier.MostGeneral(previous, current);
        }

        Mismatch(node, previous, current);
        return CelType.Error;
    }

    private CelType OfFold(CelFold fold)
    {
        Check(fold.Range);
        Check(fold.Initial);
        var range = _types.Substitute(fold.Range.Type);
        var start = _scope.Count;
        var accumulated = fold.Initial.Type;
        _scope.Add((fold.Accumulator, accumulated));
        CelType first;
        CelType second;
        switch (range.Kind)
        {
            case CelKind.List:
                (first, second) = fold.SecondVariable is null
                    ? (range.Parameters[0], CelType.Dyn)
                    : (CelType.Int, range.Parameters[0]);
                break;
            case CelKind.Map:
                (first, second) = (range.Parameters[0], range.Parameters[1]);
                break;
            case CelKind.Dyn or CelKind.Error or CelKind.Parameter:
                _types.Fits(CelType.Dyn, range);
                (first, second) = (CelType.Dyn, CelType.Dyn);
                break;
            default:
                _source.Report(
                    fold.Range.At,
                    $"expression of type '{range}' cannot be range of a comprehension (must be list, map, or dynamic)");
                (first, second) = (CelType.Error, CelType.Error);
                break;
        }

        _scope.Add((fold.Variable, first));
        if (fold.SecondVariable is { } name)
        {
            _scope.Add((name, second));
        }

        Check(fold.Condition);
        Assert(fold.Condition, CelType.Bool);
        Check(fold.Step);
        Assert(fold.Step, accumulated);
        _scope.RemoveRange(start + 1, _scope.Count - start - 1);
        Check(fold.Result);
        _scope.RemoveRange(start, 1);
        return _types.Substitute(fold.Result.Type);
    }

    private void Assert(CelNode node, CelType wanted)
    {
        if (!_types.Fits(wanted, node.Type))
        {
            Mismatch(node, wanted, node.Type);
        }
    }

    private void Mismatch(CelNode node, CelType wanted, CelType given) =>
        _source.Report(node.At, $"expected type '{wanted}' but found '{given}'");

    private static string? QualifiedName(CelNode node) => node switch
    {
        CelIdent ident => ident.Name,
        CelSelect { IsTest: false } select when QualifiedName(select.Operand) is { } prefix => $"{prefix}.{select.Field}",
        _ => null,
    };
}
