using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Patching;

/// <summary>JSON merge patch, RFC 7386, as kube-apiserver applies it.</summary>
internal static class MergePatch
{
    /// <summary>Applies a merge patch a client sent to an object.</summary>
    /// <param name="document">The object as it is.</param>
    /// <param name="patch">The patch.</param>
    /// <returns>The patched object.</returns>
    /// <exception cref="PatchException">The patch is no JSON object; objects are never replaced by something else.</exception>
    public static JsonValue Apply(JsonValue document, JsonValue patch) => patch switch
    {
        JsonObject => Merge(document, patch),
        JsonNull => throw PatchException.Malformed("Invalid JSON Patch"),
        _ => throw PatchException.Malformed(
            $"error decoding patch: json: cannot unmarshal {GoTypes.NameOf(patch)} into Go value of type map[string]interface {{}}"),
    };

    /// <summary>RFC 7386's MergePatch function over any two values.</summary>
    /// <param name="target">What is patched; null when there is nothing.</param>
    /// <param name="patch">The patch.</param>
    public static JsonValue Merge(JsonValue? target, JsonValue patch)
    {
        if (patch is not JsonObject changes)
        {
            // Nulls inside a list are part of the value, except in objects of a list that comes new: there they vanish.
            return target is JsonObject ? patch : WithoutNulls(patch);
        }

        if (target is not JsonObject current)
        {
            return WithoutNulls(patch);
        }

        var merged = new JsonObject.Builder(current);
        foreach (var (name, change) in changes)
        {
            merged[name] = change.IsNull
                ? null
                : merged[name] is { IsNull: false } member ? Merge(member, change) : WithoutNulls(change);
        }

        return merged.Build();
    }

    private static JsonValue WithoutNulls(JsonValue value) => value switch
    {
        JsonObject members => JsonObject.Of(
            members.Where(m => !m.Value.IsNull).Select(m => (m.Key, (JsonValue?)WithoutNulls(m.Value)))),
        JsonArray items => JsonArray.Of(items.Select(WithoutNulls)),
        _ => value,
    };
}
