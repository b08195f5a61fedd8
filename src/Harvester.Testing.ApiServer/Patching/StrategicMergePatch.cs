using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Schema.Models;

namespace Harvester.Testing.ApiServer.Patching;

/// <summary>
/// Strategic merge patch of built-in kinds (statements B-16 to B-19): a merge patch that merges lists item by item where
/// the kind's model says how items are told apart, and that takes directives in members whose names start with a dollar.
/// </summary>
internal static class StrategicMergePatch
{
    private const string Directive = "$patch";
    private const string RetainKeys = "$retainKeys";
    private const string OrderPrefix = "$setElementOrder";
    private const string DeletionPrefix = "$deleteFromPrimitiveList";

    /// <summary>Applies a patch.</summary>
    /// <param name="document">The object as it is.</param>
    /// <param name="patch">The patch.</param>
    /// <param name="type">The kind's structure.</param>
    /// <exception cref="PatchException">The patch is malformed, or misses a merge key.</exception>
    public static JsonObject Apply(JsonObject document, JsonValue patch, StructureType type) => patch is JsonObject members
        ? Merge(document, members, type)
        : throw PatchException.Malformed($"json: cannot unmarshal {GoTypes.NameOf(patch)} into Go value of type map[string]interface {{}}");

    private static JsonObject Merge(JsonObject current, JsonObject patch, StructureType? type)
    {
        if (patch.Find(Directive) is { } directive)
        {
            return directive.AsString switch
            {
                // The rest of the patch is the value, and is not looked at again.
                "replace" => patch.Without(Directive),
                "delete" => JsonObject.Empty,
                _ => throw UnknownDirective(directive, patch),
            };
        }

        (current, patch) = Retain(current, patch);
        var result = new JsonObject.Builder(current);
        var ordered = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, order) in patch)
        {
            if (name.StartsWith(OrderPrefix, StringComparison.Ordinal))
            {
                var list = Target(name, OrderPrefix, "setElementOrder");
                ordered.Add(list);
                result[list] = MergeInOrder(result[list], patch.Find(list), order, type?.Find(list));
            }
        }

        foreach (var (name, change) in patch)
        {
            if (name.StartsWith(OrderPrefix, StringComparison.Ordinal) || ordered.Contains(name))
            {
                continue;
            }

            var isDeletion = name.StartsWith(DeletionPrefix, StringComparison.Ordinal);
            var member = isDeletion ? Target(name, DeletionPrefix, "primitive") : name;
            result[member] = MergeMember(result[member], change, type?.Find(member), isDeletion);
        }

        return result.Build();
    }

    private static JsonValue? MergeMember(JsonValue? current, JsonValue change, ModelMember? member, bool isDeletion)
    {
        if (change.IsNull)
        {
            return null;
        }

        switch (current, change)
        {
            case (JsonObject now, JsonObject then):
                return Merge(now, then, member?.Type as StructureType ?? (member?.Type as MapType)?.Item as StructureType);
            case (JsonArray now, JsonArray then) when isDeletion:
                return JsonArray.Of(now.Where(item => !then.Contains(item)));
            case (JsonArray now, JsonArray then) when member?.MergeKey is { } key:
                return MergeLists(now, then, key, (member.Type as ListType)?.Item as StructureType);
            default:
                return isDeletion ? current : WithoutDirectives(change, dropNulls: true);
        }
    }

    // B-18
    private static (JsonObject Current, JsonObject Patch) Retain(JsonObject current, JsonObject patch)
    {
        if (patch.Find(RetainKeys) is not { } retained)
        {
            return (current, patch);
        }

        patch = patch.Without(RetainKeys);
        if (retained is not JsonArray list)
        {
            throw PatchException.Malformed("invalid patch format of retainKeys");
        }

        var keys = list.Select(item => item.AsString).ToHashSet();
        foreach (var (name, value) in patch)
        {
            if (!value.IsNull && !keys.Contains(name) && !name.StartsWith(DeletionPrefix, StringComparison.Ordinal)
                && !name.StartsWith(OrderPrefix, StringComparison.Ordinal))
            {
                throw PatchException.Malformed("invalid patch format of retainKeys");
            }
        }

        return (JsonObject.Of(current.Where(pair => keys.Contains(pair.Key)).Select(pair => (pair.Key, (JsonValue?)pair.Value))), patch);
    }

    // B-16: the order of the items that the patch names is the patch's; the others keep their places among themselves.
    private static JsonValue? MergeInOrder(JsonValue? current, JsonValue? change, JsonValue order, ModelMember? member)
    {
        if (order is not JsonArray wanted)
        {
            throw NotAList(order);
        }

        if (current is not (null or JsonArray) || change is not (null or JsonArray))
        {
            throw NotAList(current is null or JsonArray ? change! : current);
        }

        var key = member?.MergeKey ?? "";
        var items = current as JsonArray;
        if (change is JsonArray { Count: > 0 } changes && wanted.Count > 0)
        {
            CheckOrder(changes, wanted, key);
        }

        JsonArray? merged = (items, change as JsonArray) switch
        {
            (null, null) => null,
            ({ } now, null) => now,
            (null, { } then) => (JsonArray?)WithoutDirectives(then, dropNulls: false),
            ({ } now, { } then) => member?.MergeKey is not null
                ? MergeLists(now, then, key, (member.Type as ListType)?.Item as StructureType)
                : then,
        };
        return merged is null ? null : Sort(merged, wanted, items ?? JsonArray.Empty, key);
    }

    private static JsonArray MergeLists(JsonArray current, JsonArray changes, string key, StructureType? type)
    {
        if (current.Count == 0 && changes.Count == 0)
        {
            return current;
        }

        var merged = current.ToList();
        if (key.Length == 0)
        {
            merged.AddRange(changes.Where(item => !current.Contains(item)).Distinct());
            return Sort(JsonArray.Of(merged), changes, current, key);
        }

        var replaces = false;
        var plain = new List<JsonValue>();
        foreach (var item in changes)
        {
            if (item is not JsonObject change)
            {
                throw NotAnObject(item);
            }

            switch (change.Find(Directive)?.AsString)
            {
                case null when !change.Has(Directive):
                    plain.Add(change);
                    break;
                case "delete":
                    var gone = KeyOf(change, key);
                    merged.RemoveAll(candidate => Equals(candidate[key], gone));
                    break;
                case "replace":
                    replaces = true;
                    break;
                case "merge":
                    throw PatchException.Failed("merging lists cannot yet be specified in the patch");
                default:
                    throw UnknownDirective(change.Find(Directive)!, change);
            }
        }

        if (replaces)
        {
            return JsonArray.Of(plain);
        }

        foreach (var item in plain)
        {
            var wanted = KeyOf(item, key);
            var at = merged.FindIndex(candidate => candidate is JsonObject && Equals(candidate[key], wanted));
            if (at >= 0)
            {
                merged[at] = Merge((JsonObject)merged[at], (JsonObject)item, type);
            }
            else
            {
                merged.Add(item);
            }
        }

        return Sort(JsonArray.Of(merged), JsonArray.Of(plain), current, key);
    }

    // The named items in the order in which they are named, the others in theirs; of the first of each, the one that stood
    // first before goes first, and a named one where that cannot be told.
    private static JsonArray Sort(JsonArray merged, JsonArray named, JsonArray before, string key)
    {
        var places = Places(named, key);
        var old = Places(before, key);
        var first = new Queue<JsonValue>(merged
            .Where(item => places.ContainsKey(Identity(item, key)))
            .OrderBy(item => places[Identity(item, key)]));
        var rest = new Queue<JsonValue>(merged
            .Where(item => !places.ContainsKey(Identity(item, key)))
            .OrderBy(item => old.GetValueOrDefault(Identity(item, key), int.MaxValue)));
        var sorted = new List<JsonValue>(merged.Count);
        while (first.Count > 0 && rest.Count > 0)
        {
            var restGoes = old.TryGetValue(Identity(rest.Peek(), key), out var left)
                && old.TryGetValue(Identity(first.Peek(), key), out var right) && left < right;
            sorted.Add(restGoes ? rest.Dequeue() : first.Dequeue());
        }

        return JsonArray.Of(sorted.Concat(first).Concat(rest));
    }

    private static Dictionary<JsonValue, int> Places(JsonArray items, string key)
    {
        var places = new Dictionary<JsonValue, int>();
        for (var i = 0; i < items.Count; i++)
        {
            places.TryAdd(Identity(items[i], key), i);
        }

        return places;
    }

    private static JsonValue Identity(JsonValue item, string key) => key.Length == 0 ? item : KeyOf(item, key);

    private static JsonValue KeyOf(JsonValue item, string key) => item is JsonObject members
        ? members.Find(key) ?? throw PatchException.Failed($"map: {GoPrint.Of(item)} does not contain declared merge key: {key}")
        : throw NotAnObject(item);

    private static void CheckOrder(JsonArray changes, JsonArray wanted, string key)
    {
        var at = 0;
        foreach (var item in changes)
        {
            if (item[Directive] is not null)
            {
                continue;
            }

            var identity = Identity(item, key);
            while (at < wanted.Count && !Equals(Identity(wanted[at], key), identity))
            {
                at++;
            }

            if (at++ == wanted.Count)
            {
                throw PatchException.Failed(
                    $"The order in patch list:\n{GoPrint.Of(changes)}\n doesn't match $setElementOrder list:\n{GoPrint.Of(wanted)}\n");
            }
        }
    }

    // What is new is taken as it is, but for objects that are to be deleted.
    private static JsonValue? WithoutDirectives(JsonValue value, bool dropNulls)
    {
        switch (value)
        {
            case JsonObject members when members.Has(Directive):
                return null;
            case JsonObject members:
                return JsonObject.Of(members
                    .Where(pair => !dropNulls || !pair.Value.IsNull)
                    .Select(pair => (pair.Key, WithoutDirectives(pair.Value, dropNulls))));
            case JsonArray items:
                return JsonArray.Of(items.Select(item => WithoutDirectives(item, dropNulls)).OfType<JsonValue>());
            default:
                return value;
        }
    }

    private static string Target(string name, string prefix, string what)
    {
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        return slash == prefix.Length
            ? name[(slash + 1)..]
            : throw PatchException.Malformed($"invalid patch format of {what} list");
    }

    private static PatchException UnknownDirective(JsonValue directive, JsonObject patch) =>
        PatchException.Failed($"unknown patch type: {GoPrint.Of(directive)} in map: {GoPrint.Of(patch)}");

    private static PatchException NotAList(JsonValue found) =>
        PatchException.Failed($"expected a []interface {{}}, but received a {GoPrint.TypeOf(found)}");

    private static PatchException NotAnObject(JsonValue found) =>
        PatchException.Failed($"expected a map[string]interface {{}}, but received a {GoPrint.TypeOf(found)}");
}
