using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Harvester.Testing.ApiServer.Schema.Cel;

/// <summary>The functions and methods that rules may call here.</summary>
internal static partial class CelFunctions
{
    private const string QuantityPattern =
        "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";

    private static readonly HashSet<string> Functions =
        ["size/1", "int/1", "double/1", "string/1", "bool/1", "dyn/1", "timestamp/1", "duration/1", "quantity/1", "isQuantity/1", "matches/2"];

    private static readonly HashSet<string> Methods =
    [
        "size/0", "startsWith/1", "endsWith/1", "contains/1", "matches/1", "charAt/1", "indexOf/1", "lastIndexOf/1", "lowerAscii/0",
        "upperAscii/0", "trim/0", "replace/2", "split/1", "join/0", "join/1", "substring/1", "substring/2", "find/1", "isSorted/0",
        "sum/0", "min/0", "max/0", "hasValue/0", "value/0", "orValue/1", "isGreaterThan/1", "isLessThan/1", "compareTo/1",
        "asApproximateFloat/0", "asInteger/0", "isInteger/0", "sign/0", "add/1", "sub/1", "getHours/0", "getMinutes/0", "getSeconds/0",
        "getFullYear/0",
    ];

    /// <summary>True when the function is evaluated here.</summary>
    /// <param name="target">What it is called on, if on anything.</param>
    /// <param name="name">Its name.</param>
    /// <param name="count">How many arguments it is given.</param>
    public static bool Knows(CelExpression? target, string name, int count) =>
        (target is null ? Functions : Methods).Contains($"{name}/{count}");

