namespace Harvester.Testing.ApiServer.Resources.BuiltIn;

/// <summary>Which served versions look other than what is stored.</summary>
internal static class VersionConversions
{
    /// <summary>The conversion of a version, or null when its objects are stored as they are.</summary>
    /// <param name="group">The API group.</param>
    /// <param name="version">The version served.</param>
    /// <param name="plural">The plural name.</param>
    public static VersionConversion? For(string group, string version, string plural) => (group, version, plural) switch
    {
        ("events.k8s.io", _, "events") => new EventConversion(),
        ("autoscaling", "v1", "horizontalpodautoscalers") => new AutoscalerConversion(),
        _ => null,
    };

    /// <summary>The version in which objects of a resource are stored, where it is not the one they are written in.</summary>
    /// <param name="group">The API group.</param>
    /// <param name="plural">The plural name.</param>
    public static string? StorageVersion(string group, string plural) => (group, plural) switch
    {
        ("autoscaling", "horizontalpodautoscalers") => "v2",
        _ => null,
    };
}
