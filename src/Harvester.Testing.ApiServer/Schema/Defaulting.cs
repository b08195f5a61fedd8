using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Schema;

/// <summary>Fills in defaults and removes nulls that are no values (statements V-2, V-3).</summary>
internal static class Defaulting
{
    /// <summary>Completes an object.</summary>
    /// <param name="obj">The object.</param>
    /// <param name="schema">Its schema.</param>
    /// <param name="keepNulls">True to leave nulls that have no default where they are.</param>
    public static JsonObject Apply(JsonObject obj, StructuralSchema schema, bool keepNulls = false) =>
        (JsonObject)Complete(obj, schema, keepNulls);

    private static JsonValue Complete(JsonValue value, StructuralSchema? schema, bool keepNulls)
    {
        if (schema is null)
        {
            return value;
        }

        switch (value)
        {
            case JsonObject members:
                foreach (var (name, property) in schema.Properties)
                {
                    if (property.Default is not null && (members.Find(name) is not { } current || IsNoValue(current, property)))
                    {
                        members = members.With(name, property.Default);
                    }
                }

                return Pruning.Members(members, (name, member) =>
                {
                    if (schema.OfMember(name) is not { } declared)
                    {
                        return member;
                    }

                    member = IsNoValue(member, declared) && declared.Default is not null ? declared.Default : member;
                    return IsNoValue(member, declared) && !keepNulls ? null : Complete(member, declared, keepNulls);
                });
            case JsonArray items when schema.Items is { } each:
                return Pruning.Items(
                    items,
                    (item, _) => Complete(IsNoValue(item, each) && each.Default is not null ? each.Default : item, each, keepNulls));
            default:
                return value;
        }
    }

    private static bool IsNoValue(JsonValue value, StructuralSchema schema) => value.IsNull && !schema.Nullable;
}
