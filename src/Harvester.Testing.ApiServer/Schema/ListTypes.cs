using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Schema;

/// <summary>Lists that are sets or maps hold nothing twice (statement V-8).</summary>
internal static class ListTypes
{
    private const int ShortList = 16;

    /// <summary>Checks all lists of an object.</summary>
    /// <param name="value">The object.</param>
    /// <param name="schema">Its schema.</param>
    /// <param name="path">Its path; empty at the top.</param>
    /// <param name="errors">Receives what is wrong.</param>
    public static void Validate(JsonValue value, StructuralSchema schema, string path, List<FieldError> errors)
    {
        if (!schema.HasListTypes)
        {
            return;
        }

        switch (value)
        {
            case JsonObject members:
                foreach (var (name, member) in members)
                {
                    if (schema.OfMember(name) is { HasListTypes: true } declared)
                    {
                        Validate(member, declared, schema.PathOfMember(path, name), errors);
                    }
                }

                break;
            case JsonArray items:
                ValidateList(items, schema, path, errors);
                for (var i = 0; i < items.Count && schema.Items is not null; i++)
                {
                    Validate(items[i], schema.Items, $"{path}[{i}]", errors);
                }

                break;
        }
    }

    /// <summary>The key of an item of a list that is a map.</summary>
    /// <param name="item">The item.</param>
    /// <param name="schema">The list's schema.</param>
    internal static JsonObject KeyOf(JsonObject item, StructuralSchema schema) =>
        JsonObject.Of(schema.ListMapKeys.Select(key => (key, item.Find(key))));

    /// <summary>True when two items of a list that is a map have equal keys.</summary>
    /// <param name="item">An item.</param>
    /// <param name="other">Another one.</param>
    /// <param name="schema">The list's schema.</param>
    internal static bool HaveSameKey(JsonObject item, JsonObject other, StructuralSchema schema)
    {
        foreach (var key in schema.ListMapKeys)
        {
            if (!Equals(item.Find(key), other.Find(key)))
            {
                return false;
            }
        }

        return true;
    }

    // Most lists are short and told apart by one text: then nothing needs to be made to see that no two are equal.
    private static bool IsShortAndDistinct(JsonArray items, StructuralSchema schema)
    {
        if (items.Count > ShortList || (schema.ListType == "map" && schema.ListMapKeys.Count != 1))
        {
            return false;
        }

        var key = schema.ListType == "map" ? schema.ListMapKeys[0] : null;
        for (var i = 0; i < items.Count; i++)
        {
            if ((key is null ? items[i] : items[i][key]) is not JsonString { Value: var text })
            {
                return false;
            }

            for (var j = 0; j < i; j++)
            {
                if ((key is null ? items[j] : items[j][key])!.AsString == text)
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static void ValidateList(JsonArray items, StructuralSchema schema, string path, List<FieldError> errors)
    {
        if (schema.ListType is not ("set" or "map") || IsShortAndDistinct(items, schema))
        {
            return;
        }

        if (schema.ListType == "map")
        {
            // Of what is no object the first alone is told, and then nothing of what occurs twice.
            for (var i = 0; i < items.Count; i++)
            {
                if (items[i] is not (JsonObject or JsonNull))
                {
                    errors.Add(FieldError.Invalid(
                        $"{path}[{i}]", items[i], "must be an object for an array of list-type map"));
                    return;
                }
            }
        }

        var seen = new Dictionary<JsonValue, int>();
        for (var i = 0; i < items.Count; i++)
        {
            var identity = schema.ListType == "map" ? KeyOf(items[i] as JsonObject ?? JsonObject.Empty, schema) : items[i];

            // A third one and more is not reported again.
            if (!seen.TryAdd(identity, 1) && seen[identity]++ == 1)
            {
                errors.Add(new FieldError($"{path}[{i}]", FieldErrorType.Duplicate, "", identity));
            }
        }
    }
}
