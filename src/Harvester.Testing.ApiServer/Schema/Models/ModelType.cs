using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Schema.Models;

/// <summary>A type of the built-in kinds' models: what JSON it takes, and in which form that is stored (B-2 to B-5).</summary>
internal abstract class ModelType
{
    /// <summary>The Go type's name in error texts, such as <c>[]v1.Container</c>.</summary>
    public abstract string GoName { get; }

    /// <summary>The value of a variable of this type to which nothing was assigned.</summary>
    public abstract JsonValue Zero { get; }

    /// <summary>What an always printed member of this type shows when nothing was assigned.</summary>
    public virtual JsonValue AbsentValue => Zero;

    /// <summary>What a member held by value shows that is not printed when empty; null when it is left out.</summary>
    public virtual JsonValue? ValueZero => null;

    /// <summary>Brings a value into its stored form.</summary>
    /// <param name="value">A value that is not null.</param>
    /// <param name="decoding">Where it stands.</param>
    /// <exception cref="ModelDecodingException">The value does not fit.</exception>
    public abstract JsonValue Decode(JsonValue value, ModelDecoding decoding);
}

/// <summary>A list.</summary>
/// <param name="item">The type of its items.</param>
internal sealed class ListType(ModelType item) : ModelType
{
    /// <summary>The type of the items.</summary>
    public ModelType Item { get; } = item;

    /// <inheritdoc />
    public override string GoName => "[]" + Item.GoName;

    /// <inheritdoc />
    public override JsonValue Zero => JsonValue.Null;

    /// <inheritdoc />
    public override JsonValue Decode(JsonValue value, ModelDecoding decoding)
    {
        if (value is not JsonArray items)
        {
            throw decoding.Mismatch(value, GoName);
        }

        JsonValue[]? changed = null;
        for (var i = 0; i < items.Count; i++)
        {
            var item = items[i];
            decoding.Enter(i);
            var decoded = item.IsNull ? Item.Zero : Item.Decode(item, decoding);
            decoding.Leave();
            if (!ReferenceEquals(decoded, item))
            {
                changed ??= [.. items.AsSpan()];
                changed[i] = decoded;
            }
        }

        return changed is null ? items : JsonArray.Wrap(changed);
    }
}

/// <summary>An object whose members' names are the client's.</summary>
/// <param name="item">The type of its values.</param>
/// <param name="goName">The Go type's name when it has one of its own.</param>
internal sealed class MapType(ModelType item, string? goName) : ModelType
{
    /// <summary>The type of the values.</summary>
    public ModelType Item { get; } = item;

    /// <inheritdoc />
    public override string GoName => goName ?? "map[string]" + Item.GoName;

    /// <inheritdoc />
    public override JsonValue Zero => JsonValue.Null;

    /// <inheritdoc />
    public override JsonValue Decode(JsonValue value, ModelDecoding decoding)
    {
        if (value is not JsonObject members)
        {
            throw decoding.Mismatch(value, GoName);
        }

        JsonValue[]? changed = null;
        for (var i = 0; i < members.Count; i++)
        {
            var member = members.Values[i];
            decoding.Enter(members.Names[i], isField: false);
            var decoded = member.IsNull ? Item.Zero : Item.Decode(member, decoding);
            decoding.Leave();
            if (!ReferenceEquals(decoded, member))
            {
                changed ??= [.. members.Values];
                changed[i] = decoded;
            }
        }

        return changed is null ? members : JsonObject.Wrap([.. members.Names], changed);
    }
}
