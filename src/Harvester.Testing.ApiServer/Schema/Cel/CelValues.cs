using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Schema.Cel;

/// <summary>
/// The values of CEL: null, bool, long, double, string, DateTimeOffset, TimeSpan, <see cref="CelQuantity"/>,
/// <see cref="CelOptional"/>, lists as <c>List&lt;object?&gt;</c> and objects as <see cref="CelMap"/>.
/// </summary>
internal static class CelValues
{
    /// <summary>A JSON value as CEL sees it; text of some formats has a type of its own.</summary>
    /// <param name="value">The JSON value.</param>
    /// <param name="schema">Its schema, if there is one.</param>
    public static object? Of(JsonValue value, StructuralSchema? schema)
    {
        switch (value)
        {
            case JsonBoolean boolean:
                return boolean.Value;
            case JsonInteger integer:
                return schema?.Types is ["number"] ? (object)(double)integer.Value : integer.Value;
            case JsonFloat number:
                return schema?.Types is ["integer"] ? (object)(long)number.Value : number.Value;
            case JsonString text:
                return schema?.Format switch
                {
                    "date-time" or "datetime" => CelFunctions.Timestamp(text.Value),
                    "duration" => CelFunctions.Duration(text.Value),
                    _ => text.Value,
                };
            case JsonArray items:
                return items.Select(item => Of(item, schema?.Items)).ToList();
            case JsonObject members:
                return new CelMap(members.ToDictionary(m => (object)m.Key, m => Of(m.Value, schema?.OfMember(m.Key))));
            default:
                return null;
        }
    }

    /// <summary>Equality: numbers by value whatever their type, lists item by item, maps entry by entry.</summary>
    /// <param name="left">One value.</param>
    /// <param name="right">The other.</param>
    public static new bool Equals(object? left, object? right) => (left, right) switch
    {
        (long a, double b) => a == b,
        (double a, long b) => a == b,
        (List<object?> a, List<object?> b) => a.Count == b.Count && a.Zip(b).All(pair => Equals(pair.First, pair.Second)),
        (CelMap a, CelMap b) => a.Entries.Count == b.Entries.Count
            && a.Entries.All(e => b.Entries.TryGetValue(e.Key, out var other) && Equals(e.Value, other)),
        (CelOptional a, CelOptional b) => a.HasValue == b.HasValue && Equals(a.Value, b.Value),
        _ => object.Equals(left, right),
    };

    /// <summary>Order, of values that have one.</summary>
    /// <param name="left">One value.</param>
    /// <param name="right">The other.</param>
    /// <exception cref="CelEvaluationException">They cannot be compared.</exception>
    public static int Compare(object? left, object? right) => (left, right) switch
    {
        (long a, long b) => a.CompareTo(b),
        (double a, double b) => a.CompareTo(b),
        (long a, double b) => ((double)a).CompareTo(b),
        (double a, long b) => a.CompareTo((double)b),
        (string a, string b) => string.CompareOrdinal(a, b),
        (bool a, bool b) => a.CompareTo(b),
        (DateTimeOffset a, DateTimeOffset b) => a.CompareTo(b),
        (TimeSpan a, TimeSpan b) => a.CompareTo(b),
        _ => throw new CelEvaluationException("no such overload"),
    };
}

/// <summary>A map, or an object.</summary>
/// <param name="Entries">Its entries.</param>
internal sealed record CelMap(Dictionary<object, object?> Entries);

/// <summary>A value that may be missing.</summary>
/// <param name="HasValue">True when it is there.</param>
/// <param name="Value">The value.</param>
internal sealed record CelOptional(bool HasValue, object? Value);

/// <summary>A quantity such as <c>500m</c> or <c>1Gi</c>.</summary>
/// <param name="Amount">How much.</param>
internal readonly record struct CelQuantity(decimal Amount)
{
    private static readonly Dictionary<string, decimal> Suffixes = new(StringComparer.Ordinal)
    {
        [""] = 1,
        ["n"] = 1e-9m,
        ["u"] = 1e-6m,
        ["m"] = 1e-3m,
        ["k"] = 1e3m,
        ["M"] = 1e6m,
        ["G"] = 1e9m,
        ["T"] = 1e12m,
        ["P"] = 1e15m,
        ["E"] = 1e18m,
        ["Ki"] = 1L << 10,
        ["Mi"] = 1L << 20,
        ["Gi"] = 1L << 30,
        ["Ti"] = 1L << 40,
        ["Pi"] = 1L << 50,
        ["Ei"] = 1L << 60,
    };

    /// <summary>Reads a quantity.</summary>
    /// <param name="text">Its text.</param>
    public static CelQuantity? Parse(string text)
    {
        var digits = text.TakeWhile((c, i) => char.IsAsciiDigit(c) || c == '.' || (i == 0 && c is '+' or '-')).Count();
        var suffix = text[digits..];
        if (digits == 0
            || !decimal.TryParse(
                text[..digits],
                System.Globalization.NumberStyles.AllowLeadingSign | System.Globalization.NumberStyles.AllowDecimalPoint,
                System.Globalization.CultureInfo.InvariantCulture,
                out var number))
        {
            return null;
        }

        try
        {
            if (Suffixes.TryGetValue(suffix, out var factor))
            {
                return new CelQuantity(number * factor);
            }

            return suffix.Length > 1 && suffix[0] is 'e' or 'E' && int.TryParse(suffix[1..], out var exponent)
                ? new CelQuantity(number * (decimal)Math.Pow(10, exponent))
                : null;
        }
        catch (OverflowException)
        {
            return null;
        }
    }
}
