namespace Harvester.Testing.Simulation;

/// <summary>A kind as its path says it.</summary>
/// <param name="Group">The group; empty for the core group.</param>
/// <param name="Version">The version.</param>
/// <param name="Plural">The plural.</param>
public sealed record ChildKind(string Group, string Version, string Plural)
{
    /// <summary>The <c>apiVersion</c> of its objects.</summary>
    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    internal string Path(string? ns, string? name, string? subresource)
    {
        var path = Group.Length == 0 ? $"/api/{Version}" : $"/apis/{Group}/{Version}";
        if (ns is not null)
        {
            path += $"/namespaces/{ns}";
        }

        path += $"/{Plural}";
        if (name is not null)
        {
            path += $"/{name}";
        }

        return subresource is null ? path : $"{path}/{subresource}";
    }
}
