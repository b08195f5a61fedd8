namespace Harvester.Testing.ApiServer.Resources;

/// <summary>A path below an object, as discovery lists it.</summary>
/// <param name="Name">The subresource's name, such as <c>status</c>.</param>
/// <param name="Kind">The kind of its bodies.</param>
/// <param name="Verbs">What can be done with it, in alphabetical order.</param>
/// <param name="Group">The group of that kind where it is another than the resource's, else null.</param>
/// <param name="Version">The version of that kind where the group is another, else null.</param>
internal sealed record SubresourceEntry(
    string Name,
    string Kind,
    IReadOnlyList<string> Verbs,
    string? Group = null,
    string? Version = null)
{
    /// <summary>What can be done with a status or a scale.</summary>
    public static IReadOnlyList<string> Readable { get; } = ["get", "patch", "update"];

    /// <summary>The status of a kind.</summary>
    public static SubresourceEntry Status(string kind) => new("status", kind, Readable);

    /// <summary>The scale of anything that has one.</summary>
    public static SubresourceEntry Scale { get; } = new("scale", "Scale", Readable, "autoscaling", "v1");
}
