namespace Harvester.Samples.UpgradeController;

/// <summary>The facts of a release that are needed here, out of the flat YAML in the repository.</summary>
public sealed record ReleaseInfo(string? Harvester, string? Os, string? MinUpgradableVersion)
{
    public static ReleaseInfo Parse(string? text)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in (text ?? "").Split('\n'))
        {
            var colon = line.IndexOf(':');
            if (colon > 0 && line[(colon + 1)..].Trim() is { Length: > 0 } value)
            {
                values[line[..colon].Trim()] = value.Trim('"', '\'');
            }
        }

        return new ReleaseInfo(values.GetValueOrDefault("harvester"), values.GetValueOrDefault("os"), values.GetValueOrDefault("minUpgradableVersion"));
    }

    /// <summary>Why the cluster cannot go from <paramref name="current"/> to this release, or null. The same version again is always allowed.</summary>
    public string? Refuse(string? current)
    {
        if (current == Harvester || Number(current) is not { } from || Number(MinUpgradableVersion) is not { } least)
        {
            return null; // a development build has no number to compare
        }

        return from < least ? $"{current} is older than {MinUpgradableVersion}, the oldest version {Harvester} can be upgraded from" : null;
    }

    private static Version? Number(string? text) => Version.TryParse((text ?? "").TrimStart('v').Split('-')[0], out var version) ? version : null;
}
