using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Schema.Models;

/// <summary>How server-side apply sees a list or an object.</summary>
internal enum ListKind
{
    /// <summary>Nothing is said: lists are atomic, objects are merged.</summary>
    Unsaid,

    /// <summary>One value with one owner.</summary>
    Atomic,

    /// <summary>A list of distinct values.</summary>
    Set,

    /// <summary>A list of objects told apart by <see cref="ModelMember.ListKeys"/>.</summary>
    Map,
}

/// <summary>A member of a structure of a built-in kind.</summary>
internal sealed class ModelMember
{
    private readonly Lazy<ModelType> _type;

    public ModelMember(string name, ModelMemberMarks marks, Func<ModelType> type)
    {
        Name = name;
        Marks = marks;
        _type = new Lazy<ModelType>(type);
    }

    /// <summary>Its name in JSON.</summary>
    public string Name { get; }

    /// <summary>Its type, made when first needed.</summary>
    public ModelType Type => _type.Value;

    /// <summary>What the table says of it.</summary>
    public ModelMemberMarks Marks { get; }

    /// <summary>The member by which strategic merge patch tells the items of this list apart; empty for a set; null when the list is replaced.</summary>
    public string? MergeKey => Marks.MergeKey;

    /// <summary>True when a strategic merge patch may name the keys that stay (<c>$retainKeys</c>).</summary>
    public bool RetainsKeys => Marks.RetainsKeys;

    /// <summary>How server-side apply sees it.</summary>
    public ListKind ListKind => Marks.ListKind == ListKind.Unsaid && Type is StructureType { IsAtomic: true } ? ListKind.Atomic : Marks.ListKind;

    /// <summary>The keys of a list of kind <see cref="Models.ListKind.Map"/>.</summary>
    public IReadOnlyList<string> ListKeys => Marks.ListKeys;

    /// <summary>What stands for this member when it is a key and absent; null when nothing does.</summary>
    public JsonValue? KeyDefault => Marks.Default;

    /// <summary>What is printed when the member is absent; null when nothing is.</summary>
    public JsonValue? Absent => Marks.IsAlwaysPrinted
        ? Marks.IsValue || Type is TextType ? ZeroOrNull() : Type.AbsentValue
        : Marks.IsValue ? Type.ValueZero : null;

    /// <summary>True when a value of this member is left out because it is empty.</summary>
    /// <param name="value">The decoded value.</param>
    public bool IsLeftOut(JsonValue value) => !Marks.IsAlwaysPrinted && !Marks.IsPointer && value switch
    {
        JsonArray { Count: 0 } => true,
        JsonString { Value.Length: 0 } => Type is TextType or BytesType,
        JsonObject { Count: 0 } => Type is MapType,
        JsonInteger { Value: 0 } => Marks.IsValue && Type is IntegerType,
        JsonBoolean { Value: false } => Marks.IsValue,
        _ => false,
    };

    // A pointer that is always printed is printed as null.
    private JsonValue ZeroOrNull() => Marks.IsPointer ? JsonValue.Null : Type.Zero;
}

/// <summary>What <c>model-members.txt</c> says of one member; all false and null when it says nothing.</summary>
internal sealed record ModelMemberMarks
{
    /// <summary>The marks of a member of which nothing is said.</summary>
    public static ModelMemberMarks None { get; } = new();

    /// <summary>Printed when it is empty.</summary>
    public bool IsAlwaysPrinted { get; init; }

    /// <summary>Held by value where the client's model has something that can be null.</summary>
    public bool IsValue { get; init; }

    /// <summary>Held by pointer: what is empty is kept.</summary>
    public bool IsPointer { get; init; }

    /// <summary>A time with six decimals.</summary>
    public bool IsMicroTime { get; init; }

    /// <summary>The name of its Go type, or of its items' Go type; null when it is the plain one.</summary>
    public string? GoType { get; init; }

    /// <inheritdoc cref="ModelMember.MergeKey" />
    public string? MergeKey { get; init; }

    /// <inheritdoc cref="ModelMember.RetainsKeys" />
    public bool RetainsKeys { get; init; }

    /// <inheritdoc cref="ModelMember.ListKind" />
    public ListKind ListKind { get; init; }

    /// <inheritdoc cref="ModelMember.ListKeys" />
    public IReadOnlyList<string> ListKeys { get; init; } = [];

    /// <inheritdoc cref="ModelMember.KeyDefault" />
    public JsonValue? Default { get; init; }
}
