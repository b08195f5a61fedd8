namespace Harvester.Testing.ApiServer.Schema.Cel;

/// <summary>
/// How much evaluating an expression can cost at most, in the units and by the rules of cel-go: a definition with a rule that can
/// cost too much is refused.
/// </summary>
internal sealed class CelCostEstimator
{
    private readonly CelDeclaration _root;
    private readonly Dictionary<CelNode, string[]> _paths = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<CelNode, CelRange> _sizes = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<CelNode, CelEntrySize> _entrySizes = new(ReferenceEqualityComparer.Instance);
    private readonly List<Local> _locals = [];

    private CelCostEstimator(CelDeclaration root) => _root = root;

    /// <summary>Estimates the cost of a checked expression.</summary>
    /// <param name="node">The expression.</param>
    /// <param name="root">What <c>self</c> is.</param>
    public static CelRange Estimate(CelNode node, CelDeclaration root) => new CelCostEstimator(root).Cost(node);

    /// <summary>The size of a value, as far as the expression or the schema tells.</summary>
    internal CelRange SizeOrUnknown(CelNode node) => Size(node) ?? CelRange.Unknown;

    /// <summary>The size of the items of a list, as far as the schema tells.</summary>
    internal CelRange ItemSize(CelNode list) =>
        PathOf(list) is { Length: > 0 } path && path[0] != CelMacros.Accumulator && SizeAt([.. path, "@items"]) is { } size ? size : CelRange.Unknown;

    private CelRange Cost(CelNode node) => node switch
    {
        CelIdent ident => OfIdent(ident),
        CelSelect select => OfSelect(select),
        CelCall call => OfCall(call),
        CelListNode list => OfList(list),
        CelMapNode map => OfMap(map),
        CelFold fold => fold.IsBinding && fold.Accumulator != "__result__" ? OfBinding(fold) : OfFold(fold),
        _ => default,
    };

    private CelRange OfIdent(CelIdent ident)
    {
        _paths[ident] = Find(ident.Name)?.Path ?? [ident.Name];
        return CelRange.Fixed(1);
    }

    private CelRange OfSelect(CelSelect select)
    {
        var sum = Cost(select.Operand);
        if (select.IsTest)
        {
            return sum;
        }

        if (select.Operand.Type.Kind is CelKind.Map or CelKind.Object or CelKind.Parameter)
        {
            sum += CelRange.Fixed(1);
        }

        _paths[select] = [.. PathOf(select.Operand), select.Field];
        return sum;
    }

    private CelRange OfCall(CelCall call)
    {
        if (call.Function == "dyn")
        {
            var inner = Cost(call.Arguments[0]);
            Copy(call, call.Arguments[0]);
            return CelRange.Fixed(1) + inner;
        }

        CelRange[] costs = [.. call.Arguments.Select(Cost)];
        if (call.Overloads.Count == 0)
        {
            return default;
        }

        var sum = call.Target is null ? default : Cost(call.Target);
        var cost = new CelRange(ulong.MaxValue, 0);
        CelRange? result = null;
        foreach (var overload in call.Overloads)
        {
            var (own, size) = CelCallCosts.Estimate(this, call, overload.Id, costs);
            cost = cost.Or(own);
            if (size is { } given)
            {
                result = result is { } known ? known.Or(given) : given;
            }

            if (overload.Id is "index_list" or "index_map")
            {
                result = EntrySize(call.Arguments[0])?.Value;
                _paths[call] = [.. PathOf(call.Arguments[0]), overload.Id == "index_list" ? "@items" : "@values"];
            }

            result ??= Size(call);
        }

        if (result is { } final)
        {
            _sizes[call] = final;
        }

        return sum + cost;
    }

    private CelRange OfList(CelListNode list)
    {
        CelRange sum = default;
        var size = new CelRange(list.Items.Count == 0 ? 0 : ulong.MaxValue, 0);
        foreach (var item in list.Items)
        {
            sum += Cost(item);
            size = size.Or(SizeOrUnknown(item));
        }

        _entrySizes[list] = new CelEntrySize(true, CelRange.Fixed(1), size);
        return sum + CelRange.Fixed(10);
    }

    private CelRange OfMap(CelMapNode map)
    {
        CelRange sum = default;
        var least = map.Entries.Count == 0 ? 0 : ulong.MaxValue;
        var key = new CelRange(least, 0);
        var value = new CelRange(least, 0);
        foreach (var entry in map.Entries)
        {
            sum += Cost(entry.Key) + Cost(entry.Value);
            key = key.Or(SizeOrUnknown(entry.Key));
            value = value.Or(SizeOrUnknown(entry.Value));
        }

        _entrySizes[map] = new CelEntrySize(false, key, value);
        return sum + CelRange.Fixed(30);
    }

