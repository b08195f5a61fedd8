using System.Globalization;
using System.Text.RegularExpressions;

namespace Harvester.Testing.ApiServer.Schema.Cel;

/// <summary>Moments and durations as text, and their parts.</summary>
internal static partial class CelTime
{
    private static readonly Dictionary<string, double> Units = new(StringComparer.Ordinal)
    {
        ["ns"] = 1,
        ["us"] = 1e3,
        ["µs"] = 1e3,
        ["μs"] = 1e3,
        ["ms"] = 1e6,
        ["s"] = 1e9,
        ["m"] = 60e9,
        ["h"] = 3600e9,
    };

    private static readonly (string[] Names, double Nanoseconds)[] LongUnits =
    [
        (["ns", "nano"], 1),
        (["us", "µs", "micro"], 1e3),
        (["ms", "milli"], 1e6),
        (["s", "sec"], 1e9),
        (["m", "min"], 60e9),
        (["h", "hr", "hour"], 3600e9),
        (["d", "day"], 86400e9),
        (["w", "wk", "week"], 604800e9),
    ];

    /// <summary>Reads a duration as Go does, such as <c>1h30m</c>; null when it is none.</summary>
    public static CelDuration? ParseDuration(string text)
    {
        if (!GoDuration().IsMatch(text))
        {
            return null;
        }

        var sum = 0m;
        foreach (Match part in Part().Matches(text))
        {
            if (part.Groups[1].Length > 20
                || !decimal.TryParse(part.Groups[1].Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            {
                return null;
            }

            sum += number * (decimal)Units[part.Groups[2].Value];
            if (sum > long.MaxValue)
            {
                return null;
            }
        }

        return new CelDuration((long)(text[0] == '-' ? -sum : sum));
    }

    /// <summary>Reads a duration as schemas allow it: Go's, or a number and a unit such as <c>3 days</c>.</summary>
    public static CelDuration? ParseSchemaDuration(string text)
    {
        if (ParseDuration(text) is { } plain)
        {
            return plain;
        }

        var sum = 0m;
        var found = false;
        foreach (Match part in LongPart().Matches(text))
        {
            // A unit is one of its short names, or begins with the last of them; other units do not count.
            var unit = part.Groups[2].Value.ToLowerInvariant();
            var nanoseconds = LongUnits
                .FirstOrDefault(known => known.Names.Contains(unit) || unit.StartsWith(known.Names[^1], StringComparison.Ordinal))
                .Nanoseconds;
            if (nanoseconds == 0)
            {
                continue;
            }

            found = true;
            if (part.Groups[1].Length > 18)
            {
                return null;
            }

            sum += decimal.Parse(part.Groups[1].Value, CultureInfo.InvariantCulture) * (decimal)nanoseconds;
            if (sum > long.MaxValue)
            {
                return null;
            }
        }

        return found ? new CelDuration((long)sum) : null;
    }

    /// <summary>Reads a moment of RFC 3339; null when it is none.</summary>
    public static CelMoment? ParseMoment(string text)
    {
        var match = Rfc3339().Match(text);
        if (!match.Success
            || !DateTimeOffset.TryParseExact(
                match.Groups[1].Value.ToUpperInvariant() + (match.Groups[3].Value is "Z" or "z" ? "+00:00" : match.Groups[3].Value),
                "yyyy-MM-ddTHH:mm:sszzz",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var time))
        {
            return null;
        }

        var fraction = match.Groups[2].Value.TrimStart('.').PadRight(9, '0')[..9];
        return new CelMoment(time.ToUnixTimeSeconds(), int.Parse(fraction, CultureInfo.InvariantCulture));
    }

    /// <summary>A part of a moment in a time zone: of the year, the day or the clock.</summary>
    /// <param name="function">The function that asks.</param>
    /// <param name="moment">The moment.</param>
    /// <param name="zone">The zone's name or offset; null for UTC.</param>
    public static object Part(string function, CelMoment moment, string? zone)
    {
        var local = moment.Utc;
        if (zone is not null)
        {
            if (OffsetOf(zone, local) is not { } offset)
            {
                return new CelFault("unknown time zone " + zone);
            }

            local += offset;
        }

        return function switch
        {
            "getFullYear" => (long)local.Year,
            "getMonth" => (long)local.Month - 1,
            "getDayOfYear" => (long)local.DayOfYear - 1,
            "getDayOfMonth" => (long)local.Day - 1,
            "getDate" => (long)local.Day,
            "getDayOfWeek" => (long)local.DayOfWeek,
            "getHours" => (long)local.Hour,
            "getMinutes" => (long)local.Minute,
            "getSeconds" => (long)local.Second,
            _ => (long)(moment.Nanoseconds / 1_000_000),
        };
    }

    private static TimeSpan? OffsetOf(string zone, DateTime utc)
    {
        var match = Offset().Match(zone);
        if (match.Success)
        {
            var offset = new TimeSpan(
                int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture), int.Parse(match.Groups[3].Value, CultureInfo.InvariantCulture), 0);
            return match.Groups[1].Value == "-" ? -offset : offset;
        }

        return zone is "UTC" or "" ? TimeSpan.Zero : TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) ? found.GetUtcOffset(utc) : null;
    }

    [GeneratedRegex(@"^[-+]?(0|(([0-9]+(\.[0-9]*)?|\.[0-9]+)(ns|us|µs|μs|ms|s|m|h))+)\z", RegexOptions.NonBacktracking)]
    private static partial Regex GoDuration();

    [GeneratedRegex(@"([0-9]+\.?[0-9]*|\.[0-9]+)(ns|us|µs|μs|ms|s|m|h)", RegexOptions.NonBacktracking)]
    private static partial Regex Part();

    [GeneratedRegex(@"([0-9]+)\s*([A-Za-zµ]+)", RegexOptions.NonBacktracking)]
    private static partial Regex LongPart();

    [GeneratedRegex(@"^([0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2})(\.[0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})\z", RegexOptions.NonBacktracking)]
    private static partial Regex Rfc3339();

    [GeneratedRegex(@"^([+-]?)([0-9]{1,2}):([0-9]{2})\z", RegexOptions.NonBacktracking)]
    private static partial Regex Offset();
}
