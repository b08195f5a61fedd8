namespace Harvester.Testing.ApiServer.Schema.Cel;

/// <summary>What calls cost at most, and how large their results are, by Kubernetes' rules first and cel-go's then.</summary>
internal static class CelCallCosts
{
    private const double RegexOfFormats = 128;

    /// <summary>The cost of a call with its arguments, and the size of its result where it is known.</summary>
    /// <param name="estimator">Knows sizes.</param>
    /// <param name="call">The call.</param>
    /// <param name="overload">The overload that is called.</param>
    /// <param name="costs">The costs of the arguments.</param>
    public static (CelRange Cost, CelRange? Size) Estimate(CelCostEstimator estimator, CelCall call, string overload, CelRange[] costs)
    {
        CelRange arguments = default;
        foreach (var cost in costs)
        {
            arguments += cost;
        }

        if (OfLibrary(estimator, call, overload) is { } library)
        {
            return (library.Cost + arguments, library.Size);
        }

        return overload switch
        {
            "logical_or" or "logical_and" => (new CelRange(costs[0].Min, (costs[0] + costs[1]).Max), null),
            "conditional" => OfConditional(estimator, call, costs),
            _ => OfStandard(estimator, call, overload) is { } standard ? (standard.Cost + arguments, standard.Size) : (CelRange.Fixed(1) + arguments, null),
        };
    }

    private static (CelRange Cost, CelRange? Size) OfConditional(CelCostEstimator estimator, CelCall call, CelRange[] costs)
    {
        estimator.SetEntrySize(
            call, CelEntrySize.Or(estimator.EntrySize(call.Arguments[1]), estimator.EntrySize(call.Arguments[2])));
        return (
            costs[0] + costs[1].Or(costs[2]),
            estimator.SizeOrUnknown(call.Arguments[1]).Or(estimator.SizeOrUnknown(call.Arguments[2])));
    }

    private static (CelRange Cost, CelRange? Size)? OfStandard(CelCostEstimator estimator, CelCall call, string overload)
    {
        var arguments = call.Arguments;
        CelRange Of(int index) => estimator.SizeOrUnknown(arguments[index]);
        CelRange Target() => estimator.SizeOrUnknown(call.Target!);
        switch (overload)
        {
            case "string_format":
                return (Target().Times(CelRange.StringFactor), null);
            case "string_to_bytes":
                return (Of(0).Times(CelRange.StringFactor), new CelRange(Of(0).Min, CelRange.Multiply(Of(0).Max, 4)));
            case "bytes_to_string":
                return (Of(0).Times(CelRange.StringFactor), new CelRange(Of(0).Min / 4, Of(0).Max));
            case "strings_quote":
                return (
                    Of(0).Times(CelRange.StringFactor),
                    new CelRange(CelRange.Add(Of(0).Min, 2), CelRange.Add(CelRange.Multiply(Of(0).Max, 2), 2)));
            case "starts_with_string" or "ends_with_string":
                return (Of(0).Times(CelRange.StringFactor), null);
            case "in_list":
                return (Of(1), null);
            case "matches_string" when call.Target is not null:
                return (Searched(Target()) * Of(0).Times(CelRange.RegexFactor), null);
            case "contains_string":
                return (Target().Times(CelRange.StringFactor) * Of(0).Times(CelRange.StringFactor), null);
            case "add_string" or "add_bytes" or "add_list":
                var size = Of(0) + Of(1);
                estimator.SetEntrySize(call, CelEntrySize.Or(estimator.EntrySize(arguments[0]), estimator.EntrySize(arguments[1])));
                return (overload == "add_list" ? CelRange.Fixed(1) : size.Times(CelRange.StringFactor), size);
            case "less_string" or "greater_string" or "less_equals_string" or "greater_equals_string"
                or "less_bytes" or "greater_bytes" or "less_equals_bytes" or "greater_equals_bytes" or "equals" or "not_equals":
                var most = Math.Min(Of(0).Max, Of(1).Max);
                return (new CelRange(most > 0 ? 1UL : 0, most).Times(CelRange.StringFactor), null);
            default:
                return null;
        }
    }

