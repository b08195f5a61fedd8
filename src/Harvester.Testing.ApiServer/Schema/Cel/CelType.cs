namespace Harvester.Testing.ApiServer.Schema.Cel;

/// <summary>The sorts of types.</summary>
internal enum CelKind
{
    Dyn,
    Error,
    Null,
    Bool,
    Int,
    Uint,
    Double,
    String,
    Bytes,
    Timestamp,
    Duration,
    List,
    Map,
    Object,
    Opaque,
    Parameter,
    Type,
}

/// <summary>A type of CEL.</summary>
internal sealed class CelType : IEquatable<CelType>
{
    private CelType(CelKind kind, string name, params CelType[] parameters)
    {
        Kind = kind;
        Name = name;
        Parameters = parameters;
    }

    public static CelType Dyn { get; } = new(CelKind.Dyn, "dyn");

    public static CelType Error { get; } = new(CelKind.Error, "!error!");

    public static CelType Null { get; } = new(CelKind.Null, "null");

    public static CelType Bool { get; } = new(CelKind.Bool, "bool");

    public static CelType Int { get; } = new(CelKind.Int, "int");

    public static CelType Uint { get; } = new(CelKind.Uint, "uint");

    public static CelType Double { get; } = new(CelKind.Double, "double");

    public static CelType String { get; } = new(CelKind.String, "string");

    public static CelType Bytes { get; } = new(CelKind.Bytes, "bytes");

    public static CelType Timestamp { get; } = new(CelKind.Timestamp, "timestamp");

    public static CelType Duration { get; } = new(CelKind.Duration, "duration");

    /// <summary>Types of the Kubernetes libraries: two of them are opaque, the others objects without fields.</summary>
    public static CelType Url { get; } = new(CelKind.Object, "kubernetes.URL");

    public static CelType Quantity { get; } = new(CelKind.Object, "kubernetes.Quantity");

    public static CelType Semver { get; } = new(CelKind.Object, "kubernetes.Semver");

    public static CelType Format { get; } = new(CelKind.Object, "kubernetes.NamedFormat");

    public static CelType Ip { get; } = new(CelKind.Opaque, "net.IP");

    public static CelType Cidr { get; } = new(CelKind.Opaque, "net.CIDR");

    public CelKind Kind { get; }

    public string Name { get; }

    public IReadOnlyList<CelType> Parameters { get; }

    /// <summary>The type a type stands for, of an object the declaration of its fields.</summary>
    public CelDeclaration? Declaration { get; private init; }

    public bool IsDynOrError => Kind is CelKind.Dyn or CelKind.Error;

    public bool IsOptional => Kind == CelKind.Opaque && Name == "optional_type";

    public static CelType List(CelType item) => new(CelKind.List, "list", item);

    public static CelType Map(CelType key, CelType value) => new(CelKind.Map, "map", key, value);

    public static CelType Optional(CelType value) => new(CelKind.Opaque, "optional_type", value);

    public static CelType Opaque(string name, params CelType[] parameters) => new(CelKind.Opaque, name, parameters);

    public static CelType TypeOf(CelType type) => new(CelKind.Type, "type", type);

    public static CelType Parameter(string name) => new(CelKind.Parameter, name);

    public static CelType Object(string name, CelDeclaration declaration) => new(CelKind.Object, name) { Declaration = declaration };

    /// <summary>The type with other parameters.</summary>
    public CelType With(CelType[] parameters) => new(Kind, Name, parameters) { Declaration = Declaration };

    /// <inheritdoc />
    public bool Equals(CelType? other) =>
        ReferenceEquals(this, other)
        || (other is not null && other.Kind == Kind && other.Name == Name && other.Parameters.SequenceEqual(Parameters));

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as CelType);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Kind, Name, Parameters.Count);

    /// <summary>The type as errors show it.</summary>
    public override string ToString() => Kind switch
    {
        CelKind.Timestamp => "timestamp",
        CelKind.Duration => "duration",
        _ when Parameters.Count == 0 => Name,
        _ => $"{Name}({string.Join(", ", Parameters)})",
    };
}
