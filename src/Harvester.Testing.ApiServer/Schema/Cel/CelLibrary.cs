namespace Harvester.Testing.ApiServer.Schema.Cel;

/// <summary>
/// The functions rules can use: CEL's own, the extensions for text, lists, sets, two-variable macros and options that Kubernetes
/// switches on, and those of Kubernetes for URLs, addresses, quantities, versions and formats.
/// </summary>
internal static class CelLibrary
{
    private static readonly Dictionary<string, IReadOnlyList<CelOverload>> Functions = Read();

    /// <summary>The overloads of a function, or null when there is no such function.</summary>
    /// <param name="name">The function's name.</param>
    public static IReadOnlyList<CelOverload>? Find(string name) => Functions.GetValueOrDefault(name);

    /// <summary>The type a name stands for in an expression, or null.</summary>
    /// <param name="name">The name.</param>
    public static CelType? FindType(string name) => name switch
    {
        "bool" => CelType.Bool,
        "bytes" => CelType.Bytes,
        "double" => CelType.Double,
        "dyn" => CelType.Dyn,
        "int" => CelType.Int,
        "uint" => CelType.Uint,
        "string" => CelType.String,
        "list" => CelType.List(CelType.Dyn),
        "map" => CelType.Map(CelType.Dyn, CelType.Dyn),
        "null_type" => CelType.Null,
        "type" => CelType.TypeOf(CelType.Dyn),
        "optional_type" => CelType.Optional(CelType.Dyn),
        "google.protobuf.Timestamp" => CelType.Timestamp,
        "google.protobuf.Duration" => CelType.Duration,
        "kubernetes.Quantity" => CelType.Quantity,
        "kubernetes.URL" => CelType.Url,
        "kubernetes.Semver" => CelType.Semver,
        "kubernetes.NamedFormat" => CelType.Format,
        "net.IP" => CelType.Ip,
        "net.CIDR" => CelType.Cidr,
        _ => null,
    };

    private static Dictionary<string, IReadOnlyList<CelOverload>> Read()
    {
        var functions = new Dictionary<string, IReadOnlyList<CelOverload>>(StringComparer.Ordinal);
        var overloads = new List<CelOverload>();
        foreach (var line in CelSignatures.Text.Split('\n'))
        {
            if (line.StartsWith(' '))
            {
                overloads.Add(ReadOverload(line.Trim()));
            }
            else
            {
                overloads = [];
                functions[line.Trim()] = overloads;
            }
        }

        return functions;
    }

    private static CelOverload ReadOverload(string text)
    {
        var colon = text.LastIndexOf("): ", StringComparison.Ordinal);
        var open = colon;
        for (var depth = 1; depth > 0;)
        {
            open--;
            depth += text[open] switch { ')' => 1, '(' => -1, _ => 0 };
        }

        var name = text[..open];
        var dot = name.LastIndexOf('.');
        var arguments = new List<CelType>();
        if (dot >= 0)
        {
            arguments.Add(ReadType(name[..dot]));
        }

        arguments.AddRange(Split(text[(open + 1)..colon]).Select(ReadType));
        return new CelOverload(name[(dot + 1)..], dot >= 0, arguments, ReadType(text[(colon + 3)..]));
    }

    private static IEnumerable<string> Split(string types)
    {
        var depth = 0;
        var start = 0;
        for (var i = 0; i < types.Length; i++)
        {
            depth += types[i] switch { '(' => 1, ')' => -1, _ => 0 };
            if (types[i] == ',' && depth == 0)
            {
                yield return types[start..i].Trim();
                start = i + 1;
            }
        }

        if (types.Length > start)
        {
            yield return types[start..].Trim();
        }
    }

    private static CelType ReadType(string text)
    {
        var open = text.IndexOf('(', StringComparison.Ordinal);
        if (open >= 0)
        {
            CelType[] inner = [.. Split(text[(open + 1)..^1]).Select(ReadType)];
            return text[..open] switch
            {
                "list" => CelType.List(inner[0]),
                "map" => CelType.Map(inner[0], inner[1]),
                "type" => CelType.TypeOf(inner[0]),
                _ => CelType.Optional(inner[0]),
            };
        }

        return text switch
        {
            "timestamp" => CelType.Timestamp,
            "duration" => CelType.Duration,
            "url" => CelType.Url,
            "ip" => CelType.Ip,
            "cidr" => CelType.Cidr,
            "quantity" => CelType.Quantity,
            "semver" => CelType.Semver,
            "format" => CelType.Format,
            _ => FindType(text) ?? CelType.Parameter(text),
        };
    }
}
