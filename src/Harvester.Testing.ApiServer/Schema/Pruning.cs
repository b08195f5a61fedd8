using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Schema;

/// <summary>Removes what a structural schema does not know (statement V-1).</summary>
internal static class Pruning
{
    /// <summary>Prunes an object.</summary>
    /// <param name="obj">The object.</param>
    /// <param name="schema">Its schema.</param>
    /// <param name="unknownFields">Receives the paths of what was removed, sorted.</param>
    public static JsonObject Prune(JsonObject obj, StructuralSchema schema, List<string> unknownFields)
    {
        var found = new List<string>();
        var pruned = schema.PreserveUnknownFields
            ? Skip(obj, schema, "", isResource: true, found)
            : PruneMembers(obj, schema, "", isResource: true, found);
        found.Sort(StringComparer.Ordinal);
        unknownFields.AddRange(found);
        return (JsonObject)pruned;
    }

    /// <summary>Prunes a part of an object.</summary>
    /// <param name="value">The part.</param>
    /// <param name="schema">Its schema.</param>
    /// <param name="isResource">True when it is a whole object itself.</param>
    public static JsonValue PruneValue(JsonValue value, StructuralSchema schema, bool isResource) =>
        value is JsonObject members && isResource && !schema.PreserveUnknownFields
            ? PruneMembers(members, schema, "", isResource: true, [])
            : Prune(value, schema, "", []);

    /// <summary>The path of a member below another path.</summary>
    /// <param name="path">The path of the object; empty at the top.</param>
    /// <param name="name">The member's name.</param>
    internal static string Join(string path, string name) => path.Length == 0 ? name : path + "." + name;

    private static JsonValue Prune(JsonValue value, StructuralSchema? schema, string path, List<string> found)
    {
        if (schema?.PreserveUnknownFields == true)
        {
            return Skip(value, schema, path, schema.EmbeddedResource, found);
        }

        return value switch
        {
            JsonObject members => PruneMembers(members, schema, path, schema?.EmbeddedResource == true, found),
            JsonArray items => Items(items, (item, at) => Prune(item, schema?.Items, path + at, found)),
            _ => value,
        };
    }

    private static JsonObject PruneMembers(
        JsonObject members, StructuralSchema? schema, string path, bool isResource, List<string> found) =>
        Members(members, (name, value) =>
        {
            var at = Join(path, name);
            if (isResource && EmbeddedResources.IsTypeOrMeta(name))
            {
                return value;
            }

            if (schema?.Properties.GetValueOrDefault(name) is { } declared)
            {
                return Prune(value, declared, at, found);
            }

            if (schema?.AllowsAdditionalProperties == true)
            {
                return Prune(value, schema.AdditionalProperties, at, found);
            }

            found.Add(at);
            return null;
        });

    // Unknown fields stay, but below declared ones pruning starts again.
    private static JsonValue Skip(JsonValue value, StructuralSchema? schema, string path, bool isResource, List<string> found) =>
        value switch
        {
            JsonObject members => Members(members, (name, member) =>
                (isResource && EmbeddedResources.IsTypeOrMeta(name)) || schema is null
                    ? member
                    : schema.Properties.GetValueOrDefault(name) is { } declared
                        ? Prune(member, declared, Join(path, name), found)
                        : schema.AllowsAdditionalProperties
                            ? Prune(member, schema.AdditionalProperties, Join(path, name), found)
                            : member),
            JsonArray items when schema?.Items is not null => Items(
                items, (item, at) => Skip(item, schema.Items, path + at, schema.Items.EmbeddedResource, found)),
            _ => value,
        };

    /// <summary>An object with each member changed; the same instance when none is.</summary>
    /// <param name="members">The object.</param>
    /// <param name="change">The new value of a member; null to remove it.</param>
    internal static JsonObject Members(JsonObject members, Func<string, JsonValue, JsonValue?> change)
    {
        JsonObject.Builder? changed = null;
        foreach (var (name, value) in members)
        {
            var result = change(name, value);
            if (!ReferenceEquals(result, value))
            {
                changed ??= new JsonObject.Builder(members);
                changed[name] = result;
            }
        }

        return changed?.Build() ?? members;
    }

    /// <summary>A list with each item changed; the same instance when none is.</summary>
    /// <param name="items">The list.</param>
    /// <param name="change">The new value of an item, given it and its index in brackets.</param>
    internal static JsonArray Items(JsonArray items, Func<JsonValue, string, JsonValue> change)
    {
        JsonValue[]? changed = null;
        for (var i = 0; i < items.Count; i++)
        {
            var result = change(items[i], $"[{i}]");
            if (!ReferenceEquals(result, items[i]))
            {
                changed ??= [.. items];
                changed[i] = result;
            }
        }

        return changed is null ? items : JsonArray.Wrap(changed);
    }
}
