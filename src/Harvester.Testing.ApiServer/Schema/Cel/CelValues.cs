using System.Globalization;
using System.Text;
using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Schema.Cel;

/// <summary>The null of CEL.</summary>
internal sealed class CelNull
{
    private CelNull()
    {
    }

    public static CelNull Instance { get; } = new();
}

/// <summary>An error as a value: logical operators and folds can outlive it.</summary>
/// <param name="Message">What went wrong.</param>
internal sealed record CelFault(string Message)
{
    /// <summary>The arguments fit no overload.</summary>
    public static CelFault NoSuchOverload { get; } = new("no such overload");
}

/// <summary>A value, or none.</summary>
/// <param name="Value">The value; null for none.</param>
internal sealed record CelOption(object? Value)
{
    public static CelOption None { get; } = new((object?)null);

    /// <inheritdoc />
    public bool Equals(CelOption? other) => other is not null
        && (Value is null ? other.Value is null : other.Value is not null && CelValues.Equal(Value, other.Value));

    /// <inheritdoc />
    public override int GetHashCode() => Value is null ? 0 : CelKeys.Instance.GetHashCode(Value);
}

/// <summary>A moment, to the nanosecond.</summary>
/// <param name="Seconds">Seconds since 1970.</param>
/// <param name="Nanoseconds">Nanoseconds beyond.</param>
internal readonly record struct CelMoment(long Seconds, int Nanoseconds) : IComparable<CelMoment>
{
    public const long First = -62135596800;
    public const long Last = 253402300799;

    public DateTime Utc => DateTime.UnixEpoch.AddSeconds(Seconds).AddTicks(Nanoseconds / 100);

    public static CelMoment Of(DateTimeOffset time)
    {
        var ticks = (time.UtcDateTime - DateTime.UnixEpoch).Ticks;
        var seconds = Math.DivRem(ticks, TimeSpan.TicksPerSecond, out var rest);
        return rest < 0 ? new CelMoment(seconds - 1, (int)((rest + TimeSpan.TicksPerSecond) * 100)) : new CelMoment(seconds, (int)(rest * 100));
    }

    public int CompareTo(CelMoment other) =>
        Seconds != other.Seconds ? Seconds.CompareTo(other.Seconds) : Nanoseconds.CompareTo(other.Nanoseconds);

    /// <inheritdoc />
    public override string ToString()
    {
        var text = DateTime.UnixEpoch.AddSeconds(Seconds).ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);
        return Nanoseconds == 0 ? text + "Z" : $"{text}.{Nanoseconds.ToString("000000000", CultureInfo.InvariantCulture).TrimEnd('0')}Z";
    }
}

/// <summary>A length of time.</summary>
/// <param name="Nanoseconds">Its nanoseconds.</param>
internal readonly record struct CelDuration(long Nanoseconds) : IComparable<CelDuration>
{
    public int CompareTo(CelDuration other) => Nanoseconds.CompareTo(other.Nanoseconds);

    /// <summary>As text: seconds with as many digits as needed.</summary>
    public override string ToString()
    {
        var seconds = Nanoseconds / 1e9;
        return seconds.ToString("0.#########", CultureInfo.InvariantCulture) + "s";
    }
}

/// <summary>Equality of keys of maps: numbers by their value, whatever their type.</summary>
internal sealed class CelKeys : IEqualityComparer<object>
{
    public static CelKeys Instance { get; } = new();

    public new bool Equals(object? x, object? y) => x is not null && y is not null && CelValues.Equal(x, y);

    public int GetHashCode(object obj) => obj switch
    {
        long number => ((double)number).GetHashCode(),
        ulong number => ((double)number).GetHashCode(),
        double number => number.GetHashCode(),
        string text => text.GetHashCode(StringComparison.Ordinal),
        bool flag => flag ? 1 : 2,
        byte[] bytes => bytes.Length,
        CelList list => list.Count,
        CelMap map => map.Count,
        _ => obj.GetHashCode(),
    };
}

/// <summary>What holds of all values.</summary>
internal static class CelValues
{
    /// <summary>The type of a value.</summary>
    public static CelType TypeOf(object value) => value switch
    {
        CelNull => CelType.Null,
        bool => CelType.Bool,
        long => CelType.Int,
        ulong => CelType.Uint,
        double => CelType.Double,
        string => CelType.String,
        byte[] => CelType.Bytes,
        CelMoment => CelType.Timestamp,
        CelDuration => CelType.Duration,
        CelList => CelType.List(CelType.Dyn),
        CelMap => CelType.Map(CelType.Dyn, CelType.Dyn),
        CelOption => CelType.Optional(CelType.Dyn),
        CelType => CelType.TypeOf(CelType.Dyn),
        CelQuantity => CelType.Quantity,
        GoUrl => CelType.Url,
        CelSemver => CelType.Semver,
        CelFormat => CelType.Format,
        CelAddress => CelType.Ip,
        CelNetwork => CelType.Cidr,
        _ => CelType.Dyn,
    };

    /// <summary>The size of a value as costs count it: one, where it has none.</summary>
    public static ulong SizeOf(object value) => value switch
    {
        string text => (ulong)Length(text),
        byte[] bytes => (ulong)bytes.Length,
        CelList list => (ulong)list.Count,
        CelMap map => (ulong)map.Count,
        CelAddress address => (ulong)address.Value.GetAddressBytes().Length,
        CelNetwork network => (ulong)network.Value.GetAddressBytes().Length,
        CelOption { Value: { } inner } => SizeOf(inner),
        _ => 1,
    };

