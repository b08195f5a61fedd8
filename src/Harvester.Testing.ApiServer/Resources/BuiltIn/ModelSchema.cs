using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn;

/// <summary>What objects of a built-in kind look like: the types of their members.</summary>
internal sealed class ModelSchema
{
    private static readonly ModelSchema Any = new();

    /// <summary>The schema of a kind.</summary>
    /// <param name="kind">A built-in kind.</param>
    public static ModelSchema Of(ResourceKind kind)
    {
        _ = kind;
        return Any;
    }

    /// <summary>Brings a body into the form in which it is stored: a null means that the member is absent (B-4).</summary>
    /// <param name="value">The object.</param>
    /// <param name="kind">Its kind, for error texts.</param>
    /// <param name="unknownFields">Receives the paths of members the kind does not have.</param>
    public JsonObject Decode(JsonObject value, ResourceKind kind, List<string> unknownFields) => (JsonObject)WithoutNulls(value);

    private static JsonValue WithoutNulls(JsonValue value)
    {
        switch (value)
        {
            case JsonObject members:
                var result = members;
                foreach (var (name, member) in members)
                {
                    result = result.With(name, member.IsNull ? null : WithoutNulls(member));
                }

                return result;
            case JsonArray items:
                JsonValue[]? changed = null;
                for (var i = 0; i < items.Count; i++)
                {
                    var item = WithoutNulls(items[i]);
                    if (!ReferenceEquals(item, items[i]))
                    {
                        changed ??= [.. items];
                        changed[i] = item;
                    }
                }

                return changed is null ? items : JsonArray.Of(changed);
            default:
                return value;
        }
    }
}
