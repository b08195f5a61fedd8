using System.Runtime.CompilerServices;
using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Schema;

/// <summary>Removes what a structural schema does not know (statement V-1). What needs nothing removed stays the same instance.</summary>
internal static class Pruning
{
    /// <summary>Prunes an object.</summary>
    /// <param name="obj">The object.</param>
    /// <param name="schema">Its schema.</param>
    /// <param name="unknownFields">Receives the paths of what was removed, sorted.</param>
    public static JsonObject Prune(JsonObject obj, StructuralSchema schema, List<string> unknownFields)
    {
        var walk = new Walk();
        var pruned = walk.Members(obj, schema, isResource: true, keepsUnknown: schema.PreserveUnknownFields);
        if (walk.Found is { } found)
        {
            found.Sort(StringComparer.Ordinal);
            unknownFields.AddRange(found);
        }

        return pruned;
    }

    /// <summary>Prunes a part of an object.</summary>
    /// <param name="value">The part.</param>
    /// <param name="schema">Its schema.</param>
    /// <param name="isResource">True when it is a whole object itself.</param>
    public static JsonValue PruneValue(JsonValue value, StructuralSchema schema, bool isResource) =>
        value is JsonObject members && isResource
            ? new Walk().Members(members, schema, isResource: true, keepsUnknown: schema.PreserveUnknownFields)
            : new Walk().Value(value, schema);

    /// <summary>The path of a member below another path.</summary>
    /// <param name="path">The path of the object; empty at the top.</param>
    /// <param name="name">The member's name.</param>
    internal static string Join(string path, string name) => path.Length == 0 ? name : path + "." + name;

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

    private sealed class Walk
    {
        private readonly ValuePath _path = new();

        public List<string>? Found { get; private set; }

        public JsonValue Value(JsonValue value, StructuralSchema? schema) => value switch
        {
            JsonObject members => Members(members, schema, schema?.EmbeddedResource == true, schema?.PreserveUnknownFields == true),
            JsonArray items => Items(items, schema, schema?.PreserveUnknownFields == true),
            _ => value,
        };

        // Where unknown members stay, pruning starts again below declared ones.
        public JsonObject Members(JsonObject members, StructuralSchema? schema, bool isResource, bool keepsUnknown)
        {
            JsonObject.Builder? changed = null;
            var names = members.Names;
            var values = members.Values;
            for (var i = 0; i < names.Length; i++)
            {
                var value = values[i];
                if (isResource && EmbeddedResources.IsTypeOrMeta(names[i]))
                {
                    continue;
                }

                JsonValue? result = value;
                if (schema?.Property(names[i]) is { } declared)
                {
                    result = Below(names[i], value, declared);
                }
                else if (schema?.AllowsAdditionalProperties == true)
                {
                    result = Below(names[i], value, schema.AdditionalProperties);
                }
                else if (!keepsUnknown)
                {
                    (Found ??= []).Add(_path.Of(names[i]));
                    result = null;
                }

                if (!ReferenceEquals(result, value))
                {
                    changed ??= new JsonObject.Builder(members);
                    changed[names[i]] = result;
                }
            }

            return changed?.Build() ?? members;
        }

        private JsonValue Below(string name, JsonValue value, StructuralSchema? schema)
        {
            if (value is not (JsonObject or JsonArray))
            {
                return value;
            }

            _path.Enter(name);
            var result = Value(value, schema);
            _path.Leave();
            return result;
        }

        private JsonArray Items(JsonArray items, StructuralSchema? schema, bool keepsUnknown)
        {
            if (keepsUnknown && schema?.Items is null)
            {
                return items;
            }

            if (schema is null)
            {
                // Nothing limits how deep lists without a schema are nested.
                RuntimeHelpers.EnsureSufficientExecutionStack();
            }

            JsonValue[]? changed = null;
            for (var i = 0; i < items.Count; i++)
            {
                if (items[i] is not (JsonObject or JsonArray))
                {
                    continue;
                }

                _path.Enter(i);
                var each = schema?.Items;
                JsonValue result = items[i] switch
                {
                    JsonObject members => Members(
                        members, each, each?.EmbeddedResource == true, keepsUnknown || each?.PreserveUnknownFields == true),
                    var inner => Items((JsonArray)inner, each, keepsUnknown || each?.PreserveUnknownFields == true),
                };
                _path.Leave();
                if (!ReferenceEquals(result, items[i]))
                {
                    changed ??= [.. items];
                    changed[i] = result;
                }
            }

            return changed is null ? items : JsonArray.Wrap(changed);
        }
    }
}
