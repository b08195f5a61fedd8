using System.Globalization;

namespace Harvester.Testing.ApiServer.Schema.Models;

/// <summary>Reads times as Go's time.Parse does, with its errors.</summary>
internal static class GoTime
{
    private const string SecondsLayout = "2006-01-02T15:04:05Z07:00";
    private const string MicroLayout = "2006-01-02T15:04:05.000000Z07:00";

    private static readonly (string Layout, int Digits, string After)[] Parts =
    [
        ("2006", 4, "-"), ("01", 2, "-"), ("02", 2, "T"), ("15", 2, ":"), ("04", 2, ":"), ("05", 2, ""),
    ];

    private static readonly string[] Names = ["year", "month", "day", "hour", "minute", "second"];

    /// <summary>Reads a time and writes it as the server stores it.</summary>
    /// <param name="text">The text.</param>
    /// <param name="micro">True for exactly six decimals, false for whole seconds.</param>
    /// <param name="error">Receives what is wrong, or null.</param>
    public static string? Parse(string text, bool micro, out string? error)
    {
        var layout = micro ? MicroLayout : SecondsLayout;
        string Cannot(string rest, string what) => $"parsing time \"{text}\" as \"{layout}\": cannot parse \"{rest}\" as \"{what}\"";
        var at = 0;
        Span<int> numbers = stackalloc int[6];
        for (var i = 0; i < Parts.Length; i++)
        {
            var (part, digits, after) = Parts[i];
            var end = at + digits;
            if (end > text.Length || text.AsSpan(at, digits).ContainsAnyExceptInRange('0', '9'))
            {
                error = Cannot(text[at..], part);
                return null;
            }

            numbers[i] = int.Parse(text.AsSpan(at, digits), CultureInfo.InvariantCulture);
            at = end;
            if (after.Length > 0)
            {
                if (at >= text.Length || text[at] != after[0])
                {
                    error = Cannot(text[at..], after);
                    return null;
                }

                at++;
            }
        }

        var ticks = 0L;
        if (micro)
        {
            if (text.Length < at + 7 || text[at] != '.' || text.AsSpan(at + 1, 6).ContainsAnyExceptInRange('0', '9')
                || (text.Length > at + 7 && char.IsAsciiDigit(text[at + 7])))
            {
                error = Cannot(text[at..], ".000000");
                return null;
            }

            ticks = long.Parse(text.AsSpan(at + 1, 6), CultureInfo.InvariantCulture) * 10;
            at += 7;
        }
        else if (at < text.Length && text[at] is '.' or ',')
        {
            at++;
            while (at < text.Length && char.IsAsciiDigit(text[at]))
            {
                at++;
            }
        }

        if (Zone(text.AsSpan(at)) is not { } offset)
        {
            error = Cannot(text[at..], "Z07:00");
            return null;
        }

        int[] limits = [9999, 12, DaysIn(numbers[0], numbers[1]), 23, 59, 59];
        for (var i = 0; i < numbers.Length; i++)
        {
            if (numbers[i] > limits[i] || (i is 1 or 2 && numbers[i] == 0))
            {
                error = $"parsing time \"{text}\": {Names[i]} out of range";
                return null;
            }
        }

        error = null;
        try
        {
            var time = new DateTimeOffset(Math.Max(numbers[0], 1), numbers[1], numbers[2], numbers[3], numbers[4], numbers[5], offset).AddTicks(ticks);
            return time.UtcDateTime.ToString(
                micro ? "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'" : "yyyy-MM-dd'T'HH:mm:ss'Z'",
                CultureInfo.InvariantCulture);
        }
        catch (ArgumentOutOfRangeException)
        {
            error = $"parsing time \"{text}\": year out of range";
            return null;
        }
    }

    private static int DaysIn(int year, int month) => month is < 1 or > 12 ? 31 : DateTime.DaysInMonth(Math.Max(year, 1), month);

    private static TimeSpan? Zone(ReadOnlySpan<char> text)
    {
        if (text is "Z")
        {
            return TimeSpan.Zero;
        }

        if (text.Length != 6 || text[0] is not ('+' or '-') || text[3] != ':'
            || !int.TryParse(text[1..3], NumberStyles.None, CultureInfo.InvariantCulture, out var hours)
            || !int.TryParse(text[4..6], NumberStyles.None, CultureInfo.InvariantCulture, out var minutes)
            || hours > 14 || minutes > 59)
        {
            return null;
        }

        var offset = new TimeSpan(hours, minutes, 0);
        return text[0] == '-' ? -offset : offset;
    }
}
