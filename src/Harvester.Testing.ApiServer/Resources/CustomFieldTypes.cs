using System.Collections.Concurrent;
using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Patching.Fields;

namespace Harvester.Testing.ApiServer.Resources;

/// <summary>How the fields of a custom kind are owned, in each version of its definition.</summary>
/// <param name="group">The group of the definition.</param>
/// <param name="versions">The definition's versions, served or not.</param>
internal sealed class CustomFieldTypes(string group, IReadOnlyList<JsonObject> versions) : IVersionedTypes
{
    private readonly ConcurrentDictionary<string, FieldType> _types = new();

    /// <inheritdoc />
    public FieldType? Find(string apiVersion) => _types.GetOrAdd(apiVersion, Read);

    private FieldType Read(string apiVersion)
    {
        foreach (var version in versions)
        {
            if ($"{group}/{version.Find("name")?.AsString}" == apiVersion)
            {
                return version.At("schema", "openAPIV3Schema") is JsonObject schema
                    ? StructuralFieldTypes.Of(schema)
                    : FieldType.Deduced;
            }
        }

        throw new FieldTypeException($"request to convert CR to an invalid group/version: {apiVersion}");
    }
}
