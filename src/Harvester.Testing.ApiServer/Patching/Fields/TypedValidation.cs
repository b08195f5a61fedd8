using System.Globalization;
using System.Text;
using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Patching.Fields;

/// <summary>Checks that an object fits the types of its fields, before anything else is made of it (A-14).</summary>
internal static class TypedValidation
{
    /// <summary>Checks an object.</summary>
    /// <param name="value">The object.</param>
    /// <param name="type">Its type.</param>
    /// <param name="allowDuplicates">True when items that cannot be told apart are no error.</param>
    /// <exception cref="FieldTypeException">It does not fit.</exception>
    public static void Check(JsonObject value, FieldType type, bool allowDuplicates)
    {
        if (allowDuplicates && FitsDeeply(value, type))
        {
            return;
        }

        var errors = new List<FieldTypeError>();
        Check(value, type, allowDuplicates, "", errors);
        if (errors.Count > 0)
        {
            throw new FieldTypeException(errors);
        }
    }

    private static void Check(JsonValue value, FieldType type, bool allowDuplicates, string path, List<FieldTypeError> errors)
    {
        var form = type.For(value);
        if (value.IsNull)
        {
            return;
        }

        if (form.Map is { } map)
        {
            if (value is JsonObject members)
            {
                CheckMembers(members, map, allowDuplicates, path, errors);
            }
            else
            {
                errors.Add(new(path, $"expected map, got &{{{GoValue(value)}}}"));
            }
        }
        else if (form.Scalar is { } scalar)
        {
            AddMismatch(value, scalar, path, errors);
        }
        else if (form.List is { } list)
        {
            if (value is JsonArray items)
            {
                CheckItems(items, list, allowDuplicates, path, errors);
            }
            else
            {
                errors.Add(new(path, $"expected list, got &{{{GoValue(value)}}}"));
            }
        }
    }

    private static void CheckMembers(JsonObject members, MapType type, bool allowDuplicates, string path, List<FieldTypeError> errors)
    {
        foreach (var (name, member) in members)
        {
            if (type.OfMember(name) is not { } memberType)
            {
                errors.Add(new($"{path}.{name}", "field not declared in schema"));
                return;
            }

            if (member is JsonObject or JsonArray || !Fits(member, memberType))
            {
                Check(member, memberType, allowDuplicates, $"{path}.{name}", errors);
            }
        }
    }

    private static void CheckItems(JsonArray items, ListType type, bool allowDuplicates, string path, List<FieldTypeError> errors)
    {
        var seen = type.IsAssociative && !allowDuplicates ? new HashSet<string>(StringComparer.Ordinal) : null;
        for (var i = 0; i < items.Count; i++)
        {
            var element = "i:" + i.ToString(CultureInfo.InvariantCulture);
            if (type.IsAssociative)
            {
                try
                {
                    element = ListItems.ElementOf(type, items[i]);
                }
                catch (FieldTypeException failure)
                {
                    errors.Add(new(path, $"element {i}: {failure.Errors[0].Message}"));
                    return;
                }

                if (seen?.Add(element) == false)
                {
                    errors.Add(new(path, $"duplicate entries for key {PathElement.Show([element])}"));
                }
            }

            if (items[i] is JsonObject or JsonArray || !Fits(items[i], type.Element))
            {
                Check(items[i], type.Element, allowDuplicates, path + PathElement.Show([element]), errors);
            }
        }
    }

    // The same answer without a text of where and why: nearly all objects fit, and every write asks.
    private static bool FitsDeeply(JsonValue value, FieldType type)
    {
        switch (value)
        {
            case JsonObject members:
                if (type.Map is not { } map)
                {
                    return false;
                }

                for (var i = 0; i < members.Count; i++)
                {
                    if (map.OfMember(members.Names[i]) is not { } member || !FitsDeeply(members.Values[i], member))
                    {
                        return false;
                    }
                }

                return true;
            case JsonArray items:
                if (type.List is not { } list)
                {
                    return false;
                }

                foreach (var item in items.AsSpan())
                {
                    if ((list.IsAssociative && !ListItems.IsIdentified(list, item)) || !FitsDeeply(item, list.Element))
                    {
                        return false;
                    }
                }

                return true;
            default:
                return Fits(value, type);
        }
    }

    private static bool Fits(JsonValue value, FieldType type) => value switch
    {
        JsonNull => true,
        JsonString => type.Scalar is ScalarType.Text or ScalarType.Any,
        JsonInteger or JsonFloat => type.Scalar is ScalarType.Numeric or ScalarType.Any,
        JsonBoolean => type.Scalar is ScalarType.Boolean or ScalarType.Any,
        _ => false,
    };

    private static void AddMismatch(JsonValue value, ScalarType type, string path, List<FieldTypeError> errors)
    {
        errors.Add(new(path, type switch
        {
            ScalarType.Numeric => $"expected numeric (int or float), got {GoType(value)}",
            ScalarType.Text => $"expected string, got &value.valueUnstructured{{Value:{GoSyntax(value)}}}",
            ScalarType.Boolean => $"expected boolean, got &{{{GoValue(value)}}}",
            _ => $"expected any scalar, got &{{{GoValue(value)}}}",
        }));
    }

    private static string GoType(JsonValue value) => value switch
    {
        JsonString => "string",
        JsonBoolean => "bool",
        JsonInteger => "int64",
        JsonFloat => "float64",
        JsonArray => "[]interface {}",
        JsonObject => "map[string]interface {}",
        _ => "<nil>",
    };

    // %v
    private static string GoValue(JsonValue value) => value switch
    {
        JsonString text => text.Value,
        JsonFloat number => Schema.GoText.OfFloat(number.Value),
        JsonArray items => $"[{string.Join(' ', items.Select(GoValue))}]",
        JsonObject members => $"map[{string.Join(' ', members.Select(member => $"{member.Key}:{GoValue(member.Value)}"))}]",
        JsonNull => "<nil>",
        _ => value.ToString(),
    };

    // %#v
    private static string GoSyntax(JsonValue value)
    {
        switch (value)
        {
            case JsonString text:
                return Schema.GoText.Quote(text.Value);
            case JsonFloat number:
                return Schema.GoText.OfFloat(number.Value);
            case JsonArray items:
                return $"[]interface {{}}{{{string.Join(", ", items.Select(GoSyntax))}}}";
            case JsonObject members:
                var text2 = new StringBuilder("map[string]interface {}{");
                text2.AppendJoin(", ", members.Select(member => $"{Schema.GoText.Quote(member.Key)}:{GoSyntax(member.Value)}"));
                return text2.Append('}').ToString();
            case JsonNull:
                return "interface {}(nil)";
            default:
                return value.ToString();
        }
    }
}
