using System.Collections;

namespace Harvester.Testing.ApiServer.Json;

/// <summary>An immutable JSON array.</summary>
public sealed class JsonArray : JsonValue, IReadOnlyList<JsonValue>
{
    private readonly JsonValue[] _items;

    private JsonArray(JsonValue[] items) => _items = items;

    /// <summary>The array without items.</summary>
    public static JsonArray Empty { get; } = new([]);

    /// <inheritdoc />
    public int Count => _items.Length;

    /// <inheritdoc />
    public JsonValue this[int index] => _items[index];

    /// <summary>An array of the given items, in their order.</summary>
    /// <param name="items">The items.</param>
    public static JsonArray Of(params IEnumerable<JsonValue> items)
    {
        var copy = items.ToArray();
        return copy.Length == 0 ? Empty : new JsonArray(copy);
    }

    /// <summary>The items, without a copy.</summary>
    public ReadOnlySpan<JsonValue> AsSpan() => _items;

    /// <inheritdoc />
    public IEnumerator<JsonValue> GetEnumerator() => ((IEnumerable<JsonValue>)_items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc />
    public override bool Equals(JsonValue? other) =>
        ReferenceEquals(this, other) || (other is JsonArray array && array._items.AsSpan().SequenceEqual(_items));

    /// <inheritdoc />
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var item in _items)
        {
            hash.Add(item);
        }

        return hash.ToHashCode();
    }

    /// <summary>Wraps an array nobody else will change.</summary>
    internal static JsonArray Wrap(JsonValue[] items) => items.Length == 0 ? Empty : new JsonArray(items);
}
