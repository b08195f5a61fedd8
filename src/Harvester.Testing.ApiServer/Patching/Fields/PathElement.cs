using System.Globalization;
using System.Text;
using System.Text.Json;
using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Patching.Fields;

/// <summary>
/// The elements of a path into an object, in the text form of <c>fieldsV1</c>: <c>f:name</c> for a member, <c>k:{…}</c>
/// for a list's item by its keys, <c>v:…</c> for an item of a set, <c>i:n</c> for one by its index.
/// </summary>
internal static class PathElement
{
    /// <summary>The order in which conflicts are told: members, keys, values, indexes, each by what they stand for.</summary>
    public static IComparer<string> Order { get; } = Comparer<string>.Create(Compare);

    /// <summary>A member of an object.</summary>
    public static string Field(string name) => "f:" + name;

    /// <summary>True for a member of an object.</summary>
    public static bool IsField(string element) => element.StartsWith("f:", StringComparison.Ordinal);

    /// <summary>True for an item of a list by its keys.</summary>
    public static bool IsKey(string element) => element.StartsWith("k:", StringComparison.Ordinal);

    /// <summary>The name of a member element.</summary>
    public static string NameOf(string element) => element[2..];

    /// <summary>An item of a set.</summary>
    public static string Value(JsonValue value)
    {
        var text = new StringBuilder("v:");
        Write(text, value);
        return text.ToString();
    }

    /// <summary>An item of a list by its keys.</summary>
    /// <param name="keys">Names and values, sorted by name.</param>
    public static string Key(ReadOnlySpan<(string Name, JsonValue Value)> keys)
    {
        var text = new StringBuilder("k:{");
        for (var i = 0; i < keys.Length; i++)
        {
            text.Append(i == 0 ? "" : ",");
            Write(text, keys[i].Name);
            text.Append(':');
            Write(text, keys[i].Value);
        }

        return text.Append('}').ToString();
    }

    /// <summary>The normal form of an element a client wrote, or null when it is none.</summary>
    public static string? Normalise(string element)
    {
        if (element.Length < 2 || element[1] != ':')
        {
            return null;
        }

        switch (element[0])
        {
            case 'f':
                return element;
            case 'i':
                return int.TryParse(element.AsSpan(2), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var index)
                    ? string.Create(CultureInfo.InvariantCulture, $"i:{index}")
                    : null;
            case 'v':
                return Parse(element) is { } value ? Value(value) : null;
            case 'k':
                return Parse(element) is JsonObject keys ? Key([.. keys.Select(key => (key.Key, key.Value))]) : null;
            default:
                return null;
        }
    }

    /// <summary>A path as error texts have it: <c>.spec.ports[port=80,protocol="TCP"].label</c>.</summary>
    public static string Show(IEnumerable<string> path)
    {
        var text = new StringBuilder();
        foreach (var element in path)
        {
            Show(text, element);
        }

        return text.ToString();
    }

    private static void Show(StringBuilder text, string element)
    {
        switch (element[0])
        {
            case 'f':
                text.Append('.').Append(element.AsSpan(2));
                break;
            case 'v':
                text.Append("[=");
                ShowValue(text, Parse(element) ?? JsonValue.Null);
                text.Append(']');
                break;
            case 'k':
                text.Append('[');
                var first = true;
                foreach (var (name, value) in Parse(element) as JsonObject ?? JsonObject.Empty)
                {
                    text.Append(first ? "" : ",").Append(name).Append('=');
                    ShowValue(text, value);
                    first = false;
                }

                text.Append(']');
                break;
            default:
                text.Append('[').Append(element.AsSpan(2)).Append(']');
                break;
        }
    }

    private static void ShowValue(StringBuilder text, JsonValue value)
    {
        switch (value)
        {
            case JsonNull:
                text.Append("null");
                break;
            case JsonString { Value: var content }:
                text.Append(Schema.GoText.Quote(content));
                break;
            default:
                Write(text, value);
                break;
        }
    }

    private static int Compare(string? a, string? b)
    {
        if (a == b)
        {
            return 0;
        }

        var kinds = "fkvi".IndexOf(a![0], StringComparison.Ordinal).CompareTo("fkvi".IndexOf(b![0], StringComparison.Ordinal));
        if (kinds != 0 || a[0] == 'f')
        {
            return kinds != 0 ? kinds : string.CompareOrdinal(a, b);
        }

        var order = (Parse(a), Parse(b)) switch
        {
            (JsonObject x, JsonObject y) => CompareKeys(x, y),
            ({ } x, { } y) => CompareValues(x, y),
            _ => 0,
        };
        return order != 0 ? order : string.CompareOrdinal(a, b);
    }

    private static int CompareKeys(JsonObject a, JsonObject b)
    {
        for (var i = 0; i < Math.Min(a.Count, b.Count); i++)
        {
            var order = string.CompareOrdinal(a.Names[i], b.Names[i]);
            order = order != 0 ? order : CompareValues(a.Values[i], b.Values[i]);
            if (order != 0)
            {
                return order;
            }
        }

        return a.Count.CompareTo(b.Count);
    }

    // Numbers come before texts, texts before Booleans, as in the library kube-apiserver uses.
    private static int CompareValues(JsonValue a, JsonValue b)
    {
        var kinds = Rank(a).CompareTo(Rank(b));
        return kinds != 0
            ? kinds
            : (a, b) switch
            {
                (JsonString x, JsonString y) => string.CompareOrdinal(x.Value, y.Value),
                (JsonBoolean x, JsonBoolean y) => x.Value.CompareTo(y.Value),
                _ => Number(a).CompareTo(Number(b)),
            };
    }

    private static int Rank(JsonValue value) => value switch
    {
        JsonInteger or JsonFloat => 0,
        JsonString => 1,
        JsonBoolean => 2,
        _ => 3,
    };

    private static double Number(JsonValue value) => value switch
    {
        JsonInteger integer => integer.Value,
        JsonFloat number => number.Value,
        _ => 0,
    };

    private static JsonValue? Parse(string element)
    {
        try
        {
            return JsonText.Read(element[2..]);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // As Go writes JSON: short floats, and markup escaped.
    private static void Write(StringBuilder text, JsonValue value)
    {
        switch (value)
        {
            case JsonString { Value: var content }:
                WriteText(text, content);
                break;
            case JsonInteger integer:
                text.Append(CultureInfo.InvariantCulture, $"{integer.Value}");
                break;
            case JsonFloat { Value: var number } when number == Math.Floor(number) && Math.Abs(number) < 1e21:
                text.Append(number.ToString("F0", CultureInfo.InvariantCulture));
                break;
            default:
                text.Append(JsonText.Write(value));
                break;
        }
    }

    private static void WriteText(StringBuilder text, string content)
    {
        text.Append('"');
        foreach (var character in content)
        {
            switch (character)
            {
                case '"' or '\\':
                    text.Append('\\').Append(character);
                    break;
                case '\n':
                    text.Append("\\n");
                    break;
                case '\r':
                    text.Append("\\r");
                    break;
                case '\t':
                    text.Append("\\t");
                    break;
                case < ' ' or '<' or '>' or '&' or '\u2028' or '\u2029':
                    text.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
                    break;
                default:
                    text.Append(character);
                    break;
            }
        }

        text.Append('"');
    }
}
