using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn;

/// <summary>What filling in defaults does to an object again and again.</summary>
internal static class JsonEdits
{
    /// <summary>This object with a member, unless it has one of that name that is not null.</summary>
    public static JsonObject Default(this JsonObject value, string name, JsonValue member) =>
        value.Find(name) is null or JsonNull ? value.With(name, member) : value;

    /// <summary>This object with a member that is an object changed, if there is one.</summary>
    public static JsonObject Edit(this JsonObject value, string name, Func<JsonObject, JsonObject> change) =>
        value.Find(name) is JsonObject member ? value.With(name, change(member)) : value;

    /// <summary>This object with every object of a list changed, if there is such a list.</summary>
    public static JsonObject EditItems(this JsonObject value, string name, Func<JsonObject, JsonObject> change)
    {
        if (value.Find(name) is not JsonArray { Count: > 0 } items)
        {
            return value;
        }

        JsonValue[]? changed = null;
        for (var i = 0; i < items.Count; i++)
        {
            if (items[i] is JsonObject item && change(item) is var edited && !ReferenceEquals(edited, item))
            {
                changed ??= [.. items.AsSpan()];
                changed[i] = edited;
            }
        }

        return changed is null ? value : value.With(name, JsonArray.Wrap(changed));
    }

    /// <summary>The objects of a list; none when there is no such list.</summary>
    public static IEnumerable<JsonObject> Items(this JsonValue? value, string name) =>
        (value?[name] as JsonArray)?.OfType<JsonObject>() ?? [];
}
