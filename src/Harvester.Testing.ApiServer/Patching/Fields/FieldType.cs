using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Patching.Fields;

/// <summary>The scalars a field may hold.</summary>
internal enum ScalarType
{
    /// <summary>Integers and floats.</summary>
    Numeric,

    /// <summary>Text.</summary>
    Text,

    /// <summary>true and false.</summary>
    Boolean,

    /// <summary>Any of them.</summary>
    Any,
}

/// <summary>
/// What a field may hold and how what it holds is owned: by its members, by its items, or as one value. A type may allow
/// a scalar, a list and an object at once; the value decides then.
/// </summary>
/// <param name="scalar">The scalars allowed, or null.</param>
/// <param name="list">How a list is owned, or null when it may be none.</param>
/// <param name="map">How an object is owned, or null when it may be none.</param>
internal sealed class FieldType(ScalarType? scalar, ListType? list, MapType? map)
{
    /// <summary>The scalars allowed, or null.</summary>
    public ScalarType? Scalar { get; } = scalar;

    /// <summary>How a list is owned, or null when it may be none.</summary>
    public ListType? List { get; } = list;

    /// <summary>How an object is owned, or null when it may be none.</summary>
    public MapType? Map { get; } = map;

    private static readonly Dictionary<string, Field> NoFields = [];

    /// <summary>Numbers.</summary>
    public static FieldType Numeric { get; } = new(ScalarType.Numeric, null, null);

    /// <summary>Text.</summary>
    public static FieldType Text { get; } = new(ScalarType.Text, null, null);

    /// <summary>true and false.</summary>
    public static FieldType Boolean { get; } = new(ScalarType.Boolean, null, null);

    /// <summary>Any scalar, such as a time or a quantity.</summary>
    public static FieldType AnyScalar { get; } = new(ScalarType.Any, null, null);

    /// <summary>Anything, owned as one value.</summary>
    public static FieldType Atomic { get; } = Untyped(list => list, isAtomic: true);

    /// <summary>Anything, objects owned member by member.</summary>
    public static FieldType Deduced { get; } = Untyped(_ => Atomic, isAtomic: false);

    /// <summary>An object with any members of one type.</summary>
    public static FieldType MapOf(FieldType element, bool isAtomic = false) =>
        new(null, null, new MapType(NoFields, () => element, isAtomic));

    /// <summary>A list owned as one value.</summary>
    public static FieldType AtomicListOf(FieldType element) => new(null, new ListType(() => element, isAssociative: false, []), null);

    /// <summary>A list whose items are told apart by their value.</summary>
    public static FieldType SetOf(FieldType element) => new(null, new ListType(() => element, isAssociative: true, []), null);

    /// <summary>A list whose items are told apart by some of their members.</summary>
    public static FieldType ListOf(FieldType element, params string[] keys) =>
        new(null, new ListType(() => element, isAssociative: true, keys), null);

    /// <summary>The part of the type that a value is of; the whole type when it fits none, or is null.</summary>
    public FieldType For(JsonValue? value) => value switch
    {
        JsonObject when Map is not null => List is null && Scalar is null ? this : Map.Alone,
        JsonArray when List is not null => Map is null && Scalar is null ? this : List.Alone,
        JsonString or JsonInteger or JsonFloat or JsonBoolean when Scalar is { } scalar =>
            Map is null && List is null ? this : scalar switch
            {
                ScalarType.Numeric => Numeric,
                ScalarType.Text => Text,
                ScalarType.Boolean => Boolean,
                _ => AnyScalar,
            },
        _ => this,
    };

    private static FieldType Untyped(Func<FieldType, FieldType> items, bool isAtomic)
    {
        FieldType? self = null;
        self = new FieldType(
            ScalarType.Any,
            new ListType(() => items(self!), isAssociative: false, []),
            new MapType(NoFields, () => self!, isAtomic));
        return self;
    }
}

/// <summary>How the items of a list are owned.</summary>
/// <param name="elementOf">The items' type, read when it is first needed, as types may contain themselves.</param>
/// <param name="isAssociative">True when items are owned one by one, by their keys or, without keys, their value.</param>
/// <param name="keys">The members that tell items apart.</param>
internal sealed class ListType(Func<FieldType> elementOf, bool isAssociative, IReadOnlyList<string> keys)
{
    private FieldType? _alone;
    private FieldType? _element;

    /// <summary>True when items are owned one by one.</summary>
    public bool IsAssociative { get; } = isAssociative;

    /// <summary>The members that tell items apart, sorted; none for a set.</summary>
    public IReadOnlyList<string> Keys { get; } = [.. keys.Order(StringComparer.Ordinal)];

    /// <summary>The items' type.</summary>
    public FieldType Element => _element ??= elementOf();

    /// <summary>The type that allows this list and nothing else.</summary>
    public FieldType Alone => _alone ??= new FieldType(null, this, null);
}

/// <summary>How the members of an object are owned.</summary>
/// <param name="fields">The declared members.</param>
/// <param name="elementOf">The type of all others, or null when there may be none.</param>
/// <param name="isAtomic">True when the object is owned as one value.</param>
internal sealed class MapType(IReadOnlyDictionary<string, Field> fields, Func<FieldType>? elementOf, bool isAtomic)
{
    private FieldType? _alone;
    private FieldType? _element;

    /// <summary>The declared members.</summary>
    public IReadOnlyDictionary<string, Field> Fields { get; } = fields;

    /// <summary>True when the object is owned as one value.</summary>
    public bool IsAtomic { get; } = isAtomic;

    /// <summary>The type of members that are not declared, or null when there may be none.</summary>
    public FieldType? Element => elementOf is null ? null : _element ??= elementOf();

    /// <summary>The type that allows this object and nothing else.</summary>
    public FieldType Alone => _alone ??= new FieldType(null, null, this);

    /// <summary>True for an object of which nothing is declared and everything allowed.</summary>
    public bool IsUntyped => Fields.Count == 0 && Element is { Scalar: ScalarType.Any };

    /// <summary>The type of a member, or null when it is not allowed.</summary>
    public FieldType? OfMember(string name) => Fields.TryGetValue(name, out var field) ? field.Type : Element;
}

/// <summary>A declared member of an object.</summary>
/// <param name="typeOf">Its type, read when it is first needed.</param>
/// <param name="fallback">What stands for it when it is left out of a list's key, or null.</param>
internal sealed class Field(Func<FieldType> typeOf, JsonValue? fallback = null)
{
    private FieldType? _type;

    /// <summary>What stands for it when it is left out of a list's key, or null.</summary>
    public JsonValue? Default { get; } = fallback;

    /// <summary>Its type.</summary>
    public FieldType Type => _type ??= typeOf();

    /// <summary>A member of a known type.</summary>
    public static implicit operator Field(FieldType type) => new(() => type);
}
