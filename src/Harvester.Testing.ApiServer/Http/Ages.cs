using System.Globalization;

namespace Harvester.Testing.ApiServer.Http;

/// <summary>Spans of time as kubectl's tables show them: the two largest units while they matter.</summary>
internal static class Ages
{
    public static string Short(TimeSpan span)
    {
        var seconds = (long)span.TotalSeconds;
        if (seconds < -1)
        {
            return "<invalid>";
        }

        if (seconds < 0)
        {
            return "0s";
        }

        if (seconds < 120)
        {
            return Join(seconds, "s");
        }

        var minutes = seconds / 60;
        if (minutes < 10)
        {
            return Join(minutes, "m", seconds % 60, "s");
        }

        if (minutes < 180)
        {
            return Join(minutes, "m");
        }

        var hours = minutes / 60;
        if (hours < 8)
        {
            return Join(hours, "h", minutes % 60, "m");
        }

        if (hours < 48)
        {
            return Join(hours, "h");
        }

        if (hours < 192)
        {
            return Join(hours / 24, "d", hours % 24, "h");
        }

        var days = hours / 24;
        return days switch
        {
            < 730 => Join(days, "d"),
            < 2920 => Join(days / 365, "y", days % 365, "d"),
            _ => Join(days / 365, "y"),
        };
    }

    private static string Join(long number, string unit, long rest = 0, string restUnit = "") => rest == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{number}{unit}")
        : string.Create(CultureInfo.InvariantCulture, $"{number}{unit}{rest}{restUnit}");
}
