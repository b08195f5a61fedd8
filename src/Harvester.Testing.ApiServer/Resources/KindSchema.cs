using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources;

/// <summary>The schema of one version of a custom kind, as the verbs use it.</summary>
internal sealed class KindSchema
{
    private KindSchema()
    {
    }

    /// <summary>The schema of a version, or null when it has none or preserves everything.</summary>
    public static KindSchema? Of(JsonObject? openApiV3Schema) => null;

    /// <summary>Takes out what the schema does not know (V-1) and fills in defaults (V-2, V-3).</summary>
    /// <param name="value">The object.</param>
    /// <param name="unknownFields">Receives the paths of what was taken out.</param>
    public JsonObject Complete(JsonObject value, List<string> unknownFields) => value;

    /// <summary>Adds the errors of an object (V-4).</summary>
    public void Validate(JsonObject value, JsonObject? old, bool statusOnly, List<Cause> causes)
    {
    }
}