    private CelRange OfBinding(CelFold fold)
    {
        var sum = Cost(fold.Range) + Cost(fold.Initial);
        PushLocal(fold.Accumulator, fold.Initial);
        sum += Cost(fold.Result);
        Pop();
        Copy(fold, fold.Result);
        return sum;
    }

    private CelRange OfFold(CelFold fold)
    {
        var sum = Cost(fold.Range) + Cost(fold.Initial);
        PushLocal(fold.Accumulator, fold.Initial);
        var entry = EntrySize(fold.Range);
        var isList = entry?.IsList ?? fold.Range.Type.Kind == CelKind.List;
        var path = PathOf(fold.Range);
        if (fold.SecondVariable is { } second)
        {
            _locals.Add(new Local(fold.Variable, [.. path, isList ? "@indices" : "@keys"], entry?.Key, null));
            _locals.Add(new Local(second, [.. path, isList ? "@items" : "@values"], entry?.Value, null));
        }
        else
        {
            _locals.Add(new Local(fold.Variable, [.. path, isList ? "@items" : "@keys"], isList ? entry?.Value : entry?.Key, null));
        }

        var loop = Cost(fold.Condition);
        var step = Cost(fold.Step);
        Pop();
        if (fold.SecondVariable is not null)
        {
            Pop();
        }

        sum += Cost(fold.Result);
        Pop();
        var count = SizeOrUnknown(fold.Range);
        sum += count * (step + loop);
        switch (fold.Initial)
        {
            case CelLiteral:
                if (Size(fold.Initial) is { } size)
                {
                    _sizes[fold] = size;
                }

                break;
            case CelListNode or CelMapNode:
                _sizes[fold] = count;
                if (EntrySize(fold.Step) is { } inside)
                {
                    _entrySizes[fold] = inside;
                }

                break;
        }

        return sum;
    }

    /// <summary>The size of a value, or null.</summary>
    internal CelRange? Size(CelNode node)
    {
        if (_sizes.TryGetValue(node, out var known))
        {
            return known;
        }

        switch (node)
        {
            case CelLiteral literal:
                return CelRange.Fixed(CelValues.SizeOf(literal.Value));
            case CelListNode list:
                return CelRange.Fixed((ulong)list.Items.Count);
            case CelMapNode map:
                return CelRange.Fixed((ulong)map.Entries.Count);
        }

        if (PathOf(node) is { Length: > 0 } path && SizeAt(path) is { } declared)
        {
            _sizes[node] = declared;
            return declared;
        }

        if (IsScalar(node.Type))
        {
            return CelRange.Fixed(1);
        }

        return node is CelIdent ident ? Find(ident.Name)?.Size : null;
    }

    /// <summary>The sizes of what a value holds, or null.</summary>
    internal CelEntrySize? EntrySize(CelNode node) => _entrySizes.TryGetValue(node, out var known)
        ? known
        : node is CelIdent ident ? Find(ident.Name)?.Entries : null;

    /// <summary>Remembers the sizes of what a value holds.</summary>
    internal void SetEntrySize(CelNode node, CelEntrySize? size)
    {
        if (size is not null)
        {
            _entrySizes[node] = size;
        }
    }

    private static bool IsScalar(CelType type) => type.Kind switch
    {
        CelKind.Bool or CelKind.Double or CelKind.Duration or CelKind.Int or CelKind.Timestamp or CelKind.Uint => true,
        _ => type.IsOptional && IsScalar(type.Parameters[0]),
    };

    private void Copy(CelNode to, CelNode from)
    {
        if (Size(from) is { } size)
        {
            _sizes[to] = size;
        }

        SetEntrySize(to, EntrySize(from));
    }

    private string[] PathOf(CelNode node) =>
        (node is CelIdent ident ? Find(ident.Name)?.Path : null) ?? _paths.GetValueOrDefault(node) ?? [];

    // The first name of a path is that of self or of oldSelf; from there it is followed through the schema.
    private CelRange? SizeAt(string[] path)
    {
        var current = _root;
        foreach (var name in path.AsSpan(1))
        {
            var next = name switch
            {
                "@items" or "@values" => current.Item,
                "@keys" => current.Key,
                _ => current.Fields.GetValueOrDefault(name),
            };
            if (next is null)
            {
                return null;
            }

            current = next;
        }

        return new CelRange(0, (ulong)current.MaxElements);
    }

    private Local? Find(string name) => _locals.FindLast(local => local.Name == name);

    private void PushLocal(string name, CelNode value) => _locals.Add(new Local(name, PathOf(value), Size(value), EntrySize(value)));

    private void Pop() => _locals.RemoveAt(_locals.Count - 1);

    private sealed record Local(string Name, string[] Path, CelRange? Size, CelEntrySize? Entries);
}
