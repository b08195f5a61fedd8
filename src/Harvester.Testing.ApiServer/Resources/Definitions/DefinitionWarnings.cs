using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Schema;

namespace Harvester.Testing.ApiServer.Resources.Definitions;

/// <summary>What an accepted definition is warned about: formats that mean nothing (V-11), sets that cannot be merged.</summary>
internal static class DefinitionWarnings
{
    /// <summary>The warnings about a definition that one it replaces did not have.</summary>
    /// <param name="definition">The definition.</param>
    /// <param name="old">The definition it replaces, or null.</param>
    public static IEnumerable<string> Of(JsonObject definition, JsonObject? old)
    {
        var past = old is null ? [] : DefinitionForm.Of(old).Schemas.ToList();
        var now = DefinitionForm.Of(definition).Schemas.ToList();
        var knownFormats = past.SelectMany(UnknownFormats).ToHashSet(StringComparer.Ordinal);
        foreach (var format in now.SelectMany(UnknownFormats).Where(format => !knownFormats.Contains(format)))
        {
            yield return $"unrecognized format {GoText.Quote(format)}";
        }

        var knownSets = past.SelectMany(CompositeSets).ToHashSet(StringComparer.Ordinal);
        foreach (var type in now.SelectMany(CompositeSets).Where(type => !knownSets.Contains(type)).Distinct().Order(StringComparer.Ordinal))
        {
            yield return $"x-kubernetes-list-type: set for items of type {GoText.Quote(type)} is not supported by server-side apply or CEL validation rules";
        }
    }

    private static IEnumerable<string> UnknownFormats(JsonObject schema) => All(schema)
        .Where(item => item.Text("format") is { Length: > 0 } format && !Formats.IsKnown(format, item.Text("type")))
        .Select(item => item.Text("format"));

    private static IEnumerable<string> CompositeSets(JsonObject schema) => All(schema)
        .Where(item => item.Text("x-kubernetes-list-type") == "set")
        .Select(item => item.Items()?.Text("type") ?? "")
        .Where(type => type is "object" or "array");

    private static IEnumerable<JsonObject> All(JsonObject schema) =>
        SchemaText.Children(schema).SelectMany(All).Prepend(schema);
}
