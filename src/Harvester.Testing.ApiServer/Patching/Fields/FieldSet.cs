using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Patching.Fields;

/// <summary>
/// A set of fields of an object, as metadata.managedFields holds it in <c>fieldsV1</c>: the wire form is the set, so what
/// is stored needs no parsing and sets share what they have in common. Below the root a node that is empty or has a
/// member <c>.</c> belongs to the set itself; every other member is a path element with what lies below it.
/// </summary>
internal readonly struct FieldSet
{
    private const string Self = ".";

    private readonly JsonObject? _root;

    /// <summary>The set a <c>fieldsV1</c> object stands for.</summary>
    /// <param name="root">The wire form; its path elements are in their normal form.</param>
    public FieldSet(JsonObject root) => _root = root.Has(Self) ? root.Without(Self) : root;

    /// <summary>The set without fields.</summary>
    public static FieldSet Empty => default;

    /// <summary>The wire form.</summary>
    public JsonObject Root => _root ?? JsonObject.Empty;

    /// <summary>True when no field belongs to the set.</summary>
    public bool IsEmpty => Root.Count == 0;

    /// <summary>The set of one field.</summary>
    /// <param name="path">Its path elements, outermost first; at least one.</param>
    public static FieldSet Of(params ReadOnlySpan<string> path)
    {
        var node = JsonObject.Empty;
        for (var i = path.Length - 1; i >= 0; i--)
        {
            node = JsonObject.Wrap([path[i]], [node]);
        }

        return new FieldSet(node);
    }

    /// <summary>The set that a node below the root stands for, seen from there.</summary>
    /// <param name="node">The node; null for none.</param>
    public static FieldSet Below(JsonObject? node) => node is null ? Empty : new FieldSet(node);

    /// <summary>True for a node whose own field belongs to the set.</summary>
    /// <param name="node">A node below the root.</param>
    public static bool IsMember(JsonObject node) => node.Count == 0 || node.Names[0] == Self;

    /// <summary>A node of children, which are in ordinal order, and perhaps of its own field.</summary>
    /// <returns>Null when nothing belongs to the set.</returns>
    public static JsonObject? Node(bool isMember, List<string>? names, List<JsonValue>? children)
    {
        if (names is null or { Count: 0 })
        {
            return isMember ? JsonObject.Empty : null;
        }

        if (isMember)
        {
            names.Insert(0, Self);
            children!.Insert(0, JsonObject.Empty);
        }

        return JsonObject.Wrap([.. names], [.. children!]);
    }

    /// <summary>The node at a path element of the root, or null.</summary>
    public JsonObject? Find(string element) => Root.Find(element) as JsonObject;

    /// <summary>True when the field belongs to the set.</summary>
    /// <param name="path">Its path elements, outermost first.</param>
    public bool Has(params ReadOnlySpan<string> path)
    {
        var node = Root;
        foreach (var element in path)
        {
            if (node.Find(element) is not JsonObject below)
            {
                return false;
            }

            node = below;
        }

        return path.Length > 0 && IsMember(node);
    }

    /// <summary>All fields of both sets.</summary>
    public FieldSet Union(FieldSet other) =>
        other.IsEmpty ? this : IsEmpty ? other : new FieldSet(Union(Root, other.Root, isRoot: true));

    /// <summary>The fields that belong to both sets.</summary>
    public FieldSet Intersection(FieldSet other) => new(Intersection(Root, other.Root, isRoot: true) ?? JsonObject.Empty);

    /// <summary>The fields of this set that are not in another; what lies below a removed field stays.</summary>
    public FieldSet Difference(FieldSet other) =>
        other.IsEmpty ? this : new(Difference(Root, other.Root, isRoot: true, recursive: false) ?? JsonObject.Empty);

    /// <summary>The fields of this set that are neither in another nor below a field of it.</summary>
    public FieldSet RecursiveDifference(FieldSet other) =>
        other.IsEmpty ? this : new(Difference(Root, other.Root, isRoot: true, recursive: true) ?? JsonObject.Empty);

    /// <summary>Every field, outermost path element first; fields before what lies below their siblings.</summary>
    public IEnumerable<string[]> Paths()
    {
        var paths = new List<string[]>();
        Collect(Root, [], paths);
        return paths;
    }

    /// <summary>The number of fields.</summary>
    public int Count() => Paths().Count();

    private static void Collect(JsonObject node, string[] prefix, List<string[]> paths)
    {
        var order = node.Where(member => member.Key != Self)
            .OrderBy(member => member.Key, PathElement.Order)
            .ToList();
        foreach (var (name, child) in order)
        {
            if (IsMember((JsonObject)child))
            {
                paths.Add([.. prefix, name]);
            }
        }

        foreach (var (name, child) in order)
        {
            Collect((JsonObject)child, [.. prefix, name], paths);
        }
    }

    private static int FirstChild(JsonObject node) => node.Count > 0 && node.Names[0] == Self ? 1 : 0;

    private static JsonObject Union(JsonObject a, JsonObject b, bool isRoot)
    {
        if (ReferenceEquals(a, b))
        {
            return a;
        }

        var names = new List<string>(a.Count + b.Count);
        var children = new List<JsonValue>(a.Count + b.Count);
        var (i, j) = (FirstChild(a), FirstChild(b));
        while (i < a.Count || j < b.Count)
        {
            var order = i == a.Count ? 1 : j == b.Count ? -1 : string.CompareOrdinal(a.Names[i], b.Names[j]);
            names.Add(order <= 0 ? a.Names[i] : b.Names[j]);
            children.Add(
                order < 0 ? a.Values[i] : order > 0 ? b.Values[j] : Union((JsonObject)a.Values[i], (JsonObject)b.Values[j], isRoot: false));
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }

        return Node(!isRoot && (IsMember(a) || IsMember(b)), names, children) ?? JsonObject.Empty;
    }

    private static JsonObject? Intersection(JsonObject a, JsonObject b, bool isRoot)
    {
        List<string>? names = null;
        List<JsonValue>? children = null;
        var (i, j) = (FirstChild(a), FirstChild(b));
        while (i < a.Count && j < b.Count)
        {
            var order = string.CompareOrdinal(a.Names[i], b.Names[j]);
            if (order == 0 && Intersection((JsonObject)a.Values[i], (JsonObject)b.Values[j], isRoot: false) is { } both)
            {
                (names ??= []).Add(a.Names[i]);
                (children ??= []).Add(both);
            }

            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }

        return Node(!isRoot && IsMember(a) && IsMember(b), names, children);
    }

    private static JsonObject? Difference(JsonObject a, JsonObject b, bool isRoot, bool recursive)
    {
        var removesSelf = !isRoot && IsMember(b);
        if (removesSelf && recursive)
        {
            return null;
        }

        var isMember = !isRoot && IsMember(a);
        List<string>? names = null;
        List<JsonValue>? children = null;
        var changed = isMember && removesSelf;
        for (int i = FirstChild(a), j = FirstChild(b); i < a.Count; i++)
        {
            while (j < b.Count && string.CompareOrdinal(b.Names[j], a.Names[i]) < 0)
            {
                j++;
            }

            var child = (JsonObject)a.Values[i];
            var left = j < b.Count && b.Names[j] == a.Names[i]
                ? Difference(child, (JsonObject)b.Values[j], isRoot: false, recursive)
                : child;
            changed |= !ReferenceEquals(left, child);
            if (left is not null)
            {
                (names ??= new List<string>(a.Count)).Add(a.Names[i]);
                (children ??= new List<JsonValue>(a.Count)).Add(left);
            }
        }

        return changed ? Node(isMember && !removesSelf, names, children) : a;
    }
}