    /// <summary>Calls a function.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <exception cref="CelEvaluationException">It fails.</exception>
    public static object? Call(string name, object?[] arguments) => (name, arguments) switch
    {
        ("size", [var value]) => Size(value),
        ("dyn", [var value]) => value,
        ("int", [long value]) => value,
        ("int", [double value]) => value is >= long.MinValue and < long.MaxValue ? (long)value : throw Failed("integer overflow"),
        ("int", [string value]) => long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer)
            ? integer
            : throw Failed($"strconv.ParseInt: parsing {GoText.Quote(value)}: invalid syntax"),
        ("int", [DateTimeOffset value]) => value.ToUnixTimeSeconds(),
        ("double", [long value]) => (double)value,
        ("double", [double value]) => value,
        ("double", [string value]) => double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Failed($"strconv.ParseFloat: parsing {GoText.Quote(value)}: invalid syntax"),
        ("string", [string value]) => value,
        ("string", [bool value]) => value ? "true" : "false",
        ("string", [long value]) => value.ToString(CultureInfo.InvariantCulture),
        ("string", [double value]) => GoText.OfFloat(value),
        ("bool", [bool value]) => value,
        ("bool", [string value]) => value is "true" or "True" or "TRUE" or "t" or "1"
            || (value is "false" or "False" or "FALSE" or "f" or "0" ? false : throw Failed("type conversion error")),
        ("timestamp", [string value]) => Timestamp(value),
        ("timestamp", [DateTimeOffset value]) => value,
        ("duration", [string value]) => Duration(value),
        ("duration", [TimeSpan value]) => value,
        ("quantity", [string value]) => CelQuantity.Parse(value) ?? throw Failed(QuantityPattern),
        ("isQuantity", [string value]) => CelQuantity.Parse(value) is not null,
        ("matches", [string text, string pattern]) => Matches(text, pattern),
        ("optional.of", [var value]) => new CelOptional(true, value),
        ("optional.none", []) => new CelOptional(false, null),
        _ => throw Failed("no such overload"),
    };

    /// <summary>Calls a method.</summary>
    /// <param name="target">What it is called on.</param>
    /// <param name="name">Its name.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <exception cref="CelEvaluationException">It fails.</exception>
    public static object? Call(object? target, string name, object?[] arguments) => target switch
    {
        _ when name == "size" => Size(target),
        string text => OfText(text, name, arguments),
        List<object?> list => OfList(list, name, arguments),
        CelOptional optional => (name, arguments) switch
        {
            ("hasValue", []) => optional.HasValue,
            ("value", []) => optional.HasValue ? optional.Value : throw Failed("optional.none() dereference"),
            ("orValue", [var other]) => optional.HasValue ? optional.Value : other,
            _ => throw Failed("no such overload"),
        },
        CelQuantity quantity => OfQuantity(quantity, name, arguments),
        DateTimeOffset time => name switch
        {
            "getFullYear" => (long)time.UtcDateTime.Year,
            "getHours" => (long)time.UtcDateTime.Hour,
            "getMinutes" => (long)time.UtcDateTime.Minute,
            "getSeconds" => (long)time.UtcDateTime.Second,
            _ => throw Failed("no such overload"),
        },
        TimeSpan span => name switch
        {
            "getHours" => (long)span.TotalHours,
            "getMinutes" => (long)span.TotalMinutes,
            "getSeconds" => (long)span.TotalSeconds,
            _ => throw Failed("no such overload"),
        },
        _ => throw Failed("no such overload"),
    };

    /// <summary>Reads an instant.</summary>
    /// <param name="text">Its text.</param>
    public static DateTimeOffset Timestamp(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw Failed($"parsing time {GoText.Quote(text)} as \"2006-01-02T15:04:05Z07:00\": cannot parse");

    /// <summary>Reads a duration.</summary>
    /// <param name="text">Its text.</param>
    public static TimeSpan Duration(string text)
    {
        var matches = DurationPart().Matches(text);
        if (text.TrimStart('+', '-') != string.Concat(matches.Select(m => m.Value)) || matches.Count == 0)
        {
            return text is "0" ? TimeSpan.Zero : throw Failed($"time: invalid duration {GoText.Quote(text)}");
        }

        var ticks = matches.Sum(m => double.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture) * (m.Groups[2].Value switch
        {
            "h" => TimeSpan.TicksPerHour,
            "m" => TimeSpan.TicksPerMinute,
            "s" => TimeSpan.TicksPerSecond,
            "ms" => TimeSpan.TicksPerMillisecond,
            "ns" => 0.01,
            _ => TimeSpan.TicksPerMicrosecond,
        }));
        return TimeSpan.FromTicks((long)(text.StartsWith('-') ? -ticks : ticks));
    }

    private static object OfText(string text, string name, object?[] arguments) => (name, arguments) switch
    {
        ("startsWith", [string part]) => text.StartsWith(part, StringComparison.Ordinal),
        ("endsWith", [string part]) => text.EndsWith(part, StringComparison.Ordinal),
        ("contains", [string part]) => text.Contains(part, StringComparison.Ordinal),
        ("matches", [string pattern]) => Matches(text, pattern),
        ("find", [string pattern]) => Pattern(pattern).Match(text).Value,
        ("charAt", [long at]) => at == Runes(text).Length ? "" : Part(text, at, at + 1),
        ("indexOf", [string part]) => RuneIndex(text, text.IndexOf(part, StringComparison.Ordinal)),
        ("lastIndexOf", [string part]) => RuneIndex(text, text.LastIndexOf(part, StringComparison.Ordinal)),
        ("lowerAscii", []) => string.Concat(text.Select(c => char.IsAsciiLetterUpper(c) ? char.ToLowerInvariant(c) : c)),
        ("upperAscii", []) => string.Concat(text.Select(c => char.IsAsciiLetterLower(c) ? char.ToUpperInvariant(c) : c)),
        ("trim", []) => text.Trim(),
        ("replace", ["", string by]) => by + string.Concat(Runes(text).Select(r => r + by)),
        ("replace", [string part, string by]) => text.Replace(part, by, StringComparison.Ordinal),
        ("split", [""]) => Runes(text).Select(r => (object?)r.ToString()).ToList(),
        ("split", [string by]) => text.Split(by).Select(p => (object?)p).ToList(),
        ("substring", [long start]) => Part(text, start, Runes(text).Length),
        ("substring", [long start, long end]) => Part(text, start, end),
        _ => throw Failed("no such overload"),
    };

    private static object? OfList(List<object?> list, string name, object?[] arguments) => (name, arguments) switch
    {
        ("join", []) => string.Concat(list.Cast<string>()),
        ("join", [string by]) => string.Join(by, list.Cast<string>()),
        ("indexOf", [var item]) => (long)list.FindIndex(i => CelValues.Equals(i, item)),
        ("lastIndexOf", [var item]) => (long)list.FindLastIndex(i => CelValues.Equals(i, item)),
        ("isSorted", []) => list.Zip(list.Skip(1)).All(pair => CelValues.Compare(pair.First, pair.Second) <= 0),
        ("sum", []) => list.All(i => i is long) ? list.Sum(i => (long)i!) : list.Sum(i => Convert.ToDouble(i, CultureInfo.InvariantCulture)),
        ("min" or "max", []) when list.Count == 0 => throw Failed($"{name} called on empty list"),
        ("min", []) => list.Aggregate((a, b) => CelValues.Compare(a, b) <= 0 ? a : b),
        ("max", []) => list.Aggregate((a, b) => CelValues.Compare(a, b) >= 0 ? a : b),
        _ => throw Failed("no such overload"),
    };

    private static object OfQuantity(CelQuantity quantity, string name, object?[] arguments) => (name, arguments) switch
    {
        ("isGreaterThan", [CelQuantity other]) => quantity.Amount > other.Amount,
        ("isLessThan", [CelQuantity other]) => quantity.Amount < other.Amount,
        ("compareTo", [CelQuantity other]) => (long)quantity.Amount.CompareTo(other.Amount),
        ("add", [CelQuantity other]) => new CelQuantity(quantity.Amount + other.Amount),
        ("add", [long other]) => new CelQuantity(quantity.Amount + other),
        ("sub", [CelQuantity other]) => new CelQuantity(quantity.Amount - other.Amount),
        ("sub", [long other]) => new CelQuantity(quantity.Amount - other),
        ("asApproximateFloat", []) => (double)quantity.Amount,
        ("isInteger", []) => IsLong(quantity.Amount),
        ("asInteger", []) => IsLong(quantity.Amount) ? (long)quantity.Amount : throw Failed("cannot convert value to integer"),
        ("sign", []) => (long)Math.Sign(quantity.Amount),
        _ => throw Failed("no such overload"),
    };

    private static bool IsLong(decimal amount) =>
        amount == decimal.Truncate(amount) && amount is >= long.MinValue and <= long.MaxValue;

    private static long Size(object? value) => value switch
    {
        string text => Runes(text).Length,
        List<object?> list => list.Count,
        CelMap map => map.Entries.Count,
        _ => throw Failed("no such overload"),
    };

    private static Rune[] Runes(string text) => [.. text.EnumerateRunes()];

    private static long RuneIndex(string text, int at) => at < 0 ? -1 : Runes(text[..at]).Length;

    private static string Part(string text, long start, long end)
    {
        var runes = Runes(text);
        if (start < 0 || end > runes.Length || start > runes.Length)
        {
            throw Failed($"index out of range: {(start < 0 || start > runes.Length ? start : end)}");
        }

        return end < start
            ? throw Failed($"invalid substring range. start: {start}, end: {end}")
            : string.Concat(runes[(int)start..(int)end]);
    }

    private static bool Matches(string text, string pattern) => Pattern(pattern).IsMatch(text);

    private static Regex Pattern(string pattern)
    {
        try
        {
            return GoRegex.Compile(pattern);
        }
        catch (ArgumentException wrong)
        {
            throw Failed("error parsing regexp: " + wrong.Message);
        }
    }

    private static CelEvaluationException Failed(string message) => new(message);

    [GeneratedRegex(@"([0-9]+(?:\.[0-9]*)?|\.[0-9]+)(h|ms|m|s|us|µs|μs|ns)")]
    private static partial Regex DurationPart();
}
