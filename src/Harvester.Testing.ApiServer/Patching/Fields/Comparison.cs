using System.Runtime.InteropServices;
using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Patching.Fields;

/// <summary>Which fields one object has and another has not, and which they have with different values.</summary>
/// <param name="Removed">Fields of the first object alone.</param>
/// <param name="Modified">Fields of both, with different values.</param>
/// <param name="Added">Fields of the second object alone.</param>
internal readonly record struct Comparison(FieldSet Removed, FieldSet Modified, FieldSet Added)
{
    /// <summary>Compares two objects of one type.</summary>
    /// <exception cref="FieldTypeException">The items of a list cannot be told apart.</exception>
    public static Comparison Of(JsonObject before, JsonObject after, FieldType type)
    {
        var nodes = Compare(before, after, type);
        return new Comparison(FieldSet.Below(nodes.Removed), FieldSet.Below(nodes.Modified), FieldSet.Below(nodes.Added));
    }

    /// <summary>The comparison without some fields and what lies below them.</summary>
    public Comparison Without(FieldSet fields) => new(
        Removed.RecursiveDifference(fields), Modified.RecursiveDifference(fields), Added.RecursiveDifference(fields));

    /// <summary>True for equal values; integers and floats of one value are equal here.</summary>
    public static bool AreEqual(JsonValue a, JsonValue b)
    {
        switch (a, b)
        {
            case (JsonInteger x, JsonFloat y):
                return x.Value == y.Value;
            case (JsonFloat x, JsonInteger y):
                return x.Value == y.Value;
            case (JsonObject x, JsonObject y):
                if (ReferenceEquals(x, y))
                {
                    return true;
                }

                if (!x.Names.SequenceEqual(y.Names))
                {
                    return false;
                }

                for (var i = 0; i < x.Count; i++)
                {
                    if (!AreEqual(x.Values[i], y.Values[i]))
                    {
                        return false;
                    }
                }

                return true;
            case (JsonArray x, JsonArray y):
                if (x.Count != y.Count)
                {
                    return false;
                }

                for (var i = 0; i < x.Count; i++)
                {
                    if (!AreEqual(x[i], y[i]))
                    {
                        return false;
                    }
                }

                return true;
            default:
                return a.Equals(b);
        }
    }

    private static Nodes Compare(JsonValue? before, JsonValue? after, FieldType type)
    {
        if (ReferenceEquals(before, after))
        {
            return default;
        }

        var left = type.For(before);
        var right = type.For(after);
        if (after is null)
        {
            return CompareAs(before, after, left);
        }

        if (before is null || ReferenceEquals(left, right))
        {
            return CompareAs(before, after, right);
        }

        return CompareAs(before, after, left).Union(CompareAs(before, after, right));
    }

    private static Nodes CompareAs(JsonValue? before, JsonValue? after, FieldType type)
    {
        if (type.Map is { } map)
        {
            var (a, b) = (before as JsonObject, after as JsonObject);
            return map.IsAtomic || ((a?.Count ?? 0) == 0 && (b?.Count ?? 0) == 0)
                ? Leaf(before, after)
                : Members(a, b, map).With(before is null, after is null);
        }

        if (type.Scalar is null && type.List is { } list)
        {
            var (a, b) = (before as JsonArray, after as JsonArray);
            return !list.IsAssociative || ((a?.Count ?? 0) == 0 && (b?.Count ?? 0) == 0)
                ? Leaf(before, after)
                : Items(a ?? JsonArray.Empty, b ?? JsonArray.Empty, list).With(before is null, after is null);
        }

        return Leaf(before, after);
    }

    private static Nodes Leaf(JsonValue? before, JsonValue? after) =>
        before is null ? new Nodes(null, null, JsonObject.Empty)
        : after is null ? new Nodes(JsonObject.Empty, null, null)
        : AreEqual(before, after) ? default
        : new Nodes(null, JsonObject.Empty, null);

    private static Nodes Members(JsonObject? before, JsonObject? after, MapType type)
    {
        before ??= JsonObject.Empty;
        after ??= JsonObject.Empty;
        var children = default(Children);
        var (i, j) = (0, 0);
        while (i < before.Count || j < after.Count)
        {
            var order = i == before.Count ? 1
                : j == after.Count ? -1
                : string.CompareOrdinal(before.Names[i], after.Names[j]);
            var name = order <= 0 ? before.Names[i] : after.Names[j];
            var old = order <= 0 ? before.Values[i++] : null;
            var value = order >= 0 ? after.Values[j++] : null;

            // A member the type does not allow can only be a leftover of another schema; it belongs to nobody.
            if (!ReferenceEquals(old, value) && type.OfMember(name) is { } member && Compare(old, value, member) is { IsEmpty: false } nodes)
            {
                children.Add(PathElement.Field(name), nodes);
            }
        }

        return children.Build();
    }

    private static Nodes Items(JsonArray before, JsonArray after, ListType type)
    {
        if (before.Equals(after))
        {
            return default;
        }

        var olds = Group(before, type);
        var values = Group(after, type);
        var children = default(Children);
        foreach (var element in olds.Keys.Union(values.Keys).Order(StringComparer.Ordinal))
        {
            var (old, value) = (olds.GetValueOrDefault(element), values.GetValueOrDefault(element));
            children.Add(element, (old?.Count ?? 0, value?.Count ?? 0) switch
            {
                ( <= 1, <= 1) => Compare(old?[0], value?[0], type.Element),

                // Items that cannot be told apart are compared as one value.
                ( >= 2, >= 2) => AreEqual(JsonArray.Of(old!), JsonArray.Of(value!)) ? default : new Nodes(null, JsonObject.Empty, null),
                ( >= 2, _) => new Nodes(JsonObject.Empty, null, null).Union(
                    value is null ? default : Compare(null, value[0], type.Element)),
                _ => new Nodes(null, null, JsonObject.Empty).Union(
                    old is null ? default : Compare(old[0], null, type.Element)),
            });
        }

        return children.Build();
    }

    private static Dictionary<string, List<JsonValue>> Group(JsonArray items, ListType type)
    {
        var groups = new Dictionary<string, List<JsonValue>>(items.Count, StringComparer.Ordinal);
        var elements = ListItems.ElementsOf(type, items);
        for (var i = 0; i < elements.Length; i++)
        {
            ref var group = ref CollectionsMarshal.GetValueRefOrAddDefault(groups, elements[i], out _);
            (group ??= []).Add(items[i]);
        }

        return groups;
    }

    /// <summary>The nodes of one field in the three sets; null where neither it nor anything below it belongs to the set.</summary>
    private readonly record struct Nodes(JsonObject? Removed, JsonObject? Modified, JsonObject? Added)
    {
        public bool IsEmpty => Removed is null && Modified is null && Added is null;

        // A field that comes or goes with what it holds is itself one of the set.
        public Nodes With(bool isNew, bool isGone) => new(
            isGone ? WithSelf(Removed) : Removed, Modified, isNew ? WithSelf(Added) : Added);

        public Nodes Union(Nodes other) => new(
            Union(Removed, other.Removed), Union(Modified, other.Modified), Union(Added, other.Added));

        private static JsonObject WithSelf(JsonObject? node) =>
            node is null or { Count: 0 } ? JsonObject.Empty : node.With(".", JsonObject.Empty);

        private static JsonObject? Union(JsonObject? a, JsonObject? b)
        {
            if (a is null || b is null)
            {
                return a ?? b;
            }

            var set = FieldSet.Below(a).Union(FieldSet.Below(b)).Root;
            return FieldSet.IsMember(a) || FieldSet.IsMember(b) ? WithSelf(set) : set;
        }
    }

    /// <summary>Collects the nodes of the members of an object or list, in ordinal order of their path elements.</summary>
    private struct Children
    {
        private List<string>? _removed;
        private List<JsonValue>? _removedNodes;
        private List<string>? _modified;
        private List<JsonValue>? _modifiedNodes;
        private List<string>? _added;
        private List<JsonValue>? _addedNodes;

        public void Add(string element, Nodes nodes)
        {
            Add(ref _removed, ref _removedNodes, element, nodes.Removed);
            Add(ref _modified, ref _modifiedNodes, element, nodes.Modified);
            Add(ref _added, ref _addedNodes, element, nodes.Added);
        }

        public readonly Nodes Build() => new(
            FieldSet.Node(isMember: false, _removed, _removedNodes),
            FieldSet.Node(isMember: false, _modified, _modifiedNodes),
            FieldSet.Node(isMember: false, _added, _addedNodes));

        private static void Add(ref List<string>? names, ref List<JsonValue>? nodes, string element, JsonObject? node)
        {
            if (node is not null)
            {
                (names ??= []).Add(element);
                (nodes ??= []).Add(node);
            }
        }
    }
}
