namespace Harvester.Testing.ApiServer.Json;

/// <summary>
/// Lets a value that came anew use the parts of the value it replaces wherever the two are equal: all comparisons after that
/// stop where nothing has changed, and of many revisions of an object only the differences are kept.
/// </summary>
internal static class JsonSharing
{
    /// <summary>A value equal to <paramref name="value"/>, with as many parts of another as possible.</summary>
    /// <param name="value">The new value.</param>
    /// <param name="old">The value it replaces.</param>
    /// <returns>One of the two, or a mixture.</returns>
    public static JsonValue WithPartsOf(JsonValue value, JsonValue old)
    {
        if (ReferenceEquals(value, old))
        {
            return old;
        }

        switch (value, old)
        {
            case (JsonObject members, JsonObject olds):
                return Members(members, olds);
            case (JsonArray items, JsonArray olds):
                return Items(items, olds);
            case (JsonString text, JsonString other):
                return text.Value == other.Value ? old : value;
            case (JsonInteger number, JsonInteger other):
                return number.Value == other.Value ? old : value;
            case (JsonFloat number, JsonFloat other):
                // Zeros of different signs are equal, but not written alike.
                return BitConverter.DoubleToInt64Bits(number.Value) == BitConverter.DoubleToInt64Bits(other.Value) ? old : value;
            default:
                return value;
        }
    }

    private static JsonObject Members(JsonObject members, JsonObject olds)
    {
        JsonValue[]? mixed = null;
        var names = members.Names;
        var values = members.Values;
        var alike = names.Length == olds.Count;
        var at = 0;
        for (var i = 0; i < names.Length; i++)
        {
            while (at < olds.Count && string.CompareOrdinal(olds.Names[at], names[i]) < 0)
            {
                at++;
            }

            if (at == olds.Count || olds.Names[at] != names[i])
            {
                alike = false;
                continue;
            }

            var shared = WithPartsOf(values[i], olds.Values[at]);
            alike &= ReferenceEquals(shared, olds.Values[at]);
            if (!ReferenceEquals(shared, values[i]))
            {
                (mixed ??= values.ToArray())[i] = shared;
            }
        }

        return alike ? olds : mixed is null ? members : members.WithValues(mixed);
    }

    private static JsonArray Items(JsonArray items, JsonArray olds)
    {
        JsonValue[]? mixed = null;
        var alike = items.Count == olds.Count;
        for (var i = 0; i < items.Count && i < olds.Count; i++)
        {
            var shared = WithPartsOf(items[i], olds[i]);
            alike &= ReferenceEquals(shared, olds[i]);
            if (!ReferenceEquals(shared, items[i]))
            {
                (mixed ??= [.. items])[i] = shared;
            }
        }

        return alike ? olds : mixed is null ? items : JsonArray.Wrap(mixed);
    }
}
