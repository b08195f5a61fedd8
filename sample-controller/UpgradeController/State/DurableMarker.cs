using System.Globalization;
using Harvester.Samples.UpgradeApi;
using k8s;
using k8s.Models;

namespace Harvester.Samples.UpgradeController;

/// <summary>What the marker says about the object it is on.</summary>
public enum MarkerState
{
    None = 1,

    /// <summary>Work was started for this very object.</summary>
    Ours,

    /// <summary>Work was started for another object: this one is a copy, or was restored from a backup.</summary>
    OfAnotherObject,
}

/// <summary>A sign on the Upgrade that work was started for it, bound to its uid.</summary>
public interface IDurableMarker
{
    MarkerState Read(Upgrade upgrade);

    /// <summary>Puts the marker on, with labels that belong to the same step, in one request. Returns the object as stored.</summary>
    Task<Upgrade> WriteAsync(Upgrade upgrade, int attempt, IReadOnlyDictionary<string, string> labels, CancellationToken cancellationToken);
}

/// <summary>
/// The marker as an annotation. A finalizer or an owner reference would not do: a full-object PUT from a client that leaves them out removes them.
/// An annotation alone would not do either (see <see cref="UpgradeRecord"/>), but it is the only thing a copy of the object brings along.
/// </summary>
public sealed class AnnotationMarker(IKubernetes client) : IDurableMarker
{
    /// <summary>Stored in users' clusters: never renamed.</summary>
    public const string Key = "controllers.harvesterhci.io/started-for";

    public static string Value(Upgrade upgrade, int attempt) => string.Create(CultureInfo.InvariantCulture, $"{upgrade.Uid()}/{attempt}");

    public MarkerState Read(Upgrade upgrade) => upgrade.GetAnnotation(Key) switch
    {
        null or "" => MarkerState.None,
        var value when value.Split('/')[0] == upgrade.Uid() => MarkerState.Ours,
        _ => MarkerState.OfAnotherObject,
    };

    public Task<Upgrade> WriteAsync(Upgrade upgrade, int attempt, IReadOnlyDictionary<string, string> labels, CancellationToken cancellationToken) =>
        client.PatchMetadataAsync(
            upgrade,
            new { labels, annotations = new Dictionary<string, string> { [Key] = Value(upgrade, attempt) } },
            cancellationToken);
}
