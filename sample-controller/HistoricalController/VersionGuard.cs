using System.Globalization;
using Harvester.Samples.UpgradeApi;
using k8s.Models;
using Microsoft.Extensions.Logging;

namespace Harvester.Samples.HistoricalController;

/// <summary>Whether the running version may be upgraded to the one in the repository.</summary>
internal sealed class VersionGuard(ILogger<VersionGuard> logger)
{
    /// <summary>The reason why not, or null. The same version may always be installed again.</summary>
    public string? Check(Upgrade upgrade, RepoInfo info)
    {
        var current = upgrade.Status.PreviousVersion ?? "";
        var target = info.Release.Harvester;
        var minimum = info.Release.MinUpgradableVersion;
        logger.LogInformation(
            "upgrade eligibility check {Namespace}/{Name}: current {Current}, upgrade {Target}, minimum {Minimum}",
            upgrade.Metadata.NamespaceProperty,
            upgrade.Metadata.Name,
            current,
            target,
            minimum);
        if (current == target || minimum.Length == 0 || upgrade.GetAnnotation("harvesterhci.io/skip-version-check") == "true")
        {
            return null;
        }

        if (!TryParse(current, out var from) || !TryParse(target, out var to) || !TryParse(minimum, out var least))
        {
            return null;
        }

        if (to < from)
        {
            return "Downgrading is prohibited";
        }

        return from < least ? $"The current version {current} is less than the minimum upgradable version {minimum}." : null;
    }

    /// <summary>Development builds have no such version and are not held back.</summary>
    private static bool TryParse(string text, out System.Version version)
    {
        version = new System.Version();
        var core = text.TrimStart('v').Split('-', '+')[0].Split('.');
        if (core.Length != 3)
        {
            return false;
        }

        var numbers = new int[3];
        for (var i = 0; i < 3; i++)
        {
            if (!int.TryParse(core[i], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i]))
            {
                return false;
            }
        }

        version = new System.Version(numbers[0], numbers[1], numbers[2]);
        return true;
    }
}
