using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Patching.Fields;

/// <summary>Which fields an object speaks of, and objects without some of their fields.</summary>
internal static class TypedFields
{
    /// <summary>Every leaf and item an applied configuration mentions; that is what its manager owns.</summary>
    public static FieldSet SetOf(JsonObject value, FieldType type) => FieldSet.Below(NodeOf(value, type));

    /// <summary>An object without list items and members; atomic values are taken out whole or not at all.</summary>
    public static JsonObject Remove(JsonObject value, FieldSet fields, FieldType type) =>
        fields.IsEmpty ? value : Remove(value, fields.Root, type) as JsonObject ?? JsonObject.Empty;

    /// <summary>
    /// The set together with the declared members its fields lie below: a set of <c>a.b.c</c> then has <c>a</c> too when
    /// that is declared, but not <c>a.b</c> when <c>b</c> is a key of a map.
    /// </summary>
    public static FieldSet WithDeclaredMembers(FieldSet fields, FieldType type) =>
        new(WithDeclaredMembers(fields.Root, type, isRoot: true, isMember: false));

    private static JsonObject? NodeOf(JsonValue value, FieldType type)
    {
        var form = type.For(value);
        if (form.Map is { } map)
        {
            return map.IsAtomic ? JsonObject.Empty : value is JsonObject members ? NodeOfMembers(members, map) : null;
        }

        if (form.Scalar is null && form.List is { } list)
        {
            return !list.IsAssociative ? JsonObject.Empty : value is JsonArray items ? NodeOfItems(items, list) : null;
        }

        return JsonObject.Empty;
    }

    private static JsonObject? NodeOfMembers(JsonObject members, MapType type)
    {
        var names = new List<string>(members.Count);
        var nodes = new List<JsonValue>(members.Count);
        foreach (var (name, value) in members)
        {
            if (type.OfMember(name) is not { } member)
            {
                continue;
            }

            // An empty object, a null and a key of a map are fields themselves; a declared object is what it holds.
            var node = NodeOf(value, member);
            if (value is JsonNull or JsonObject { Count: 0 } || !type.Fields.ContainsKey(name))
            {
                node = node is null or { Count: 0 } ? JsonObject.Empty : node.With(".", JsonObject.Empty);
            }

            if (node is not null)
            {
                names.Add(PathElement.Field(name));
                nodes.Add(node);
            }
        }

        return FieldSet.Node(isMember: false, names, nodes);
    }

    private static JsonObject? NodeOfItems(JsonArray items, ListType type)
    {
        var elements = ListItems.ElementsOf(type, items);
        var children = new SortedList<string, JsonValue>(elements.Length, StringComparer.Ordinal);
        for (var i = 0; i < elements.Length; i++)
        {
            // Items that cannot be told apart are one field.
            if (!children.TryAdd(elements[i], NodeOf(items[i], type.Element) is { Count: > 0 } node ? node.With(".", JsonObject.Empty) : JsonObject.Empty))
            {
                children[elements[i]] = JsonObject.Empty;
            }
        }

        return FieldSet.Node(isMember: false, [.. children.Keys], [.. children.Values]);
    }

    private static JsonValue? Remove(JsonValue value, JsonObject fields, FieldType type)
    {
        var form = type.For(value);
        switch (value)
        {
            case JsonObject { Count: > 0 } members when form.Map is { } map:
                if (map.IsAtomic)
                {
                    return null;
                }

                var kept = new JsonObject.Builder(members);
                foreach (var (element, child) in fields)
                {
                    if (!PathElement.IsField(element) || members.Find(PathElement.NameOf(element)) is not { } member)
                    {
                        continue;
                    }

                    var name = PathElement.NameOf(element);
                    var below = (JsonObject)child;
                    kept[name] = FieldSet.IsMember(below) || map.OfMember(name) is not { } memberType
                        ? null
                        : Remove(member, below, memberType) ?? JsonValue.Null;
                }

                return kept.Count == 0 ? null : kept.Build();
            case JsonArray { Count: > 0 } items when form.List is { } list:
                if (!list.IsAssociative)
                {
                    return null;
                }

                var elements = ListItems.ElementsOf(list, items);
                var left = new List<JsonValue>(items.Count);
                for (var i = 0; i < elements.Length; i++)
                {
                    if (fields.Find(elements[i]) is not JsonObject below)
                    {
                        left.Add(items[i]);
                    }
                    else if (!FieldSet.IsMember(below))
                    {
                        left.Add(Remove(items[i], below, list.Element) ?? JsonValue.Null);
                    }
                }

                return left.Count == 0 ? null : JsonArray.Of(left);
            case JsonObject or JsonArray:
                return null;
            default:
                return form.Scalar is null ? null : value;
        }
    }

    private static JsonObject WithDeclaredMembers(JsonObject node, FieldType? type, bool isRoot, bool isMember)
    {
        var names = new List<string>(node.Count);
        var children = new List<JsonValue>(node.Count);
        foreach (var (element, child) in node)
        {
            if (element == ".")
            {
                continue;
            }

            var below = (JsonObject)child;
            var name = PathElement.IsField(element) ? PathElement.NameOf(element) : null;
            var declared = name is not null && type?.Map?.Fields.ContainsKey(name) == true;
            var childType = name is not null ? type?.Map?.OfMember(name) : PathElement.IsKey(element) ? type?.List?.Element : null;
            names.Add(element);
            children.Add(WithDeclaredMembers(below, childType, isRoot: false, FieldSet.IsMember(below) || declared));
        }

        return FieldSet.Node(!isRoot && isMember, names, children) ?? JsonObject.Empty;
    }
}
