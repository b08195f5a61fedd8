using System.Globalization;
using Harvester.Samples.UpgradeApi;

namespace Harvester.Samples.UpgradeController;

/// <summary>Reading and merging lists of conditions.</summary>
internal static class Conditions
{
    public const string StatusRecovered = "StatusRecovered";
    public const string Held = "Held";

    public static Condition? Find(this IList<Condition>? conditions, string type) => conditions?.FirstOrDefault(condition => condition.Type == type);

    public static bool Has(this IList<Condition>? conditions, string type, string status) => conditions.Find(type)?.Status == status;

    /// <summary>The wanted conditions, each with the time it had if it says the same as before, then those of other types as they were.</summary>
    public static List<Condition> Merge(IList<Condition>? before, IEnumerable<Condition> wanted, IReadOnlySet<string> owned, DateTimeOffset now)
    {
        var merged = new List<Condition>();
        foreach (var condition in wanted)
        {
            var old = before.Find(condition.Type);
            var same = old is not null && old.Status == condition.Status && (old.Reason ?? "") == (condition.Reason ?? "")
                && (old.Message ?? "") == (condition.Message ?? "");
            merged.Add(same ? old! : Stamp(condition, now));
        }

        merged.AddRange((before ?? []).Where(condition => !owned.Contains(condition.Type)));
        return merged;
    }

    /// <summary>The list with one condition put in the place of the one of its type.</summary>
    public static List<Condition> With(IList<Condition>? before, Condition condition, DateTimeOffset now) =>
        [.. (before ?? []).Where(other => other.Type != condition.Type), Stamp(condition, now)];

    private static Condition Stamp(Condition condition, DateTimeOffset now)
    {
        condition.LastUpdateTime = now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return condition;
    }
}
