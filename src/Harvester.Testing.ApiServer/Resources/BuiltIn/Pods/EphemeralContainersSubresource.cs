using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn.Pods;

/// <summary>The containers that are added to a running pod to look into it: they can be added, and nothing else.</summary>
internal sealed class EphemeralContainersSubresource : Subresource
{
    private const string Field = "spec.ephemeralContainers";

    /// <inheritdoc />
    public override IReadOnlyList<string> Verbs => ["get", "patch", "update"];

    /// <inheritdoc />
    public override JsonObject PrepareForUpdate(RequestContext context, JsonObject value, JsonObject old)
    {
        var containers = value.At("spec", "ephemeralContainers");
        return Equals(containers, old.At("spec", "ephemeralContainers"))
            ? old
            : ObjectMetadata.WithMeta(
                old.WithAt(["spec", "ephemeralContainers"], containers),
                "generation",
                (old.At("metadata", "generation")?.AsInteger ?? 0) + 1);
    }

    /// <inheritdoc />
    public override void ValidateUpdate(RequestContext context, JsonObject value, JsonObject old, List<Cause> causes)
    {
        var errors = new FieldErrors(causes);
        var now = value.Find("spec").Items("ephemeralContainers").ToLookup(Name);
        foreach (var container in old.Find("spec").Items("ephemeralContainers"))
        {
            if (!now.Contains(Name(container)))
            {
                errors.Forbidden(Field, $"existing ephemeral containers \"{Name(container)}\" may not be removed\n");
            }
            else if (!now[Name(container)].Contains(container))
            {
                errors.Forbidden(Field, $"existing ephemeral containers \"{Name(container)}\" may not be changed\n");
            }
        }
    }

    private static string Name(JsonObject container) => container.Find("name")?.AsString ?? "";
}
