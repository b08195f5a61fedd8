using System.Globalization;
using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources;

/// <summary>Deletion of objects that get time to end: they are marked first and go when their time is up or cut to none (B-23).</summary>
internal static class GracefulDeletion
{
    /// <summary>Marks an object, or shortens the time of a marked one.</summary>
    /// <param name="value">The object, with the finalizers the request asks for.</param>
    /// <param name="grace">The seconds its kind gives it.</param>
    /// <param name="asked">The seconds the request gives it, or null.</param>
    /// <param name="now">The time of the request.</param>
    /// <returns>The object as it is to be stored, or null when the request changes nothing.</returns>
    public static JsonObject? Mark(JsonObject value, long grace, long? asked, DateTimeOffset now)
    {
        if (!ObjectMetadata.IsBeingDeleted(value))
        {
            var generation = value.At("metadata", "generation")?.AsInteger ?? 0;
            var marked = ObjectMetadata.WithMeta(value, "generation", generation > 0 ? generation + 1 : null);
            return With(marked, now, grace);
        }

        // The time that is left only ever gets shorter.
        var left = value.At("metadata", "deletionGracePeriodSeconds")?.AsInteger ?? 0;
        if (asked is not { } wanted || Math.Max(wanted, 0) >= left)
        {
            return null;
        }

        var period = wanted < 0 ? 1 : wanted;
        var start = DateTimeOffset.TryParse(
            value.At("metadata", "deletionTimestamp")?.AsString, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var end)
            ? end.AddSeconds(-left)
            : now;
        return With(value, start, period);
    }

    private static JsonObject With(JsonObject value, DateTimeOffset start, long grace) => ObjectMetadata.WithMeta(
        ObjectMetadata.WithMeta(value, "deletionTimestamp", ObjectMetadata.Timestamp(start.AddSeconds(Math.Min(grace, int.MaxValue)))),
        "deletionGracePeriodSeconds",
        grace);
}
