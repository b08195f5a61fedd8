using System.Globalization;
using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Patching;

/// <summary>
/// JSON patch, RFC 6902, with the leniencies of the library in kube-apiserver (statement P-5): a member that is missing
/// counts as null, so <c>replace</c> and <c>copy</c> of one and a <c>test</c> for null pass; an operation without value
/// has the value null; indexes may be negative or have leading zeros; what stands before a path's first slash is ignored.
/// </summary>
internal static class JsonPatch
{
    /// <summary>How many operations one patch may hold.</summary>
    public const int MaxOperations = 10_000;

    // What all copies of one patch may add, as in kube-apiserver: a handful of them could double a document without end.
    private const long CopyLimit = 3 * 1024 * 1024;

    private static readonly string[] TextFields = ["op", "path", "from"];

    /// <summary>Applies a JSON patch a client sent; all of it or nothing.</summary>
    /// <param name="document">The document as it is.</param>
    /// <param name="patch">The patch: an array of operations, or null for none.</param>
    /// <returns>The patched document.</returns>
    /// <exception cref="PatchException">The patch is malformed (400), too long (413) or does not apply (422).</exception>
    public static JsonValue Apply(JsonValue document, JsonValue patch)
    {
        var copied = 0L;
        foreach (var operation in Operations(patch))
        {
            document = Apply(document, operation, ref copied);
        }

        return document;
    }

    /// <summary>Members of operations that mean nothing, which strict field validation reports: <c>[0].zzz</c>.</summary>
    /// <param name="patch">A patch that <see cref="Apply(JsonValue, JsonValue)"/> takes.</param>
    public static IEnumerable<string> UnknownFields(JsonValue patch)
    {
        var operations = Operations(patch);
        for (var i = 0; i < operations.Count; i++)
        {
            foreach (var (name, _) in operations[i])
            {
                if (name != "value" && !TextFields.Contains(name))
                {
                    yield return $"[{i}].{name}";
                }
            }
        }
    }

    private static List<JsonObject> Operations(JsonValue patch)
    {
        if (patch.IsNull)
        {
            return [];
        }

        if (patch is not JsonArray items)
        {
            throw PatchException.Malformed(
                $"error decoding patch: json: cannot unmarshal {GoTypes.NameOf(patch)} into Go value of type []handlers.jsonPatchOp");
        }

        if (items.Count > MaxOperations)
        {
            throw new PatchException(
                413,
                $"Request entity too large: The allowed maximum operations in a JSON patch is {MaxOperations}, got {items.Count}");
        }

        var operations = new List<JsonObject>(items.Count);
        foreach (var item in items)
        {
            var operation = item switch
            {
                JsonObject members => members,
                JsonNull => JsonObject.Empty,
                _ => throw PatchException.Malformed(
                    $"error decoding patch: json: cannot unmarshal {GoTypes.NameOf(item)} into Go value of type handlers.jsonPatchOp"),
            };
            foreach (var field in TextFields)
            {
                if (operation.Find(field) is { } value and not (JsonString or JsonNull))
                {
                    throw PatchException.Malformed(
                        $"error decoding patch: json: cannot unmarshal {GoTypes.NameOf(value)} into Go struct field jsonPatchOp.{field} of type string");
                }
            }

            operations.Add(operation);
        }

        return operations;
    }

