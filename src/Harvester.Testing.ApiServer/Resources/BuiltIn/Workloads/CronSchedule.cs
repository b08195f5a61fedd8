using System.Globalization;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn.Workloads;

/// <summary>Checks the schedules of cron jobs.</summary>
internal static class CronSchedule
{
    private static readonly string[] Descriptors = ["@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly"];

    private static readonly (int Least, int Most, string Names)[] Fields =
    [
        (0, 59, ""),
        (0, 23, ""),
        (1, 31, ""),
        (1, 12, "jan feb mar apr may jun jul aug sep oct nov dec"),
        (0, 6, "sun mon tue wed thu fri sat"),
    ];

    /// <summary>What is wrong with a schedule, or null.</summary>
    /// <param name="schedule">The schedule; not empty.</param>
    public static string? Error(string schedule)
    {
        if (schedule.StartsWith('@'))
        {
            return Descriptors.Contains(schedule) || schedule.StartsWith("@every ", StringComparison.Ordinal)
                ? null
                : $"unrecognized descriptor: {schedule}";
        }

        var fields = schedule.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length != Fields.Length)
        {
            return string.Create(CultureInfo.InvariantCulture, $"expected exactly 5 fields, found {fields.Length}: [{string.Join(' ', fields)}]");
        }

        for (var i = 0; i < fields.Length; i++)
        {
            foreach (var part in fields[i].Split(','))
            {
                if (RangeError(part, Fields[i]) is { } wrong)
                {
                    return wrong;
                }
            }
        }

        return null;
    }

    private static string? RangeError(string text, (int Least, int Most, string Names) field)
    {
        var steps = text.Split('/');
        var ends = steps[0].Split('-');
        if (steps.Length > 2)
        {
            return $"too many slashes: {text}";
        }

        if (ends.Length > 2)
        {
            return $"too many hyphens: {text}";
        }

        int start, end;
        if (ends[0] is "*" or "?")
        {
            (start, end) = (field.Least, field.Most);
        }
        else
        {
            if (Number(ends[0], field.Names) is not { } first)
            {
                return $"failed to parse int from {ends[0]}: strconv.Atoi: parsing \"{ends[0]}\": invalid syntax";
            }

            if (Number(ends[^1], field.Names) is not { } last)
            {
                return $"failed to parse int from {ends[^1]}: strconv.Atoi: parsing \"{ends[^1]}\": invalid syntax";
            }

            (start, end) = (first, steps.Length == 2 && ends.Length == 1 ? field.Most : last);
        }

        if (steps.Length == 2)
        {
            if (Number(steps[1], "") is not { } step)
            {
                return $"failed to parse int from {steps[1]}: strconv.Atoi: parsing \"{steps[1]}\": invalid syntax";
            }

            if (step == 0)
            {
                return $"step of range should be a positive number: {text}";
            }
        }

        return start < field.Least
            ? string.Create(CultureInfo.InvariantCulture, $"beginning of range ({start}) below minimum ({field.Least}): {text}")
            : end > field.Most
                ? string.Create(CultureInfo.InvariantCulture, $"end of range ({end}) above maximum ({field.Most}): {text}")
                : start > end
                    ? string.Create(CultureInfo.InvariantCulture, $"beginning of range ({start}) beyond end of range ({end}): {text}")
                    : null;
    }

    private static int? Number(string text, string names)
    {
        var named = Array.IndexOf(names.Split(' '), text.ToLowerInvariant());
        if (named >= 0 && text.Length > 0)
        {
            // Months count from one, days of the week from zero.
            return names.StartsWith("jan", StringComparison.Ordinal) ? named + 1 : named;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}
