using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn;

/// <summary>Translates objects between a version that is served and the one that is stored.</summary>
internal abstract class VersionConversion
{
    /// <summary>The form in which an object of the served version is stored.</summary>
    /// <param name="value">The object in the served version.</param>
    public abstract JsonObject ToStored(JsonObject value);

    /// <summary>The form in which the served version shows a stored object.</summary>
    /// <param name="stored">The object as stored.</param>
    public abstract JsonObject FromStored(JsonObject stored);

    /// <summary>Moves members to other names.</summary>
    /// <param name="value">The object.</param>
    /// <param name="names">Old names and new ones.</param>
    protected static JsonObject Renamed(JsonObject value, ReadOnlySpan<(string From, string To)> names)
    {
        var result = new JsonObject.Builder(value);
        foreach (var (from, _) in names)
        {
            result[from] = null;
        }

        foreach (var (from, to) in names)
        {
            result[to] = value.Find(from);
        }

        return result.Build();
    }
}
