using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Patching.Fields;

/// <summary>Merges an applied configuration into an object: what it says wins, what it does not say stays .</summary>
internal static class TypedMerge
{
    /// <summary>Merges an object into another of the same type.</summary>
    /// <exception cref="FieldTypeException">The items of a list cannot be told apart.</exception>
    public static JsonObject Merge(JsonObject live, JsonObject applied, FieldType type) =>
        Merge((JsonValue)live, applied, type) as JsonObject ?? JsonObject.Empty;

    private static JsonValue? Merge(JsonValue? live, JsonValue? applied, FieldType type)
    {
        // Null is a value of any type here: with an object or a list on the other side it stands for an empty one.
        var form = applied is null ? type.For(live) : type.For(applied);
        if (form.Map is { } map)
        {
            var (a, b) = (live as JsonObject, applied as JsonObject);
            return map.IsAtomic || ((a?.Count ?? 0) == 0 && (b?.Count ?? 0) == 0)
                ? applied ?? live
                : MergeMembers(a ?? JsonObject.Empty, b ?? JsonObject.Empty, map);
        }

        if (form.Scalar is null && form.List is { } list)
        {
            var (a, b) = (live as JsonArray, applied as JsonArray);
            return !list.IsAssociative || ((a?.Count ?? 0) == 0 && (b?.Count ?? 0) == 0)
                ? applied ?? live
                : MergeItems(a ?? JsonArray.Empty, b ?? JsonArray.Empty, list);
        }

        return applied ?? live;
    }

    private static JsonObject? MergeMembers(JsonObject live, JsonObject applied, MapType type)
    {
        if (applied.Count == 0)
        {
            return live;
        }

        var merged = new JsonObject.Builder(live);
        foreach (var (name, value) in applied)
        {
            if (type.OfMember(name) is { } member)
            {
                merged[name] = Merge(live.Find(name), value, member);
            }
        }

        return merged.Count == 0 ? null : merged.Build();
    }

    // Items of both lists keep the order of the applied one; items of the live list stay where they stand between them.
    private static JsonArray? MergeItems(JsonArray live, JsonArray applied, ListType type)
    {
        var liveElements = ListItems.ElementsOf(type, live);
        var appliedElements = ListItems.ElementsOf(type, applied);
        var liveItems = new Dictionary<string, JsonValue?>(StringComparer.Ordinal);
        for (var i = 0; i < liveElements.Length; i++)
        {
            // Of items that cannot be told apart none is merged with an applied one.
            liveItems[liveElements[i]] = liveItems.ContainsKey(liveElements[i]) ? null : live[i];
        }

        var appliedItems = new HashSet<string>(appliedElements, StringComparer.Ordinal);
        var shared = new Queue<string>(appliedElements.Where(liveItems.ContainsKey));
        var next = shared.Count > 0 ? shared.Dequeue() : null;
        var done = new HashSet<string>(StringComparer.Ordinal);
        var merged = new List<JsonValue>(Math.Max(live.Count, applied.Count));
        var (l, a) = (0, 0);
        while (l < live.Count || a < applied.Count)
        {
            if (l < live.Count && a < applied.Count)
            {
                if (liveElements[l] == appliedElements[a])
                {
                    Take(a++);
                    l++;
                    next = shared.Count > 0 ? shared.Dequeue() : null;
                    continue;
                }

                if (appliedItems.Contains(liveElements[l]) && next is not null && next != liveElements[l])
                {
                    // Shared, but not the one whose turn it is.
                    l++;
                    continue;
                }
            }

            if (l < live.Count)
            {
                if (!appliedItems.Contains(liveElements[l]))
                {
                    merged.Add(live[l++]);
                    continue;
                }

                if (done.Contains(liveElements[l]))
                {
                    l++;
                }
            }

            if (a < applied.Count)
            {
                var element = appliedElements[a];
                Take(a++);
                if (next == element)
                {
                    next = shared.Count > 0 ? shared.Dequeue() : null;
                }
            }
        }

        return merged.Count == 0 ? null : JsonArray.Of(merged);

        void Take(int index)
        {
            done.Add(appliedElements[index]);
            if (Merge(liveItems.GetValueOrDefault(appliedElements[index]), applied[index], type.Element) is { } item)
            {
                merged.Add(item);
            }
        }
    }
}
