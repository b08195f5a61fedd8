using Harvester.Samples.UpgradeApi;
using k8s.Models;

namespace Harvester.Samples.UpgradeController;

/// <summary>
/// Labels and finalizer of an Upgrade. They say nothing the record does not say: other readers select by them, so they are repaired whenever they differ.
/// </summary>
public static class UpgradeIndex
{
    public const string Finalizer = "controllers.harvesterhci.io/upgrade";

    /// <summary>The metadata to patch, or null when all is as it should be.</summary>
    public static object? Patch(Upgrade upgrade, UpgradeRecord record)
    {
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Want(UpgradeLabels.State, record.State.ToString());
        if (record.IsTerminal)
        {
            Want(UpgradeLabels.Cleanup, record.CleanedUp ? CleanupStates.Succeeded : CleanupStates.Pending);
        }
        else
        {
            Want(UpgradeLabels.Latest, "true");
        }

        var finalizers = upgrade.Finalizers() ?? [];
        if (finalizers.Contains(Finalizer))
        {
            return labels.Count == 0 ? null : new { labels };
        }

        // A merge patch replaces a list as a whole: only at the version it was read at.
        return new { resourceVersion = upgrade.ResourceVersion(), labels, finalizers = finalizers.Append(Finalizer).ToArray() };

        void Want(string key, string value)
        {
            if (upgrade.GetLabel(key) != value)
            {
                labels[key] = value;
            }
        }
    }
}
