namespace Harvester.Testing.ApiServer.Schema.Cel;

/// <summary>What calls cost when they run, by the sizes of their arguments.</summary>
internal static class CelRuntimeCosts
{
    /// <summary>The cost of a call.</summary>
    /// <param name="function">The function.</param>
    /// <param name="arguments">Its target and arguments.</param>
    public static long Of(string function, object[] arguments)
    {
        switch (function)
        {
            case "isSorted" or "sum" or "max" or "min" or "indexOf" or "lastIndexOf":
                return Traversal(arguments[0]);
            case "url" or "lowerAscii" or "upperAscii" or "substring" or "trim" or "cidr" or "isIP" or "isCIDR" or "quantity" or "isQuantity"
                or "semver" or "isSemver" or "startsWith" or "endsWith" or "strings.quote":
                return Text(arguments[0], 1);
            case "ip":
                return arguments[0] is CelNetwork ? 1 : Text(arguments[0], 1);
            case "replace" or "split" or "ip.isCanonical":
                return Text(arguments[0], 2);
            case "join":
                return 0;
            case "find" or "findAll" or "matches":
                return Ceiling((1 + Size(arguments[0])) * CelRange.StringFactor) * Ceiling(Size(arguments[1]) * CelRange.RegexFactor);
            case "contains":
                return Text(arguments[0], 1) * Text(arguments[1], 1);
            case "validate":
                return Ceiling((1 + Size(arguments[1])) * CelRange.StringFactor) * 32;
            case "containsIP" or "containsCIDR":
                return Ceiling(2 * Size(arguments[0]) * CelRange.StringFactor)
                    + (function == "containsCIDR" ? Text(arguments[0], 1) + 1 : 0)
                    + (arguments[1] is string ? Text(arguments[1], 1) : 0);
            case "@in":
                return arguments[1] is CelList list ? list.Count : 1;
            case "_+_":
                return arguments[0] is string or byte[]? Ceiling((Size(arguments[0]) + Size(arguments[1])) * CelRange.StringFactor) : 1;
            case "_==_" or "_!=_":
                return arguments[0] is CelQuantity or CelAddress or CelNetwork or CelFormat or GoUrl or CelSemver
                    ? 1
                    : Ceiling(Math.Min(Size(arguments[0]), Size(arguments[1])) * CelRange.StringFactor);
            case "_<_" or "_<=_" or "_>_" or "_>=_":
                return arguments[0] is string or byte[]? Ceiling(Math.Min(Size(arguments[0]), Size(arguments[1])) * CelRange.StringFactor) : 1;
            case "format":
                return Text(arguments[0], 1) + (arguments.Length > 1 ? (long)CelValues.SizeOf(arguments[1]) : 0);
            case "bytes" or "string":
                return arguments[0] is string or byte[]? Text(arguments[0], 1) : 1;
            case "sort" or "@sortByAssociatedKeys" or "distinct" or "flatten" or "reverse" or "slice" or "sets.contains" or "sets.equivalent"
                or "sets.intersects" or "lists.range":
                return OfLists(function, arguments);
            default:
                return 1;
        }
    }

    /// <summary>The cost of joining texts, which is known afterwards.</summary>
    /// <param name="joined">The result.</param>
    public static long OfJoin(string joined) => Ceiling(CelValues.Length(joined) * 2 * CelRange.StringFactor);

    private static long OfLists(string function, object[] arguments)
    {
        var size = Size(arguments[0]);
        return function switch
        {
            "distinct" or "sort" or "@sortByAssociatedKeys" => 10 + (long)Math.Min(size * size, long.MaxValue / 4),
            "sets.contains" or "sets.equivalent" or "sets.intersects" => 1 + (long)(size * Size(arguments[1])),
            "lists.range" => arguments[0] is long count ? 10 + Math.Max(count, 0) : 1,
            _ => 10 + (long)size,
        };
    }

    private static long Traversal(object value) => value switch
    {
        string text => (long)(text.Length * CelRange.StringFactor),
        byte[] bytes => (long)(bytes.Length * CelRange.StringFactor),
        CelList list => list.Items().Sum(Traversal),
        CelMap map => map.Keys.Sum(key => Traversal(key) + (map.TryGet(key, out var inner) ? Traversal(inner) : 0)),
        _ => 1,
    };

    private static double Size(object value) => CelValues.SizeOf(value);

    private static long Text(object value, int times) => Ceiling(Size(value) * times * CelRange.StringFactor);

    private static long Ceiling(double cost) => (long)Math.Ceiling(cost);
}