    private static JsonValue Apply(JsonValue document, JsonObject operation, ref long copiedSize)
    {
        var path = operation.Find("path")?.AsString ?? throw PatchException.DoesNotApply();
        var value = operation.Find("value") ?? JsonValue.Null;
        switch (operation.Find("op")?.AsString)
        {
            case "add":
                return Edit(document, path, (parent, key) => Add(parent, key, value));
            case "replace" when path.Length == 0:
                return value is JsonObject or JsonArray ? value : throw PatchException.DoesNotApply();
            case "replace":
                return Edit(document, path, (parent, key) => Replace(parent, key, value));
            case "remove":
                return Edit(document, path, Remove);
            case "move":
                var moved = Find(document, From(operation));
                document = Edit(document, From(operation), Remove);
                return Edit(document, path, (parent, key) => Add(parent, key, moved));
            case "copy":
                var copied = Find(document, From(operation));
                copiedSize += JsonSize.UpTo(copied, CopyLimit);
                if (copiedSize > CopyLimit)
                {
                    throw PatchException.DoesNotApply();
                }

                return Edit(document, path, (parent, key) => Add(parent, key, copied));
            case "test":
                var actual = path.Length == 0 ? document : Find(document, path);
                return actual.Equals(value) ? document : throw PatchException.DoesNotApply();
            default:
                throw PatchException.DoesNotApply();
        }
    }

    private static string From(JsonObject operation) =>
        operation.Find("from")?.AsString ?? throw PatchException.DoesNotApply();

    private static string[] Split(string pointer)
    {
        var parts = pointer.Split('/')[1..];
        return parts.Length == 0
            ? throw PatchException.DoesNotApply()
            : Array.ConvertAll(parts, part => part.Replace("~1", "/").Replace("~0", "~"));
    }

    private static JsonValue Find(JsonValue document, string pointer)
    {
        var current = document;
        foreach (var part in Split(pointer))
        {
            current = Child(current, part);
        }

        return current;
    }

    private static JsonValue Child(JsonValue parent, string key) => parent switch
    {
        JsonObject members => members.Find(key) ?? JsonValue.Null,
        JsonArray items => items[Index(key, items.Count)],
        _ => throw PatchException.DoesNotApply(),
    };

    // Rebuilds the containers from the root down to the one the pointer's last part belongs to.
    private static JsonValue Edit(JsonValue document, string pointer, Func<JsonValue, string, JsonValue> edit)
    {
        return Down(document, Split(pointer));

        JsonValue Down(JsonValue parent, ReadOnlySpan<string> parts)
        {
            if (parts.Length == 1)
            {
                return edit(parent, parts[0]);
            }

            var child = Child(parent, parts[0]);
            if (child is not (JsonObject or JsonArray))
            {
                throw PatchException.DoesNotApply();
            }

            return Replace(parent, parts[0], Down(child, parts[1..]));
        }
    }

    private static JsonValue Replace(JsonValue parent, string key, JsonValue value)
    {
        switch (parent)
        {
            case JsonObject members:
                return members.With(key, value);
            case JsonArray items:
                var index = Index(key, items.Count);
                var replaced = items.AsSpan().ToArray();
                replaced[index] = value;
                return JsonArray.Wrap(replaced);
            default:
                throw PatchException.DoesNotApply();
        }
    }

    private static JsonValue Add(JsonValue parent, string key, JsonValue value)
    {
        switch (parent)
        {
            case JsonObject members:
                return members.With(key, value);
            case JsonArray items:
                var at = key == "-" ? items.Count : Index(key, items.Count + 1);
                return JsonArray.Wrap([.. items.AsSpan()[..at], value, .. items.AsSpan()[at..]]);
            default:
                throw PatchException.DoesNotApply();
        }
    }

    private static JsonValue Remove(JsonValue parent, string key)
    {
        switch (parent)
        {
            case JsonObject members when members.Has(key):
                return members.Without(key);
            case JsonArray items:
                var index = Index(key, items.Count);
                return JsonArray.Wrap([.. items.AsSpan()[..index], .. items.AsSpan()[(index + 1)..]]);
            default:
                throw PatchException.DoesNotApply();
        }
    }

    // As Go's Atoi reads it, counted from the end when negative.
    private static int Index(string key, int count)
    {
        if (!int.TryParse(key, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var index))
        {
            throw PatchException.DoesNotApply();
        }

        index = index < 0 ? index + count : index;
        return index >= 0 && index < count ? index : throw PatchException.DoesNotApply();
    }
}