    /// <summary>The characters of text.</summary>
    public static int Length(string text)
    {
        var pairs = 0;
        foreach (var c in text)
        {
            pairs += char.IsHighSurrogate(c) ? 1 : 0;
        }

        return text.Length - pairs;
    }

    /// <summary>Equality: values of different types are different, but numbers are compared by value.</summary>
    public static bool Equal(object left, object right)
    {
        switch (left, right)
        {
            case (long a, long b):
                return a == b;
            case (string a, string b):
                return a == b;
            case (byte[] a, byte[] b):
                return a.AsSpan().SequenceEqual(b);
            case (CelList a, CelList b):
                return a.EqualTo(b);
            case (CelMap a, CelMap b):
                return a.EqualTo(b);
            case (CelType a, CelType b):
                return a.Kind == b.Kind && a.Name == b.Name;
            default:
                return IsNumber(left) && IsNumber(right) ? CompareNumbers(left, right) == 0 : left.Equals(right);
        }
    }

    /// <summary>The order of two values, or null when they have none.</summary>
    public static int? Compare(object left, object right) => (left, right) switch
    {
        (string a, string b) => string.CompareOrdinal(a, b),
        (bool a, bool b) => a.CompareTo(b),
        (byte[] a, byte[] b) => a.AsSpan().SequenceCompareTo(b),
        (CelMoment a, CelMoment b) => a.CompareTo(b),
        (CelDuration a, CelDuration b) => a.CompareTo(b),
        _ => IsNumber(left) && IsNumber(right) ? CompareNumbers(left, right) : null,
    };

    /// <summary>A JSON value as rules see it.</summary>
    /// <param name="value">The value.</param>
    /// <param name="schema">Its schema.</param>
    /// <param name="isResource">True for a whole object.</param>
    public static object Of(JsonValue value, StructuralSchema schema, bool isResource)
    {
        if (value.IsNull)
        {
            return schema.Nullable ? CelNull.Instance : new CelFault("invalid data, got null for schema with nullable=false");
        }

        if (schema.IntOrString)
        {
            return value switch
            {
                JsonString text => text.Value,
                JsonInteger integer => integer.Value,
                _ => new CelFault("invalid data, expected XIntOrString value to be either a string or integer"),
            };
        }

        switch (schema.Type)
        {
            case "object":
                return value is JsonObject members
                    ? new CelJsonMap(members, schema, isResource)
                    : new CelFault("invalid data, expected a map for the provided schema with type=object");
            case "array":
                return value is not JsonArray items
                    ? new CelFault("invalid data, expected an array for the provided schema with type=array")
                    : schema.Items is null
                        ? new CelFault("invalid array type, expected Items with a non-empty Schema")
                        : new CelJsonList(items, schema);
            case "string":
                return value is JsonString given ? OfText(given.Value, schema.Format) : Unexpected("string", value);
            case "number":
                return value switch
                {
                    JsonInteger integer => (double)integer.Value,
                    JsonFloat number => number.Value,
                    _ => Unexpected("float", value),
                };
            case "integer":
                return value is JsonInteger whole ? whole.Value : Unexpected("int", value);
            case "boolean":
                return value is JsonBoolean flag ? flag.Value : Unexpected("bool", value);
            default:
                return value;
        }
    }

    private static CelFault Unexpected(string wanted, JsonValue value) =>
        new($"invalid data, expected {wanted}, got {GoText.TypeOf(value)}");

    private static object OfText(string text, string format)
    {
        switch (format)
        {
            case "duration":
                return CelTime.ParseSchemaDuration(text) is { } duration
                    ? duration
                    : new CelFault($"Invalid duration {text}: unable to parse {text} as duration");
            case "date":
                return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
                    ? CelMoment.Of(new DateTimeOffset(date.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero))
                    : new CelFault($"Invalid date formatted string {text}");
            case "date-time":
                return CelTime.ParseMoment(text) is { } moment ? moment : new CelFault($"Invalid date-time formatted string {text}");
            case "byte":
                try
                {
                    return Convert.FromBase64String(text);
                }
                catch (FormatException)
                {
                    return new CelFault($"Invalid byte formatted string {text}");
                }

            default:
                return text;
        }
    }

    private static bool IsNumber(object value) => value is long or ulong or double;

    // NaN is neither equal to anything nor ordered.
    private static int? CompareNumbers(object left, object right) => (left, right) switch
    {
        (long a, long b) => a.CompareTo(b),
        (ulong a, ulong b) => a.CompareTo(b),
        (long a, ulong b) => a < 0 ? -1 : ((ulong)a).CompareTo(b),
        (ulong a, long b) => b < 0 ? 1 : a.CompareTo((ulong)b),
        (double a, double b) => double.IsNaN(a) || double.IsNaN(b) ? null : a.CompareTo(b),
        (double a, _) => -CompareNumbers(right, a),
        (long a, double b) => double.IsNaN(b) ? null : b < long.MinValue ? 1 : b >= 9223372036854775808.0 ? -1 : ((decimal)a).CompareTo((decimal)b),
        (ulong a, double b) => double.IsNaN(b) ? null : b < 0 ? 1 : b >= 18446744073709551616.0 ? -1 : ((decimal)a).CompareTo((decimal)b),
        _ => null,
    };
}
