using System.Globalization;
using Harvester.Samples.UpgradeApi;

namespace Harvester.Samples.HistoricalController;

/// <summary>Reads and sets conditions. An absent condition reads as the empty string, which is none of its three values.</summary>
internal static class ConditionExtensions
{
    public static string StatusOf(this IEnumerable<Condition>? conditions, string type) =>
        conditions.Find(type)?.Status ?? "";

    public static Condition? Find(this IEnumerable<Condition>? conditions, string type) =>
        conditions?.FirstOrDefault(condition => condition.Type == type);

    public static bool IsTrue(this IEnumerable<Condition>? conditions, string type) =>
        conditions.StatusOf(type) == ConditionStatus.True;

    public static bool IsFalse(this IEnumerable<Condition>? conditions, string type) =>
        conditions.StatusOf(type) == ConditionStatus.False;

    public static bool IsUnknown(this IEnumerable<Condition>? conditions, string type) =>
        conditions.StatusOf(type) == ConditionStatus.Unknown;

    /// <summary>Begins a step: the condition becomes Unknown unless it is there already. No time is noted.</summary>
    public static void Begin(this UpgradeStatus status, string type) => Begin(status.Conditions ??= [], type);

    /// <inheritdoc cref="Begin(UpgradeStatus, string)"/>
    public static void Begin(this UpgradeLogStatus status, string type) => Begin(status.Conditions ??= [], type);

    /// <summary>Sets a condition, and its time when anything about it moved.</summary>
    public static void Set(this UpgradeStatus status, string type, string value, TimeProvider time, string? reason = null, string? message = null) =>
        Set(status.Conditions ??= [], type, value, time, reason, message);

    /// <inheritdoc cref="Set(UpgradeStatus, string, string, TimeProvider, string?, string?)"/>
    public static void Set(this UpgradeLogStatus status, string type, string value, TimeProvider time, string? reason = null, string? message = null) =>
        Set(status.Conditions ??= [], type, value, time, reason, message);

    /// <summary>The time in the form conditions carry.</summary>
    public static string Timestamp(this TimeProvider time) =>
        time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static void Begin(IList<Condition> conditions, string type)
    {
        if (conditions.Find(type) is null)
        {
            conditions.Add(new Condition { Type = type, Status = ConditionStatus.Unknown });
        }
    }

    private static void Set(IList<Condition> conditions, string type, string value, TimeProvider time, string? reason, string? message)
    {
        var condition = conditions.Find(type);
        if (condition is null)
        {
            condition = new Condition { Type = type };
            conditions.Add(condition);
        }

        if (condition.Status == value && condition.Reason == reason && condition.Message == message)
        {
            return;
        }

        condition.Status = value;
        condition.Reason = reason;
        condition.Message = message;
        condition.LastUpdateTime = time.Timestamp();
    }
}
