using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Patching.Fields;

/// <summary>What tells the items of a list apart.</summary>
internal static class ListItems
{
    /// <summary>The path element of an item.</summary>
    /// <exception cref="FieldTypeException">The item has nothing to be told apart by.</exception>
    public static string ElementOf(ListType type, JsonValue item)
    {
        if (type.Keys.Count == 0)
        {
            return item switch
            {
                JsonObject => throw new FieldTypeException("associative list without keys has an element that's a map type"),
                JsonArray => throw new FieldTypeException("not supported: associative list with lists as elements"),
                JsonNull => throw new FieldTypeException("associative list without keys has an element that's an explicit null"),
                _ => PathElement.Value(item),
            };
        }

        if (item is not JsonObject members)
        {
            throw new FieldTypeException(
                item.IsNull
                    ? "associative list with keys may not have a null element"
                    : "associative list with keys may not have non-map elements");
        }

        var keys = new (string, JsonValue)[type.Keys.Count];
        var count = 0;
        foreach (var key in type.Keys)
        {
            var value = members.Find(key)
                ?? (type.Element.Map?.Fields.GetValueOrDefault(key)?.Default);
            if (value is not null)
            {
                keys[count++] = (key, value);
            }
        }

        return count > 0
            ? PathElement.Key(keys.AsSpan(0, count))
            : throw new FieldTypeException(
                $"associative list with keys has an element that omits all key fields [{string.Join(' ', type.Keys.Select(Schema.GoText.Quote))}] "
                + "(and doesn't have default values for any key fields)");
    }

    /// <summary>True when an item has something to be told apart by.</summary>
    public static bool IsIdentified(ListType type, JsonValue item)
    {
        if (type.Keys.Count == 0)
        {
            return item is not (JsonObject or JsonArray or JsonNull);
        }

        if (item is JsonObject members)
        {
            foreach (var key in type.Keys)
            {
                if (members.Has(key) || type.Element.Map?.Fields.GetValueOrDefault(key)?.Default is not null)
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>The path elements of all items, in their order.</summary>
    public static string[] ElementsOf(ListType type, JsonArray items)
    {
        var elements = new string[items.Count];
        for (var i = 0; i < elements.Length; i++)
        {
            try
            {
                elements[i] = ElementOf(type, items[i]);
            }
            catch (FieldTypeException failure)
            {
                throw new FieldTypeException([new FieldTypeError("", $"element {i}: {failure.Errors[0].Message}")]);
            }
        }

        return elements;
    }
}

/// <summary>A value that does not fit the type of its field.</summary>
/// <param name="Path">Where, as texts have it; empty for the value itself.</param>
/// <param name="Message">What is wrong.</param>
internal readonly record struct FieldTypeError(string Path, string Message)
{
    /// <inheritdoc />
    public override string ToString() => Path.Length == 0 ? Message : $"{Path}: {Message}";
}

/// <summary>Values that do not fit the types of their fields.</summary>
/// <param name="errors">What is wrong; at least one.</param>
internal sealed class FieldTypeException(IReadOnlyList<FieldTypeError> errors) : Exception(TextOf(errors))
{
    /// <summary>One error of the value itself.</summary>
    /// <param name="message">What is wrong.</param>
    public FieldTypeException(string message)
        : this([new FieldTypeError("", message)])
    {
    }

    /// <summary>What is wrong.</summary>
    public IReadOnlyList<FieldTypeError> Errors { get; } = errors;

    private static string TextOf(IReadOnlyList<FieldTypeError> errors) =>
        errors.Count == 1 ? errors[0].ToString() : "errors:\n" + string.Join('\n', errors.Select(error => "  " + error));
}
