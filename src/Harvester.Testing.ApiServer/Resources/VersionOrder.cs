using System.Text.RegularExpressions;

namespace Harvester.Testing.ApiServer.Resources;

/// <summary>Kubernetes' order of versions: v2 before v1 before v1beta2 before v1alpha1; others last, by name.</summary>
internal sealed partial class VersionOrder : IComparer<string>
{
    public static VersionOrder Instance { get; } = new();

    public int Compare(string? x, string? y)
    {
        var a = Parts().Match(x ?? "");
        var b = Parts().Match(y ?? "");
        if (!a.Success || !b.Success)
        {
            return a.Success != b.Success ? a.Success.CompareTo(b.Success) : string.CompareOrdinal(y, x);
        }

        var byStage = Stage(a).CompareTo(Stage(b));
        if (byStage != 0)
        {
            return byStage;
        }

        var byMajor = Number(a, 1).CompareTo(Number(b, 1));
        return byMajor != 0 ? byMajor : Number(a, 3).CompareTo(Number(b, 3));
    }

    private static int Stage(Match match) => match.Groups[2].Value switch { "" => 2, "beta" => 1, _ => 0 };

    private static long Number(Match match, int group) => long.TryParse(match.Groups[group].Value, out var number) ? number : 0;

    [GeneratedRegex(@"\Av([0-9]+)(?:(alpha|beta)([0-9]+))?\z")]
    private static partial Regex Parts();
}
