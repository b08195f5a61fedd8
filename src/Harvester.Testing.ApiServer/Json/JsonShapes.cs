namespace Harvester.Testing.ApiServer.Json;

/// <summary>
/// What objects have in common: the lists of their names, and ownership that is the same for every object a client writes
/// alike. One instance serves all of them, which is most of the weight of many objects of a kind.
/// </summary>
internal static class JsonShapes
{
    private const int LongestShape = 12;
    private const int Slots = 2048;

    private static readonly string[]?[] Names = new string[]?[Slots];

    private static readonly JsonValue?[] Values = new JsonValue?[Slots];

    /// <summary>A list of names that nobody changes.</summary>
    public static string[] Shared(ReadOnlySpan<string> names)
    {
        if (names.Length > LongestShape)
        {
            return names.ToArray();
        }

        var hash = names.Length;
        foreach (var name in names)
        {
            hash = (hash * 31) + (name.Length == 0 ? 0 : (name.Length << 8) ^ (name[0] << 4) ^ name[^1]);
        }

        ref var slot = ref Names[(uint)hash % Slots];
        var known = slot;
        if (known is not null && names.SequenceEqual(known))
        {
            return known;
        }

        return slot = names.ToArray();
    }

    /// <summary>This value, or an equal one that was seen before.</summary>
    public static JsonValue Shared(JsonValue value)
    {
        ref var slot = ref Values[(uint)value.GetHashCode() % Slots];
        var known = slot;
        return known is not null && known.Equals(value) ? known : slot = value;
    }
}
