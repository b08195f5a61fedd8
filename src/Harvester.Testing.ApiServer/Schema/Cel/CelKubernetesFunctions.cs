namespace Harvester.Testing.ApiServer.Schema.Cel;

/// <summary>The functions of Kubernetes: URLs, addresses, quantities, versions and formats.</summary>
internal static class CelKubernetesFunctions
{
    /// <summary>Calls one of them; null when it is none.</summary>
    public static object? Call(string function, object[] arguments, bool isMember)
    {
        switch (function, arguments)
        {
            case ("url", [string text]):
                var parsed = GoUrl.ParseRequest(text);
                return parsed.Error is null ? parsed : new CelFault("URL parse error during conversion from string: " + parsed.Error);
            case ("isURL", [string text]):
                return GoUrl.ParseRequest(text).Error is null;
            case (_, [GoUrl url]):
                return OfUrl(function, url);
            case ("quantity", [string text]):
                return CelQuantity.Parse(text) is { } quantity ? quantity : new CelFault(CelQuantity.Rule);
            case ("isQuantity", [string text]):
                return CelQuantity.Parse(text) is not null;
            case (_, [CelQuantity target, .. var rest]):
                return OfQuantity(function, target, rest);
            case ("semver", [string text, .. var rest]):
                return CelSemver.Parse(text, rest is [true], out var problem) is { } version ? version : new CelFault(problem);
            case ("isSemver", [string text, .. var rest]):
                return CelSemver.Parse(text, rest is [true], out _) is not null;
            case (_, [CelSemver target, .. var rest]):
                return OfSemver(function, target, rest);
            case ("ip", [string text]):
                return CelAddress.Parse(text, out var wrong) is { } read ? read : new CelFault(wrong);
            case ("isIP", [string text]):
                return CelAddress.Parse(text, out _) is not null;
            case ("ip.isCanonical", [string text]):
                return CelAddress.Parse(text, out var invalid) is { } given ? given.ToString() == text : new CelFault(invalid);
            case (_, [CelAddress address]):
                return OfAddress(function, address);
            case ("cidr", [string text]):
                return CelNetwork.Parse(text, out var error) is { } network ? network : new CelFault(error);
            case ("isCIDR", [string text]):
                return CelNetwork.Parse(text, out _) is not null;
            case (_, [CelNetwork target, .. var rest]):
                return OfNetwork(function, target, rest);
            case ("format.named", [string name]):
                return CelFormat.Find(name) is { } named ? new CelOption(named) : CelOption.None;
            case ("validate", [CelFormat format, string text]):
                var errors = format.ErrorsOf(text);
                return errors.Count == 0 ? CelOption.None : new CelOption(new CelItems([.. errors]));
            default:
                return arguments.Length == 0 && !isMember && function.StartsWith("format.", StringComparison.Ordinal)
                    ? CelFormat.Find(function["format.".Length..])
                    : null;
        }
    }

    private static object? OfUrl(string function, GoUrl url) => function switch
    {
        "getScheme" => url.Scheme,
        "getHost" => url.Host,
        "getHostname" => url.Hostname,
        "getPort" => url.Port,
        "getEscapedPath" => url.EscapedPath,
        "getQuery" => new CelEntries(url.Values().ToDictionary(
            pair => (object)pair.Key, pair => (object)new CelItems([.. pair.Value]), CelKeys.Instance)),
        _ => null,
    };

    private static object? OfQuantity(string function, CelQuantity target, object[] rest) => (function, rest) switch
    {
        ("sign", []) => (long)target.Sign,
        ("isInteger", []) => target.AsInteger is not null,
        ("asInteger", []) => target.AsInteger is { } number ? number : new CelFault("cannot convert value to integer"),
        ("asApproximateFloat", []) => target.AsFloat,
        ("isGreaterThan", [CelQuantity other]) => target.CompareTo(other) > 0,
        ("isLessThan", [CelQuantity other]) => target.CompareTo(other) < 0,
        ("compareTo", [CelQuantity other]) => (long)target.CompareTo(other),
        ("add", [CelQuantity other]) => target.Plus(other),
        ("add", [long other]) => target.Plus(CelQuantity.Of(other)),
        ("sub", [CelQuantity other]) => target.Minus(other),
        ("sub", [long other]) => target.Minus(CelQuantity.Of(other)),
        _ => null,
    };

    private static object? OfSemver(string function, CelSemver target, object[] rest) => (function, rest) switch
    {
        ("major", []) => target.Major,
        ("minor", []) => target.Minor,
        ("patch", []) => target.Patch,
        ("isGreaterThan", [CelSemver other]) => target.CompareTo(other) > 0,
        ("isLessThan", [CelSemver other]) => target.CompareTo(other) < 0,
        ("compareTo", [CelSemver other]) => (long)target.CompareTo(other),
        _ => null,
    };

    private static object? OfAddress(string function, CelAddress address) => function switch
    {
        "family" => address.IsVersion4 ? 4L : 6L,
        "isUnspecified" => address.IsUnspecified,
        "isLoopback" => address.IsLoopback,
        "isLinkLocalMulticast" => address.IsLinkLocalMulticast,
        "isLinkLocalUnicast" => address.IsLinkLocalUnicast,
        "isGlobalUnicast" => address.IsGlobalUnicast,
        _ => null,
    };

    private static object? OfNetwork(string function, CelNetwork target, object[] rest)
    {
        switch (function, rest)
        {
            case ("ip", []):
                return new CelAddress(target.Value);
            case ("prefixLength", []):
                return (long)target.Bits;
            case ("masked", []):
                return target.Masked();
            case ("containsIP", [CelAddress address]):
                return target.Contains(address.Value);
            case ("containsIP", [string text]):
                return CelAddress.Parse(text, out var wrong) is { } parsed ? target.Contains(parsed.Value) : new CelFault(wrong);
            case ("containsCIDR", [CelNetwork network]):
                return target.Contains(network);
            case ("containsCIDR", [string text]):
                return CelNetwork.Parse(text, out var error) is { } inner ? target.Contains(inner) : new CelFault(error);
            default:
                return null;
        }
    }
}