    private static (CelRange Cost, CelRange? Size)? OfLibrary(CelCostEstimator estimator, CelCall call, string overload)
    {
        var arguments = call.Arguments;
        CelRange Of(int index) => estimator.SizeOrUnknown(arguments[index]);
        CelRange Target() => estimator.SizeOrUnknown(call.Target!);
        switch (call.Function)
        {
            case "isSorted" or "sum" or "max" or "min" or "indexOf" or "lastIndexOf" when call.Target is not null:
                return (Traversal(estimator, call.Target), null);
            case "url" when arguments.Count == 1:
                return (Of(0).Times(CelRange.StringFactor), Of(0));
            case "lowerAscii" or "upperAscii" or "substring" or "trim" when call.Target is not null:
                return (Target().Times(CelRange.StringFactor), Target());
            case "replace" when arguments.Count >= 2:
                return (Target().Times(2 * CelRange.StringFactor), Replaced(Target(), Of(0), Of(1)));
            case "split" when call.Target is not null:
                var parts = arguments.Count > 1 && arguments[1] is CelLiteral { Value: long limit } ? (ulong)limit : Target().Max;
                return (Target().Times(2 * CelRange.StringFactor), new CelRange(0, parts));
            case "join" when call.Target is not null:
                var joined = Joined(estimator, call);
                return (joined.Times(CelRange.StringFactor), joined);
            case "find" or "findAll" when arguments.Count >= 1 && call.Target is not null:
                return (Searched(Target()) * Of(0).Times(CelRange.RegexFactor), new CelRange(0, Target().Max));
            case "ip" when overload == "cidr_ip":
                return (CelRange.Fixed(1), null);
            case "cidr" or "isIP" or "isCIDR" or "ip" or "quantity" or "isQuantity" or "semver" or "isSemver" when arguments.Count >= 1:
                return (Of(0).Times(CelRange.StringFactor), null);
            case "ip.isCanonical" when arguments.Count >= 1:
                return (Of(0).Times(2 * CelRange.StringFactor), null);
            case "masked" or "prefixLength" or "family" or "isUnspecified" or "isLoopback" or "isLinkLocalMulticast" or "isLinkLocalUnicast"
                or "isGlobalUnicast" or "format.named" or "sign" or "asInteger" or "isInteger" or "asApproximateFloat" or "isGreaterThan"
                or "isLessThan" or "compareTo" or "add" or "sub" or "major" or "minor" or "patch" or "getScheme" or "getHostname"
                or "getHost" or "getPort" or "getEscapedPath" or "getQuery":
                return (CelRange.Fixed(1), null);
            case "containsIP" or "containsCIDR" when arguments.Count >= 1:
                return (Contained(estimator, call, overload), null);
            case "validate" when arguments.Count >= 1:
                return (Of(0).Times(CelRange.StringFactor).Times(RegexOfFormats * CelRange.RegexFactor), null);
            case "_==_" when arguments[0].Type.Equals(arguments[1].Type):
                return OfEquality(arguments[0].Type);
            default:
                return null;
        }
    }

    private static (CelRange Cost, CelRange? Size)? OfEquality(CelType type)
    {
        if (type.Equals(CelType.Ip) || type.Equals(CelType.Cidr) || type.Equals(CelType.Quantity) || type.Equals(CelType.Semver))
        {
            return (CelRange.Fixed(1), null);
        }

        if (type.Equals(CelType.Format))
        {
            return (new CelRange(1, 64).Times(CelRange.StringFactor), null);
        }

        return type.Equals(CelType.Url) ? (CelRange.Fixed(1).Times(CelRange.StringFactor), null) : null;
    }

    private static CelRange Searched(CelRange size) => (size + CelRange.Fixed(1)).Times(CelRange.StringFactor);

    private static CelRange Traversal(CelCostEstimator estimator, CelNode target)
    {
        var size = estimator.SizeOrUnknown(target);
        if (target.Type.Parameters.Count == 0)
        {
            return size.Times(CelRange.StringFactor);
        }

        var each = CelRange.Fixed(1);
        if (target.Type.Parameters[0].Kind is CelKind.String or CelKind.Bytes)
        {
            each += estimator.ItemSize(target).Times(CelRange.StringFactor);
        }

        return size * each;
    }

    private static CelRange Replaced(CelRange size, CelRange old, CelRange replacement)
    {
        ulong mostCount;
        ulong mostKept = 0;
        if (old.Min == 0)
        {
            mostCount = CelRange.Add(size.Max, 1);
            mostKept = size.Max;
        }
        else if (replacement.Max <= old.Min)
        {
            mostCount = 0;
            mostKept = size.Max;
        }
        else
        {
            mostCount = CelRange.Times(size.Max, 1.0 / old.Min);
        }

        ulong leastCount;
        ulong leastKept = 0;
        if (old.Max == 0)
        {
            leastCount = CelRange.Add(size.Min, 1);
            leastKept = size.Min;
        }
        else if (old.Max <= replacement.Min)
        {
            leastCount = 0;
            leastKept = size.Min;
        }
        else
        {
            leastCount = CelRange.Times(size.Min, 1.0 / old.Max);
        }

        return (new CelRange(leastCount, mostCount) * replacement) + new CelRange(leastKept, mostKept);
    }

    private static CelRange Joined(CelCostEstimator estimator, CelCall call)
    {
        var count = estimator.SizeOrUnknown(call.Target!);
        var size = count * estimator.ItemSize(call.Target!);
        if (call.Arguments.Count > 0)
        {
            var separators = new CelRange(count.Min > 0 ? count.Min - 1 : 0, count.Max > 0 ? count.Max - 1 : 0);
            size += estimator.SizeOrUnknown(call.Arguments[0]) * separators;
        }

        return size;
    }

    private static CelRange Contained(CelCostEstimator estimator, CelCall call, string overload)
    {
        var bytes = new CelRange(4, 16);
        var cost = (bytes + bytes).Times(CelRange.StringFactor);
        if (call.Function == "containsCIDR")
        {
            cost += bytes.Times(CelRange.StringFactor) + CelRange.Fixed(1);
        }

        return overload.EndsWith("_string", StringComparison.Ordinal)
            ? cost + estimator.SizeOrUnknown(call.Arguments[0]).Times(CelRange.StringFactor)
            : cost;
    }
}
