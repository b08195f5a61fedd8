using System.Globalization;

namespace Harvester.Testing.ApiServer.Schema.Cel;

/// <summary>Functions on lists and sets.</summary>
internal static class CelListFunctions
{
    private const int RangeLimit = 1_000_000;

    /// <summary>Calls a function on a list; null when it is none.</summary>
    public static object? Call(string function, object[] arguments)
    {
        if (function == "lists.range")
        {
            return arguments[0] is long count and >= 0 and <= RangeLimit
                ? new CelItems([.. Enumerable.Range(0, (int)count).Select(i => (object)(long)i)])
                : new CelFault("lists.range: size out of range");
        }

        if (arguments is not [CelList list, .. var rest])
        {
            return null;
        }

        switch (function, rest)
        {
            case ("isSorted", []):
                return IsSorted(list);
            case ("sum", []):
                return Sum(list);
            case ("max", []):
                return Extreme(list, 1, "max");
            case ("min", []):
                return Extreme(list, -1, "min");
            case ("indexOf", [var item]):
                return IndexOf(list, item, false);
            case ("lastIndexOf", [var item]):
                return IndexOf(list, item, true);
            case ("join", []):
                return Join(list, "");
            case ("join", [string separator]):
                return Join(list, separator);
            case ("slice", [long start, long end]):
                return Slice(list, start, end);
            case ("flatten", []):
                return new CelItems(Flatten(list, 1));
            case ("flatten", [long depth]):
                return depth < 0 ? new CelFault("level must be non-negative") : new CelItems(Flatten(list, depth));
            case ("reverse", []):
                return new CelItems([.. list.Items().Reverse()]);
            case ("distinct", []):
                return new CelItems([.. list.Items().Distinct(CelKeys.Instance)]);
            case ("sort", []):
                return Sort(list, list);
            case ("@sortByAssociatedKeys", [CelList keys]):
                return Sort(list, keys);
            case ("first", []):
                return list.Count > 0 ? new CelOption(list[0]) : CelOption.None;
            case ("last", []):
                return list.Count > 0 ? new CelOption(list[list.Count - 1]) : CelOption.None;
            case ("sets.contains", [CelList other]):
                return other.Items().All(list.Contains);
            case ("sets.equivalent", [CelList other]):
                return other.Items().All(list.Contains) && list.Items().All(other.Contains);
            case ("sets.intersects", [CelList other]):
                return list.Items().Any(other.Contains);
            default:
                return null;
        }
    }

    private static object IsSorted(CelList list)
    {
        for (var i = 1; i < list.Count; i++)
        {
            if (CelValues.Compare(list[i - 1], list[i]) is not { } order)
            {
                return CelFault.NoSuchOverload;
            }

            if (order > 0)
            {
                return false;
            }
        }

        return true;
    }

    private static object Sum(CelList list)
    {
        if (list.Count == 0)
        {
            return 0L;
        }

        var sum = list[0];
        for (var i = 1; i < list.Count && sum is not CelFault; i++)
        {
            sum = CelArithmetic.Calculate('+', sum, list[i]);
        }

        return sum;
    }

    private static object Extreme(CelList list, int sign, string name)
    {
        if (list.Count == 0)
        {
            return new CelFault(name + " called on empty list");
        }

        var best = list[0];
        for (var i = 1; i < list.Count; i++)
        {
            if (CelValues.Compare(list[i], best) is not { } order)
            {
                return CelFault.NoSuchOverload;
            }

            best = order * sign > 0 ? list[i] : best;
        }

        return best;
    }

    private static long IndexOf(CelList list, object item, bool fromEnd)
    {
        for (var i = 0; i < list.Count; i++)
        {
            var at = fromEnd ? list.Count - 1 - i : i;
            if (CelValues.Equal(list[at], item))
            {
                return at;
            }
        }

        return -1;
    }

    private static object Join(CelList list, string separator)
    {
        var parts = new List<string>(list.Count);
        foreach (var item in list.Items())
        {
            if (item is not string part)
            {
                return new CelFault("join: invalid input: " + CelText.Shown(item));
            }

            parts.Add(part);
        }

        return string.Join(separator, parts);
    }

    private static object Slice(CelList list, long start, long end)
    {
        var call = string.Create(CultureInfo.InvariantCulture, $"cannot slice({start}, {end}), ");
        if (start < 0 || end < 0)
        {
            return new CelFault(call + "negative indexes not supported");
        }

        if (start > end)
        {
            return new CelFault(call + "start index must be less than or equal to end index");
        }

        return end > list.Count
            ? new CelFault(string.Create(CultureInfo.InvariantCulture, $"{call}list is length {list.Count}"))
            : new CelItems([.. Enumerable.Range((int)start, (int)(end - start)).Select(i => list[i])]);
    }

    private static List<object> Flatten(CelList list, long depth)
    {
        var flat = new List<object>();
        foreach (var item in list.Items())
        {
            if (item is CelList inner && depth > 0)
            {
                flat.AddRange(Flatten(inner, depth - 1));
            }
            else
            {
                flat.Add(item);
            }
        }

        return flat;
    }

    private static object Sort(CelList list, CelList keys)
    {
        if (list.Count != keys.Count)
        {
            return new CelFault(string.Create(
                CultureInfo.InvariantCulture,
                $"@sortByAssociatedKeys() expected a list of the same size as the associated keys list, but got {list.Count} and {keys.Count} elements respectively."));
        }

        var pairs = list.Items().Zip(keys.Items()).ToList();
        for (var i = 1; i < pairs.Count; i++)
        {
            if (CelValues.TypeOf(pairs[i].Second).Kind != CelValues.TypeOf(pairs[0].Second).Kind)
            {
                return new CelFault("list elements must have the same type");
            }
        }

        if (pairs.Count > 0 && CelValues.Compare(pairs[0].Second, pairs[0].Second) is null)
        {
            return new CelFault("list elements must be comparable");
        }

        return new CelItems([.. pairs
            .OrderBy(pair => pair.Second, Comparer<object>.Create((a, b) => CelValues.Compare(a, b) ?? 0))
            .Select(pair => pair.First)]);
    }
}
