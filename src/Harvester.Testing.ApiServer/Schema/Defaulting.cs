using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Schema;

/// <summary>
/// Fills in defaults and removes nulls that are no values (statements V-2, V-3). What needs nothing stays the same instance.
/// </summary>
internal static class Defaulting
{
    /// <summary>Completes an object.</summary>
    /// <param name="obj">The object.</param>
    /// <param name="schema">Its schema.</param>
    /// <param name="keepNulls">True to leave nulls that have no default where they are.</param>
    public static JsonObject Apply(JsonObject obj, StructuralSchema schema, bool keepNulls = false) => Members(obj, schema, keepNulls);

    private static JsonValue Complete(JsonValue value, StructuralSchema schema, bool keepNulls) => value switch
    {
        JsonObject members => Members(members, schema, keepNulls),
        JsonArray items when schema.Items is { } each => Items(items, each, keepNulls),
        _ => value,
    };

    private static JsonObject Members(JsonObject members, StructuralSchema schema, bool keepNulls)
    {
        JsonObject.Builder? changed = null;
        foreach (var (name, property) in schema.Defaulted)
        {
            if (!members.Has(name))
            {
                changed ??= new JsonObject.Builder(members);
                changed[name] = Complete(property.Default!, property, keepNulls);
            }
        }

        var names = members.Names;
        var values = members.Values;
        for (var i = 0; i < names.Length; i++)
        {
            if (schema.OfMember(names[i]) is not { } declared)
            {
                continue;
            }

            var value = values[i];
            var result = !IsNoValue(value, declared) ? Complete(value, declared, keepNulls)
                : declared.Default is { } given ? Complete(given, declared, keepNulls)
                : keepNulls ? value : null;
            if (!ReferenceEquals(result, value))
            {
                changed ??= new JsonObject.Builder(members);
                changed[names[i]] = result;
            }
        }

        return changed?.Build() ?? members;
    }

    private static JsonArray Items(JsonArray items, StructuralSchema each, bool keepNulls)
    {
        JsonValue[]? changed = null;
        for (var i = 0; i < items.Count; i++)
        {
            var item = items[i];
            var result = Complete(IsNoValue(item, each) && each.Default is { } given ? given : item, each, keepNulls);
            if (!ReferenceEquals(result, item))
            {
                changed ??= [.. items];
                changed[i] = result;
            }
        }

        return changed is null ? items : JsonArray.Wrap(changed);
    }

    private static bool IsNoValue(JsonValue value, StructuralSchema schema) => value.IsNull && !schema.Nullable;
}
