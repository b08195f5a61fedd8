using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Resources;

namespace Harvester.Testing.ApiServer.Collection;

/// <summary>The end of a custom resource definition: its objects go first .</summary>
internal static class DefinitionCleanup
{
    /// <summary>Marks a definition that was asked to go.</summary>
    public static JsonObject Mark(JsonObject definition, DateTimeOffset now)
    {
        var finalizers = ObjectMetadata.Finalizers(definition).ToList();
        if (!finalizers.Contains(DefinitionRules.Finalizer))
        {
            finalizers.Add(DefinitionRules.Finalizer);
        }

        var conditions = (definition.At("status", "conditions") as JsonArray ?? JsonArray.Empty)
            .Where(condition => condition["type"]?.AsString != "Terminating")
            .Append(JsonObject.Of(
                ("type", "Terminating"),
                ("status", "True"),
                ("lastTransitionTime", ObjectMetadata.Timestamp(now)),
                ("reason", "InstanceDeletionPending"),
                ("message", "CustomResourceDefinition marked for deletion; CustomResource deletion will begin soon")));
        return ObjectMetadata
            .WithMeta(definition, "finalizers", JsonArray.Of(finalizers.Select(item => (JsonValue)item)))
            .WithAt(["status", "conditions"], JsonArray.Of(conditions));
    }
}
